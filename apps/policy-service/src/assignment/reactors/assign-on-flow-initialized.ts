import { assignmentId, type EventData, type FlowSystem } from '@lastcopy/contracts';
import { contextFromEvent, decideAndAppend, raiseAlert, type CommandContext, type LoggedEvent, type Reactor } from '@lastcopy/eventing';
import { isCodedError } from '@lastcopy/kernel';
import type { ServiceDeps } from '@lastcopy/platform';
import { regulations } from '../../regulation/regulations.js';
import { ensureTenantPolicies } from '../../retention-policy/commands/ensure-tenant-policies.js';
import { policiesOf } from '../../retention-policy/projections/policy-catalogue.js';
import { policyAssignment } from '../domain/policy-assignment.js';

const name = 'assign_on_flow_initialized';

async function assignSystem(deps: ServiceDeps, context: CommandContext, flowId: string, system: FlowSystem): Promise<void> {
  const id = assignmentId(flowId, system.system_id);
  await deps.eventing.store.transact(context, async (tx) => {
    await ensureTenantPolicies(tx, context);
    const policies = await policiesOf(tx, context.tenant);
    await decideAndAppend(tx, policyAssignment, 'policy_assignment', id, {
      type: 'AssignPolicy',
      assignment_id: id,
      flow_id: flowId,
      system,
      policies,
      regulations,
      asOf: deps.clock.now(),
    });
  });
}

/** A flow begins: each of its systems gets its retention policy. A system whose policy is unknown stays without one, with an alert. */
export const assignOnFlowInitialized = (deps: ServiceDeps): Reactor => ({
  kind: 'reactor',
  name,
  types: ['FlowInitialized'],
  async react(event: LoggedEvent) {
    const flow = event.data as EventData<'FlowInitialized'>;
    const context = contextFromEvent(event, deps.service, name);
    for (const system of flow.systems) {
      try {
        await assignSystem(deps, context, flow.flow_id, system);
      } catch (error) {
        if (!isCodedError(error) || error.code !== 'POLICY_UNKNOWN') throw error;
        await raiseAlert(deps.eventing.store, context.tenant, {
          severity: 'high',
          code: error.code,
          message: error.message,
          what_to_do: error.hint,
          flow_id: flow.flow_id,
        });
      }
    }
  },
});
