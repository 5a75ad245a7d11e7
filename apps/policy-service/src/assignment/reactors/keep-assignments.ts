import type { EventData, EventType, FlowSystem, SystemRevised, Tenant } from '@lastcopy/contracts';
import { contextFromEvent, type LoggedEvent, type Reactor } from '@lastcopy/eventing';
import type { ServiceDeps } from '@lastcopy/platform';
import type { InFlow } from '../commands/decide-assignment.js';
import { keepAssignment } from '../commands/keep-assignment.js';
import {
  addFlowSystem,
  closeFlow,
  flowSystem,
  keepRevision,
  openFlowsOf,
  openSystemsUnder,
  pendingOf,
} from '../projections/flow-systems.js';

const name = 'keep_assignments';

type Told<T extends EventType> = EventData<T>;
interface Cause {
  /** Null: the first assignment. */
  cause: string | null;
}

/** Carries out what one event leads to. Each step is repeatable: an assignment that says nothing new is not made. */
class AssignmentKeeper {
  private readonly tenant: Tenant;

  constructor(
    private readonly deps: ServiceDeps,
    private readonly event: LoggedEvent,
  ) {
    this.tenant = { client_account_id: event.client_account_id, engagement_id: event.engagement_id };
  }

  private get store() {
    return this.deps.eventing.store;
  }

  private get query() {
    return this.store.within(this.tenant);
  }

  async flowBegan({ flow_id, systems }: Told<'FlowInitialized'>): Promise<void> {
    for (const system of systems) {
      await addFlowSystem(this.query, this.tenant, flow_id, system);
      const known = await flowSystem(this.query, this.tenant, flow_id, system.system_id);
      await this.assign(known ?? { flow_id, system }, { cause: null });
    }
  }

  flowEnded(flowId: string): Promise<void> {
    return closeFlow(this.query, this.tenant, flowId);
  }

  async systemRevised(revised: SystemRevised): Promise<void> {
    const affected = await openFlowsOf(this.query, this.tenant, revised.system_id);
    await keepRevision(this.query, this.tenant, revised.version, flowSystemOf(revised));
    const decisive = revised.changed.filter((field) => decisiveFields.includes(field));
    if (decisive.length === 0) return;
    const cause = `System "${revised.system_name}" was revised (${decisive.join(', ')}): ${revised.reason}`;
    for (const { flow_id } of affected) await this.assignKnown(flow_id, revised.system_id, cause);
  }

  /** What rests on the policy, and what has no policy yet. */
  async policyChanged(policyId: string, cause: string): Promise<void> {
    for (const row of await openSystemsUnder(this.query, this.tenant, policyId)) {
      await this.assign(row, { cause: row.policy_id ? cause : null });
    }
  }

  async flowUnsealed(flowId: string): Promise<void> {
    for (const { system_id, cause } of await pendingOf(this.query, this.tenant, flowId)) {
      await this.assignKnown(flowId, system_id, cause);
    }
  }

  private async assignKnown(flowId: string, systemId: string, cause: string | null): Promise<void> {
    const known = await flowSystem(this.query, this.tenant, flowId, systemId);
    if (known?.open) await this.assign(known, { cause });
  }

  private assign(inFlow: InFlow, { cause }: Cause): Promise<void> {
    return keepAssignment(this.deps, contextFromEvent(this.event, this.deps.service, name), inFlow, cause);
  }
}

/** What the rules look at; of the source, its kind sets the level of verification. */
const decisiveFields: readonly string[] = ['data_classification', 'compliance_requirements', 'retention_policy_id', 'source'];

const flowSystemOf = (revised: SystemRevised): FlowSystem => ({
  system_id: revised.system_id,
  system_name: revised.system_name,
  data_classification: revised.data_classification,
  compliance_requirements: revised.compliance_requirements,
  retention_policy_id: revised.retention_policy_id ?? null,
  source: revised.source,
});

type React = (keeper: AssignmentKeeper, data: never) => Promise<void>;

const reactions = {
  FlowInitialized: (keeper, data: Told<'FlowInitialized'>) => keeper.flowBegan(data),
  FlowCancelled: (keeper, data: Told<'FlowCancelled'>) => keeper.flowEnded(data.flow_id),
  PhaseTransitioned: async (keeper, data: Told<'PhaseTransitioned'>) => {
    if (data.to_phase === 'system_shutdown') await keeper.flowEnded(data.flow_id);
  },
  SystemRevised: (keeper, data: SystemRevised) => keeper.systemRevised(data),
  RetentionPolicyDefined: (keeper, data: Told<'RetentionPolicyDefined'>) =>
    keeper.policyChanged(data.policy_id, `Policy "${data.policy_name}" was created`),
  RetentionPolicyRevised: (keeper, data: Told<'RetentionPolicyRevised'>) =>
    keeper.policyChanged(data.policy_id, `Policy "${data.policy_name}" was revised to version ${data.version}: ${data.reason}`),
  RetentionPolicyRetired: (keeper, data: Told<'RetentionPolicyRetired'>) =>
    keeper.policyChanged(data.policy_id, `Policy "${data.policy_name}" was retired: ${data.reason}`),
  RetentionPolicyReviewEnded: (keeper, data: Told<'RetentionPolicyReviewEnded'>) =>
    keeper.policyChanged(data.policy_id, `The review of policy "${data.policy_name}" ended: ${data.reason}`),
  FlowUnsealed: (keeper, data: Told<'FlowUnsealed'>) => keeper.flowUnsealed(data.flow_id),
} satisfies Partial<Record<EventType, React>>;

/**
 * Every system of an open flow has the policy that its rules or a person's choice lead to now. A flow begins: each system gets its policy.
 * A policy or a system is revised: what rests on it is assigned anew, for as long as the flow has neither gone on nor been cancelled. A
 * system whose policy is unknown keeps what it has, with an alert.
 */
export const keepAssignments = (deps: ServiceDeps): Reactor => ({
  kind: 'reactor',
  name,
  types: Object.keys(reactions) as EventType[],
  async react(event: LoggedEvent) {
    // FlowUnsealed is told by every service; this one's own seal is what held the assignment back.
    if (event.type === 'FlowUnsealed' && event.source !== deps.service) return;
    const react = reactions[event.type as keyof typeof reactions] as React;
    await react(new AssignmentKeeper(deps, event), event.data as never);
  },
});
