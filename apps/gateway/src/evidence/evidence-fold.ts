import type { EventData } from '@lastcopy/contracts';
import type { LoggedEvent } from '@lastcopy/eventing';
import type { FlowAct } from '../approval/domain/eligibility.js';
import { alertFold, type AlertRecord } from '../records/alert-record.js';
import { approvalFold, type ApprovalRecord } from '../records/approval-record.js';
import { artifactFold, type ArtifactRecord } from '../records/artifact-record.js';
import { assignmentFold, type AssignmentRecord } from '../records/assignment-record.js';
import { flowFold, type FlowRecord } from '../records/flow-record.js';
import { jobFold, type JobRecord } from '../records/job-record.js';
import { dataOf, foldOnto, recordsOf, type Folded } from '../records/record-fold.js';
import { chosenActs, orderedActs } from './flow-acts.js';
import type { FlowEvidence, StreamHead } from './flow-facts.js';

export const sealKey = (service: string, gateNo: number): string => `${service}#${gateNo}`;

type Records<R extends object> = ReadonlyMap<string, Folded<R>>;

interface Parts {
  readonly flows: Records<FlowRecord>;
  readonly assignments: Records<AssignmentRecord>;
  readonly jobs: Records<JobRecord>;
  readonly approvals: Records<ApprovalRecord>;
  readonly artifacts: Records<ArtifactRecord>;
  readonly alerts: Records<AlertRecord>;
  readonly ordered: readonly FlowAct[];
  readonly heads: FlowEvidence['heads'];
  readonly seals: FlowEvidence['seals'];
}

const nothing: Parts = {
  ...{ flows: new Map(), assignments: new Map(), jobs: new Map(), approvals: new Map(), artifacts: new Map(), alerts: new Map() },
  ...{ ordered: [], heads: new Map(), seals: new Map() },
};

/**
 * What is known of a flow from its own events and those that the services sent about it, in the order in which this service has them.
 * Pure and never changed: more events lead to another fold, in which a record that they do not touch is the same object.
 */
export class EvidenceFold {
  private constructor(
    private readonly flowId: string,
    private readonly parts: Parts,
  ) {}

  static of(flowId: string): EvidenceFold {
    return new EvidenceFold(flowId, nothing);
  }

  with(events: readonly LoggedEvent[]): EvidenceFold {
    if (events.length === 0) return this;
    const { flows, assignments, jobs, approvals, artifacts, alerts, ordered } = this.parts;
    return new EvidenceFold(this.flowId, {
      flows: foldOnto(flowFold, flows, events),
      assignments: foldOnto(assignmentFold, assignments, events),
      jobs: foldOnto(jobFold, jobs, events),
      approvals: foldOnto(approvalFold, approvals, events),
      artifacts: foldOnto(artifactFold, artifacts, events),
      alerts: foldOnto(alertFold, alerts, events),
      ordered: [...ordered, ...orderedActs(events)],
      heads: this.headsWith(events),
      seals: this.sealsWith(events),
    });
  }

  evidence(): FlowEvidence {
    const { flows, jobs, approvals, artifacts, alerts, ordered, heads, seals } = this.parts;
    const assignments = [...recordsOf(this.parts.assignments).values()];
    return {
      flow: flows.get(this.flowId)?.record ?? null,
      acts: [...chosenActs(assignments), ...ordered],
      assignments: new Map(assignments.map((assignment) => [assignment.system_id, assignment])),
      jobs: [...recordsOf(jobs).values()],
      approvals: [...recordsOf(approvals).values()],
      artifacts: [...recordsOf(artifacts).values()],
      flowAlerts: [...recordsOf(alerts).values()],
      ...{ heads, seals },
    };
  }

  private headsWith(events: readonly LoggedEvent[]): FlowEvidence['heads'] {
    const heads = new Map<string, StreamHead>(this.parts.heads);
    for (const { stream_id, source, version, hash } of events) heads.set(stream_id, { source, version, hash });
    return heads;
  }

  private sealsWith(events: readonly LoggedEvent[]): FlowEvidence['seals'] {
    const sealed = events.filter(({ type }) => type === 'FlowSealed');
    if (sealed.length === 0) return this.parts.seals;
    const seals = sealed.map((event): [string, EventData<'FlowSealed'>] => {
      const seal = dataOf<EventData<'FlowSealed'>>(event);
      return [sealKey(event.source, seal.gate_no), seal];
    });
    return new Map([...this.parts.seals, ...seals]);
  }
}

/** Pure: all that the events of a flow say. */
export const foldEvidence = (flowId: string, events: readonly LoggedEvent[]): FlowEvidence =>
  EvidenceFold.of(flowId).with(events).evidence();
