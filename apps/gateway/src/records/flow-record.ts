import type {
  Blocker,
  DecommissionStrategy,
  EventData,
  EvidenceRequirement,
  FlowSystem,
  Phase,
  PhaseStatusReported,
  TransitionSummary,
} from '@lastcopy/contracts';
import type { LoggedEvent } from '@lastcopy/eventing';
import { assertNever } from '@lastcopy/kernel';
import { dataOf, type RecordFold } from './record-fold.js';
import { typeIn, typesOf } from './record-of-event.js';

export interface RequirementChoice {
  set_by: string;
  reason: string;
  at: string;
}

export interface FlowRequirements {
  requirements: EvidenceRequirement[];
  /** By kind, who last made it what it is; a kind that nobody touched is as the deployment says. */
  chosen: Partial<Record<EvidenceRequirement['kind'], RequirementChoice>>;
}

export interface FlowRecord {
  flow_id: string;
  flow_name: string;
  strategy: DecommissionStrategy;
  systems: FlowSystem[];
  initiator: string;
  phase: Phase;
  reports: Partial<Record<Phase, PhaseStatusReported['phase_status']>>;
  paused: boolean;
  cancelled: boolean;
  gate_no: number;
  /** Whether transition `gate_no` is being decided. */
  proposed: boolean;
  /** Why the last transition was abandoned. */
  blockers: Blocker[];
  transition: { gate_no: number; evidence_root: string; summary: TransitionSummary; at: string } | null;
  objections: { code: string; reason: string; job_id: string | null; at: string }[];
  /** Which documents this flow needs, as people set it; null while the deployment's defaults hold. */
  evidence_requirements: FlowRequirements | null;
  created_at: string;
  updated_at: string;
}

const begun = (event: LoggedEvent): FlowRecord => {
  const { flow_id, flow_name, strategy, systems } = dataOf<EventData<'FlowInitialized'>>(event);
  return {
    ...{ flow_id, flow_name, strategy, systems, initiator: event.actor },
    ...{ phase: 'decommission_planning', reports: {}, paused: false, cancelled: false },
    ...{ gate_no: 0, proposed: false, blockers: [], transition: null, objections: [], evidence_requirements: null },
    ...{ created_at: event.occurred_at, updated_at: event.occurred_at },
  };
};

function transitioned(flow: FlowRecord, event: LoggedEvent): FlowRecord {
  const { to_phase, gate_no, evidence_root, summary } = dataOf<EventData<'PhaseTransitioned'>>(event);
  const transition = gate_no && evidence_root && summary ? { gate_no, evidence_root, summary, at: event.occurred_at } : flow.transition;
  return { ...flow, phase: to_phase, proposed: false, blockers: [], transition };
}

function objected(flow: FlowRecord, event: LoggedEvent): FlowRecord {
  const { code, reason, job_id } = dataOf<EventData<'ShutdownObjectionRaised'>>(event);
  return { ...flow, objections: [...flow.objections, { code, reason, job_id: job_id ?? null, at: event.occurred_at }] };
}

/** What stays as it was keeps whoever set it: only what this made other than before is this person's choice. */
function required(flow: FlowRecord, event: LoggedEvent): FlowRecord {
  const { requirements, reason, set_by, changed } = dataOf<EventData<'EvidenceRequirementsSet'>>(event);
  const was = new Map(flow.evidence_requirements?.requirements.map((each) => [each.kind, each]));
  const differs = ({ kind, required, before }: EvidenceRequirement) =>
    was.get(kind)?.required !== required || was.get(kind)?.before !== before;
  const kinds = changed ?? requirements.filter(differs).map(({ kind }) => kind);
  const choice = { set_by, reason, at: event.occurred_at };
  const chosen = { ...flow.evidence_requirements?.chosen, ...Object.fromEntries(kinds.map((kind) => [kind, choice])) };
  return { ...flow, evidence_requirements: { requirements, chosen } };
}

function changed(flow: FlowRecord, event: LoggedEvent): FlowRecord {
  const type = typeIn('flow', event.type);
  switch (type) {
    // Null is an event of another record; the first event was taken in by `begun`.
    case null:
    case 'FlowInitialized':
      return flow;
    case 'PhaseStatusReported': {
      const { phase, phase_status } = dataOf<EventData<'PhaseStatusReported'>>(event);
      return { ...flow, reports: { ...flow.reports, [phase]: phase_status } };
    }
    case 'FlowPaused':
      return { ...flow, paused: true };
    case 'FlowResumed':
      return { ...flow, paused: false };
    case 'FlowCancelled':
      return { ...flow, cancelled: true };
    case 'TransitionProposed':
      return { ...flow, gate_no: dataOf<EventData<'TransitionProposed'>>(event).gate_no, proposed: true };
    case 'TransitionAbandoned':
      return { ...flow, proposed: false, blockers: dataOf<EventData<'TransitionAbandoned'>>(event).blockers };
    case 'PhaseTransitioned':
      return transitioned(flow, event);
    case 'ShutdownObjectionRaised':
      return objected(flow, event);
    case 'EvidenceRequirementsSet':
      return required(flow, event);
    default:
      return assertNever(type);
  }
}

export const flowFold: RecordFold<FlowRecord> = {
  name: 'flows',
  types: typesOf('flow'),
  columns: {
    active: `boolean generated always as ((record->>'cancelled')::boolean is not true and record->>'phase' <> 'system_shutdown') stored`,
  },
  keyOf: (event) => (event.aggregate === 'decommission_flow' ? event.aggregate_id : null),
  begin: begun,
  apply: (flow, event) => ({ ...changed(flow, event), updated_at: event.occurred_at }),
};
