import type { EventData } from '@lastcopy/contracts';
import { contextFromEvent, decideAndAppend, type Reactor } from '@lastcopy/eventing';
import type { ServiceDeps } from '@lastcopy/platform';
import { decommissionFlow } from '../decommission-flow/domain/decommission-flow.js';
import { flowsWithSystem } from '../evidence/flows-with-system.js';

const name = 'object_to_held_systems';

/** A system under legal hold keeps its source: a gate that is being decided is given up, and a shutdown that was decided is objected to. */
export const objectToHeldSystems = (deps: ServiceDeps): Reactor => ({
  kind: 'reactor',
  name,
  types: ['LegalHoldPlaced'],
  async react(event) {
    const { scope, matter } = event.data as EventData<'LegalHoldPlaced'>;
    if (scope.kind !== 'system') return;
    const reason = `The system ${scope.system_id} is under legal hold for "${matter}" since ${event.occurred_at}`;
    await deps.eventing.store.transact(contextFromEvent(event, 'gateway', name), async (tx) => {
      for (const flowId of await flowsWithSystem(tx.query.bind(tx), event, scope.system_id)) {
        await decideAndAppend(tx, decommissionFlow, 'decommission_flow', flowId, { type: 'ObjectToShutdown', code: 'LEGAL_HOLD', reason });
      }
    });
  },
});
