import type { EventData } from '@lastcopy/contracts';
import { contextFromEvent, decideAndAppend, type LoggedEvent, type Reactor } from '@lastcopy/eventing';
import type { ServiceDeps } from '@lastcopy/platform';
import { decommissionFlow, type DecommissionFlowCommand } from '../decommission-flow/domain/decommission-flow.js';
import { isIntegrityAlert } from '../evidence/gates/no-open-alert.js';

const name = 'object_to_shutdown';

function objectionTo(event: LoggedEvent): { flow_id: string; command: DecommissionFlowCommand } | null {
  if (event.type === 'IntegrityFailed') {
    const { flow_id, job_id, code, message } = event.data as EventData<'IntegrityFailed'>;
    return { flow_id, command: { type: 'ObjectToShutdown', code, reason: message, job_id } };
  }
  const alert = event.data as EventData<'AlertRaised'>;
  // An alert about a job accompanies the failed check itself.
  if (!alert.flow_id || alert.job_id || !isIntegrityAlert(alert)) return null;
  return { flow_id: alert.flow_id, command: { type: 'ObjectToShutdown', code: alert.code, reason: alert.message } };
}

/** Bad news is never held back by a seal: it abandons a gate that is being decided, or objects to a shutdown that was decided. */
export const objectToShutdown = (deps: ServiceDeps): Reactor => ({
  kind: 'reactor',
  name,
  types: ['IntegrityFailed', 'AlertRaised'],
  async react(event) {
    const objection = objectionTo(event);
    if (!objection) return;
    const context = contextFromEvent(event, 'gateway', name);
    const { store } = deps.eventing;
    await store.transact(context, async (tx) => {
      const { version } = await tx.load('decommission_flow', objection.flow_id);
      if (version > 0) await decideAndAppend(tx, decommissionFlow, 'decommission_flow', objection.flow_id, objection.command);
    });
  },
});
