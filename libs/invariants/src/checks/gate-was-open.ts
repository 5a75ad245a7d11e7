import { approvalRoles, sealAggregates, type EventData, type EventEnvelope } from '@lastcopy/contracts';
import { collecting } from '../invariant.js';
import { FlowGates, type Seal } from './flow-gates.js';
import { JobHistories, levelOf, proves, type JobHistory, type Verdict } from './job-histories.js';

type Violate = (message: string) => void;

/** The decision is judged by what was sealed for it, not by what came later. */
class GateDecisions {
  private readonly histories = new JobHistories();
  private readonly gates = new FlowGates();
  private readonly systems = new Map<string, string[]>();
  private readonly granted = new Map<string, Set<string>>();
  private readonly approvals = new Map<string, { flow_id: string; role: string }>();

  observe(event: EventEnvelope): void {
    this.histories.observe(event);
    this.gates.observe(event);
    if (event.source === 'gateway') this.observeGateway(event);
  }

  finish(violate: Violate): void {
    for (const [flowId, transition] of this.gates.transitions) {
      for (const service of Object.keys(sealAggregates))
        if (!this.gates.decisiveSeal(flowId, service))
          violate(`Flow ${flowId} went on although ${service} had not sealed it for gate ${transition.gate_no}`);
      const systems = this.systems.get(flowId) ?? [];
      if (systems.length === 0) violate(`Flow ${flowId} went on without any system`);
      for (const system of systems) this.judgeSystem(flowId, system, violate);
      for (const role of approvalRoles)
        if (!this.granted.get(flowId)?.has(role)) violate(`Flow ${flowId} went on without the approval of ${role}`);
    }
  }

  private observeGateway(event: EventEnvelope): void {
    if (event.type === 'FlowInitialized') {
      const { flow_id, systems } = event.data as EventData<'FlowInitialized'>;
      this.systems.set(
        flow_id,
        systems.map(({ system_id }) => system_id),
      );
    }
    if (event.type === 'ApprovalRequested' || event.type === 'ApprovalGranted')
      this.approvals.set(event.stream_id, event.data as EventData<'ApprovalRequested'>);
    const approval = this.approvals.get(event.stream_id);
    if (!approval || this.gates.transitions.has(approval.flow_id)) return;
    const granted = this.granted.get(approval.flow_id) ?? new Set();
    this.granted.set(approval.flow_id, granted);
    if (event.type === 'ApprovalGranted') granted.add(approval.role);
    if (event.type === 'ApprovalVoided' || event.type === 'ApprovalRejected') granted.delete(approval.role);
  }

  private judgeSystem(flowId: string, system: string, violate: Violate): void {
    const winner = this.winnerOf(flowId, system);
    if (!winner) return violate(`Flow ${flowId} went on although system ${system} had no completed archive`);
    const { job, attempt } = winner;
    const needs = job.required.get(attempt);
    const verdict = this.sealedVerdict(flowId, job, attempt);
    if (!needs) violate(`Flow ${flowId} went on although attempt ${attempt} of job ${job.job_id} had uploaded nothing`);
    else if (!proves(verdict, needs))
      violate(`Flow ${flowId} went on although system ${system} was proven at ${levelOf(verdict)} where ${needs} is required`);
  }

  private winnerOf(flowId: string, system: string): { job: JobHistory; attempt: number } | undefined {
    for (const { stream_id, version } of this.gates.decisiveSeal(flowId, 'archive-service')?.streams ?? []) {
      const job = this.histories.jobs.get(stream_id);
      if (job?.flow_id !== flowId || job.system_id !== system) continue;
      const last = job.steps.filter((step) => step.version <= version).at(-1);
      if (last?.type === 'ArchiveJobCompleted') return { job, attempt: last.attempt };
    }
    return undefined;
  }

  private sealedVerdict(flowId: string, { job_id }: JobHistory, attempt: number): Verdict | undefined {
    const sealed = sealedVersions(this.gates.decisiveSeal(flowId, 'integrity-service'));
    return this.histories.verdictsOn(job_id, attempt).findLast(({ stream_id, version }) => version <= (sealed.get(stream_id) ?? 0));
  }
}

const sealedVersions = (seal: Seal | undefined): Map<string, number> =>
  new Map(seal?.streams.map(({ stream_id, version }) => [stream_id, version]));

export const gateWasOpen = collecting(
  'gate-was-open',
  'A flow went on only when sealed by all three services, with every system archived and proven, and every approval granted',
  () => {
    const decisions = new GateDecisions();
    return { observe: (event) => decisions.observe(event), finish: (violate) => decisions.finish(violate) };
  },
);
