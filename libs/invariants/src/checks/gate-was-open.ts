import { approvalRoles, sealAggregates, type EventData, type EventEnvelope } from '@lastcopy/contracts';
import { collecting } from '../invariant.js';

interface Step {
  version: number;
  type: string;
}
interface FlowFacts {
  systems: string[];
  seals: Map<string, EventData<'FlowSealed'>>;
  granted: Set<string>;
  transition?: EventData<'PhaseTransitioned'>;
}

const jobSteps = ['ArchiveJobCompleted', 'ArchiveJobFailed', 'ArchiveJobCancelled', 'ArchiveJobStarted', 'ArchiveJobQueued'];

/** The decision is judged by what was sealed for it, not by what came later. */
export const gateWasOpen = collecting(
  'gate-was-open',
  'A flow went on only when sealed by all three services, with every system archived and every approval granted',
  () => {
    const flows = new Map<string, FlowFacts>();
    const jobs = new Map<string, { flow_id: string; system_id: string; steps: Step[] }>();
    const approvals = new Map<string, { flow_id: string; role: string }>();
    const flow = (id: string): FlowFacts => flows.get(id) ?? flows.set(id, { systems: [], seals: new Map(), granted: new Set() }).get(id)!;

    const observeJob = (event: EventEnvelope) => {
      if (event.type === 'ArchiveJobQueued') {
        const { flow_id, system_id } = event.data as EventData<'ArchiveJobQueued'>;
        if (!jobs.has(event.stream_id)) jobs.set(event.stream_id, { flow_id, system_id, steps: [] });
      }
      if (jobSteps.includes(event.type)) jobs.get(event.stream_id)?.steps.push({ version: event.version, type: event.type });
    };
    const observeGateway = (event: EventEnvelope) => {
      if (event.type === 'FlowInitialized') {
        const data = event.data as EventData<'FlowInitialized'>;
        flow(data.flow_id).systems = data.systems.map((system) => system.system_id);
      }
      if (event.type === 'ApprovalRequested' || event.type === 'ApprovalGranted')
        approvals.set(event.stream_id, event.data as EventData<'ApprovalRequested'>);
      if (event.type === 'PhaseTransitioned' && (event.data as EventData<'PhaseTransitioned'>).to_phase === 'system_shutdown') {
        const data = event.data as EventData<'PhaseTransitioned'>;
        flow(data.flow_id).transition ??= data;
      }
      const approval = approvals.get(event.stream_id);
      if (!approval || flow(approval.flow_id).transition) return;
      if (event.type === 'ApprovalGranted') flow(approval.flow_id).granted.add(approval.role);
      if (event.type === 'ApprovalVoided' || event.type === 'ApprovalRejected') flow(approval.flow_id).granted.delete(approval.role);
    };
    const archivedWhenSealed = (facts: FlowFacts, systemId: string, flowId: string): boolean => {
      const sealed = facts.seals.get(`archive-service#${facts.transition!.gate_no}`)?.streams ?? [];
      return sealed.some(({ stream_id, version }) => {
        const job = jobs.get(stream_id);
        return (
          job?.flow_id === flowId &&
          job.system_id === systemId &&
          job.steps.filter((step) => step.version <= version).at(-1)?.type === 'ArchiveJobCompleted'
        );
      });
    };
    return {
      observe(event) {
        if (event.aggregate === 'archive_job') observeJob(event);
        if (event.type === 'FlowSealed') {
          const data = event.data as EventData<'FlowSealed'>;
          flow(data.flow_id).seals.set(`${event.source}#${data.gate_no}`, data);
        }
        if (event.source === 'gateway') observeGateway(event);
      },
      finish(violate) {
        for (const [id, facts] of flows) {
          if (!facts.transition) continue;
          const gate = facts.transition.gate_no;
          for (const service of Object.keys(sealAggregates))
            if (!facts.seals.has(`${service}#${gate}`))
              violate(`Flow ${id} went on although ${service} had not sealed it for gate ${gate}`);
          if (facts.systems.length === 0) violate(`Flow ${id} went on without any system`);
          for (const system of facts.systems)
            if (!archivedWhenSealed(facts, system, id)) violate(`Flow ${id} went on although system ${system} had no completed archive`);
          for (const role of approvalRoles) if (!facts.granted.has(role)) violate(`Flow ${id} went on without the approval of ${role}`);
        }
      },
    };
  },
);
