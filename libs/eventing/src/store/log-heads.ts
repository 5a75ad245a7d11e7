import type { ServiceName } from '@lastcopy/contracts';
import type { SqlQuery } from './event-rows.js';
import type { EventStore } from './event-store.js';

/** The last event of a service's log. */
export interface KnownHead {
  source: ServiceName;
  epoch: string;
  /** From 1: a log without events has no head. */
  position: number;
  hash: string;
}

/**
 * Where each log ends, as this service holds it: its own, and what it received and verified of the others, whichever tenant's event is the
 * last. `query` reads in a transaction: what it answers there cannot change before the transaction has ended.
 */
export async function logHeads(store: EventStore, query: SqlQuery = store.untenanted): Promise<KnownHead[]> {
  const { source, epoch } = await store.identity();
  const rows = await query<Omit<KnownHead, 'position'> & { position: string }>(
    `(select $1::text as source, $2::text as epoch, position, hash from lastcopy_log_head())
     union all
     (select source, epoch::text, position, hash from lastcopy_received_heads())`,
    [source, epoch],
  );
  return rows.map((row) => ({ ...row, position: Number(row.position) }));
}
