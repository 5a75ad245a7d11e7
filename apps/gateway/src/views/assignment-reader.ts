import {
  assignmentId,
  streamId,
  type AssignmentAnswer,
  type AssignmentHistoryEntry,
  type FlowSystem,
  type Tenant,
} from '@lastcopy/contracts';
import { CodedError } from '@lastcopy/kernel';
import { streamEvents } from '../evidence/flow-log.js';
import type { Gateway } from '../gateway.js';
import { assignmentFold, type AssignmentRecord } from '../records/assignment-record.js';
import { systemFold, type SystemRecord } from '../records/system-record.js';
import { assignmentAnswer, historyEntry } from './assignment-view.js';
import { FlowReader } from './flow-reader.js';

const flowSystemOf = (system: SystemRecord): FlowSystem => ({
  system_id: system.system_id,
  system_name: system.system_name,
  data_classification: system.data_classification,
  compliance_requirements: system.compliance_requirements,
  retention_policy_id: system.retention_policy_id ?? null,
  source: system.source,
});

/** The assignments of a flow as the API shows them. What another tenant owns is NOT_FOUND. */
export class AssignmentReader {
  private readonly flows: FlowReader;

  constructor(private readonly gateway: Gateway) {
    this.flows = new FlowReader(gateway);
  }

  async list(tenant: Tenant, flowId: string): Promise<AssignmentAnswer[]> {
    await this.flows.flow(tenant, flowId);
    const { records } = await this.gateway.queries.list(assignmentFold, tenant, { flow_id: flowId });
    return records.map((assignment) => assignmentAnswer(assignment, this.flows.now()));
  }

  async one(tenant: Tenant, flowId: string, systemId: string): Promise<AssignmentAnswer> {
    await this.refuseForeign(tenant, flowId, systemId);
    const found: AssignmentRecord | null = await this.gateway.queries.get(assignmentFold, tenant, assignmentId(flowId, systemId));
    if (!found) throw new CodedError('NOT_FOUND', `System ${systemId} has no policy in flow ${flowId} yet`);
    return assignmentAnswer(found, this.flows.now());
  }

  /** Every assignment and resolution, the oldest first. */
  async history(tenant: Tenant, flowId: string, systemId: string): Promise<AssignmentHistoryEntry[]> {
    await this.refuseForeign(tenant, flowId, systemId);
    const { store } = this.gateway.deps.eventing;
    const stream = streamId('policy_assignment', assignmentId(flowId, systemId));
    return (await streamEvents(store.within(tenant), store, tenant, stream)).map(historyEntry);
  }

  /** Throws NOT_FOUND unless the flow is the tenant's and has the system. */
  async refuseForeign(tenant: Tenant, flowId: string, systemId: string): Promise<void> {
    const flow = await this.flows.flow(tenant, flowId);
    if (flow.systems.some(({ system_id }) => system_id === systemId)) return;
    throw new CodedError('NOT_FOUND', `Flow ${flowId} has no system ${systemId}`);
  }

  /** A registered system as the rules look at it. */
  async registered(tenant: Tenant, systemId: string): Promise<FlowSystem> {
    const system = await this.gateway.queries.get(systemFold, tenant, systemId);
    if (!system) throw new CodedError('NOT_FOUND', `There is no system ${systemId}`);
    return flowSystemOf(system);
  }

  async systemsOf(tenant: Tenant, flowId: string): Promise<FlowSystem[]> {
    return (await this.flows.flow(tenant, flowId)).systems;
  }
}
