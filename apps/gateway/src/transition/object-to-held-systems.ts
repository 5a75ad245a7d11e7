import type { EventData, Tenant } from '@lastcopy/contracts';
import { contextFromEvent, decideAndAppend, type Reactor, type ServiceTransaction } from '@lastcopy/eventing';
import type { ServiceDeps } from '@lastcopy/platform';
import { decommissionFlow } from '../decommission-flow/domain/decommission-flow.js';

const name = 'object_to_held_systems';

async function flowsWith(tx: ServiceTransaction, tenant: Tenant, systemId: string): Promise<string[]> {
  const rows = await tx.query<{ aggregate_id: string }>(
    `select aggregate_id from events where type = 'FlowInitialized' and client_account_id = $1 and engagement_id = $2
     and data @> $3 order by position`,
    [tenant.client_account_id, tenant.engagement_id, JSON.stringify({ systems: [{ system_id: systemId }] })],
  );
  return rows.map(({ aggregate_id }) => aggregate_id);
}

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
      for (const flowId of await flowsWith(tx, event, scope.system_id)) {
        await decideAndAppend(tx, decommissionFlow, 'decommission_flow', flowId, { type: 'ObjectToShutdown', code: 'LEGAL_HOLD', reason });
      }
    });
  },
});
