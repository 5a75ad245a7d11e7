import { raiseAlert, type CommandContext } from '@lastcopy/eventing';
import { isCodedError } from '@lastcopy/kernel';
import type { ServiceDeps } from '@lastcopy/platform';
import { dropPending, keepPending } from '../projections/flow-systems.js';
import { decideAssignment, type InFlow } from './decide-assignment.js';

/**
 * Assigns what the rules lead to now. Repeatable: an assignment that says nothing new is not made. In a sealed flow it waits until that is
 * unsealed; without a policy there is an alert.
 * @param cause why it is assigned anew; null for the first assignment
 */
export async function keepAssignment(
  { eventing: { store }, clock }: ServiceDeps,
  context: CommandContext,
  inFlow: InFlow,
  cause: string | null,
): Promise<void> {
  const { tenant } = context;
  const { flow_id, system } = inFlow;
  try {
    await store.transact(context, async (tx) => {
      await decideAssignment(tx, clock, inFlow, (inputs) =>
        cause === null ? { type: 'AssignPolicy', ...inputs } : { type: 'ReassignPolicy', cause, ...inputs },
      );
      await dropPending(tx.query.bind(tx), tenant, flow_id, system.system_id, cause);
    });
  } catch (error) {
    if (!isCodedError(error)) throw error;
    // The flow's evidence stands still while its transition is decided; it is done when that ends without one.
    if (error.code === 'FLOW_SEALED') return keepPending(store.within(tenant), tenant, flow_id, system.system_id, cause);
    if (error.code !== 'POLICY_UNKNOWN') throw error;
    const { code, message, hint: what_to_do } = error;
    await raiseAlert(store, tenant, { severity: 'high', code, message, what_to_do, flow_id });
  }
}
