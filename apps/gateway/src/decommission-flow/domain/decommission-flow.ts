import type {
  Blocker,
  EvidenceRequirementsSet,
  FlowCancelled,
  FlowInitialized,
  FlowInputSubmitted,
  FlowPaused,
  FlowResumed,
  Phase,
  PhaseStatusReported,
  PhaseTransitioned,
  ShutdownObjectionRaised,
  TransitionAbandoned,
  TransitionProposed,
  TransitionSummary,
} from '@lastcopy/contracts';
import { assertNever, DomainError, type Decider, type Event } from '@lastcopy/kernel';
import { decideOnPhase } from './decide-on-phase.js';
import { refuseIfProposed, refuseUnlessActive } from './flow-rules.js';

export type DecommissionFlowEvent =
  | Event<'FlowInitialized', FlowInitialized>
  | Event<'PhaseStatusReported', PhaseStatusReported>
  | Event<'FlowPaused', FlowPaused>
  | Event<'FlowResumed', FlowResumed>
  | Event<'FlowCancelled', FlowCancelled>
  | Event<'TransitionProposed', TransitionProposed>
  | Event<'TransitionAbandoned', TransitionAbandoned>
  | Event<'PhaseTransitioned', PhaseTransitioned>
  | Event<'ShutdownObjectionRaised', ShutdownObjectionRaised>
  /** Decided beside the phases: what the flow needs, and what people filled in for it. */
  | Event<'EvidenceRequirementsSet', EvidenceRequirementsSet>
  | Event<'FlowInputSubmitted', FlowInputSubmitted>;

export type PhaseReport = PhaseStatusReported['phase_status'];

export interface SteerFlow {
  readonly type: 'PauseFlow' | 'ResumeFlow' | 'CancelFlow';
  readonly reason: string;
}

export type DecommissionFlowCommand =
  | { readonly type: 'InitializeFlow'; readonly flow: FlowInitialized }
  | { readonly type: 'ReportPhase'; readonly phase: Phase; readonly phase_status: PhaseReport }
  | SteerFlow
  | { readonly type: 'ProposeTransition' }
  | { readonly type: 'AbandonTransition'; readonly gate_no: number; readonly blockers: Blocker[] }
  | { readonly type: 'PassGate'; readonly gate_no: number; readonly evidence_root: string; readonly summary: TransitionSummary }
  /** Evidence turned bad while or after the gate was passed. */
  | { readonly type: 'ObjectToShutdown'; readonly code: string; readonly reason: string; readonly job_id?: string };

export interface DecommissionFlow {
  readonly flow_id: string | null;
  readonly phase: Phase;
  readonly reports: Readonly<Partial<Record<Phase, PhaseReport>>>;
  readonly paused: boolean;
  readonly cancelled: boolean;
  /** How often the gate was tried. */
  readonly gateNo: number;
  /** Whether the last try is still undecided. */
  readonly proposed: boolean;
  /** What was objected to already, as `code/job/reason`. */
  readonly objections: readonly string[];
}

export const hasTransitioned = (flow: DecommissionFlow): boolean => flow.phase === 'system_shutdown';
const objectionKey = (objection: { code: string; job_id?: string; reason: string }) =>
  `${objection.code}/${objection.job_id ?? ''}/${objection.reason}`;

type Known = DecommissionFlow & { readonly flow_id: string };
type CommandOf<T extends DecommissionFlowCommand['type']> = Extract<DecommissionFlowCommand, { type: T }>;

function steer(command: SteerFlow, flow: Known): DecommissionFlowEvent[] {
  const { flow_id } = flow;
  const { reason } = command;
  switch (command.type) {
    case 'PauseFlow':
      refuseUnlessActive(flow, 'paused');
      if (flow.paused) return [];
      refuseIfProposed(flow);
      return [{ type: 'FlowPaused', data: { flow_id, reason } }];
    case 'ResumeFlow':
      refuseUnlessActive(flow, 'resumed');
      return flow.paused ? [{ type: 'FlowResumed', data: { flow_id, reason } }] : [];
    case 'CancelFlow':
      if (flow.cancelled) return [];
      refuseUnlessActive(flow, 'cancelled');
      refuseIfProposed(flow);
      return [{ type: 'FlowCancelled', data: { flow_id, reason } }];
    default:
      return assertNever(command.type);
  }
}

function propose(flow: Known): DecommissionFlowEvent[] {
  if (hasTransitioned(flow) || flow.proposed) return [];
  refuseUnlessActive(flow, 'shut down');
  if (flow.paused) throw new DomainError('FLOW_STATE', `Flow ${flow.flow_id} is paused; resume it before it proceeds`);
  if (flow.phase !== 'data_migration') throw new DomainError('FLOW_STATE', `Flow ${flow.flow_id} is in ${flow.phase}, not data_migration`);
  return [{ type: 'TransitionProposed', data: { flow_id: flow.flow_id, gate_no: flow.gateNo + 1 } }];
}

function abandon({ gate_no, blockers }: CommandOf<'AbandonTransition'>, flow: Known): DecommissionFlowEvent[] {
  if (gate_no > flow.gateNo) throw new DomainError('FLOW_STATE', `Flow ${flow.flow_id} never proposed transition ${gate_no}`);
  if (!flow.proposed || gate_no < flow.gateNo) return [];
  return [{ type: 'TransitionAbandoned', data: { flow_id: flow.flow_id, gate_no, blockers } }];
}

function passGate({ gate_no, evidence_root, summary }: CommandOf<'PassGate'>, flow: Known): DecommissionFlowEvent[] {
  if (hasTransitioned(flow)) return [];
  if (!flow.proposed || gate_no !== flow.gateNo) {
    throw new DomainError('GATE_SUPERSEDED', `Transition ${gate_no} of flow ${flow.flow_id} was abandoned or superseded`);
  }
  const from_phase = 'data_migration';
  const to_phase = 'system_shutdown';
  return [{ type: 'PhaseTransitioned', data: { flow_id: flow.flow_id, from_phase, to_phase, evidence_root, gate_no, summary } }];
}

function object({ code, reason, job_id }: CommandOf<'ObjectToShutdown'>, flow: Known): DecommissionFlowEvent[] {
  const { flow_id, gateNo: gate_no } = flow;
  if (flow.proposed) {
    const hint = 'Evidence changed while the gate was being passed. Look at the readiness of the flow.';
    const blocker: Blocker = { code, message: reason, hint, ...(job_id ? { job_id } : {}) };
    return [{ type: 'TransitionAbandoned', data: { flow_id, gate_no, blockers: [blocker] } }];
  }
  const objection = { flow_id, code, reason, ...(job_id ? { job_id } : {}) };
  if (!hasTransitioned(flow) || flow.objections.includes(objectionKey(objection))) return [];
  return [{ type: 'ShutdownObjectionRaised', data: objection }];
}

function decide(command: DecommissionFlowCommand, state: DecommissionFlow): DecommissionFlowEvent[] {
  if (command.type === 'InitializeFlow') return state.flow_id === null ? [{ type: 'FlowInitialized', data: command.flow }] : [];
  if (state.flow_id === null) throw new DomainError('NOT_FOUND', 'There is no such flow');
  const flow = state as Known;
  switch (command.type) {
    case 'ReportPhase':
      return decideOnPhase(command.phase, command.phase_status, flow);
    case 'PauseFlow':
    case 'ResumeFlow':
    case 'CancelFlow':
      return steer(command, flow);
    case 'ProposeTransition':
      return propose(flow);
    case 'AbandonTransition':
      return abandon(command, flow);
    case 'PassGate':
      return passGate(command, flow);
    case 'ObjectToShutdown':
      return object(command, flow);
    default:
      return assertNever(command);
  }
}

function evolve(flow: DecommissionFlow, event: DecommissionFlowEvent): DecommissionFlow {
  switch (event.type) {
    case 'FlowInitialized':
      return { ...flow, flow_id: event.data.flow_id };
    case 'PhaseStatusReported':
      return { ...flow, reports: { ...flow.reports, [event.data.phase]: event.data.phase_status } };
    case 'FlowPaused':
      return { ...flow, paused: true };
    case 'FlowResumed':
      return { ...flow, paused: false };
    case 'FlowCancelled':
      return { ...flow, cancelled: true };
    case 'TransitionProposed':
      return { ...flow, gateNo: event.data.gate_no, proposed: true };
    case 'TransitionAbandoned':
      return { ...flow, proposed: false };
    case 'PhaseTransitioned':
      return { ...flow, phase: event.data.to_phase, proposed: false };
    case 'ShutdownObjectionRaised':
      return { ...flow, objections: [...flow.objections, objectionKey(event.data)] };
    case 'EvidenceRequirementsSet':
    case 'FlowInputSubmitted':
      return flow;
    default:
      return assertNever(event);
  }
}

/** The flow through the phases of a decommission. Only `PassGate` moves it past data_migration, at most once. */
export const decommissionFlow: Decider<DecommissionFlowCommand, DecommissionFlow, DecommissionFlowEvent> = {
  initial: {
    flow_id: null,
    phase: 'decommission_planning',
    reports: {},
    paused: false,
    cancelled: false,
    gateNo: 0,
    proposed: false,
    objections: [],
  },
  decide,
  evolve,
};
