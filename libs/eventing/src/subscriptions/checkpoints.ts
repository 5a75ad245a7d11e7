import type { SqlQuery } from '../store/event-rows.js';
import type { SubscriptionKey } from './parked-events.js';

export async function ensureCheckpoint(query: SqlQuery, key: SubscriptionKey): Promise<boolean> {
  const made = await query(
    'insert into subscription_checkpoints (subscription, version) values ($1, $2) on conflict do nothing returning subscription',
    [key.name, key.version],
  );
  return made.length > 0;
}

export async function hasCheckpoint(query: SqlQuery, key: SubscriptionKey): Promise<boolean> {
  const rows = await query('select 1 from subscription_checkpoints where subscription = $1 and version = $2', [key.name, key.version]);
  return rows.length > 0;
}

/** `lock` keeps every other process from moving it until the transaction ends. */
export async function readCheckpoint(query: SqlQuery, key: SubscriptionKey, lock = false): Promise<number> {
  const [row] = await query<{ log_seq: string }>(
    `select log_seq from subscription_checkpoints where subscription = $1 and version = $2 ${lock ? 'for update' : ''}`,
    [key.name, key.version],
  );
  return Number(row?.log_seq ?? 0);
}

/** False when it was not at `from`: another process works on this subscription. */
export async function moveCheckpoint(query: SqlQuery, key: SubscriptionKey, from: number, to: number): Promise<boolean> {
  const moved = await query(
    'update subscription_checkpoints set log_seq = $4 where subscription = $1 and version = $2 and log_seq = $3 returning log_seq',
    [key.name, key.version, from, to],
  );
  return moved.length > 0;
}
