import type { LogAnchored } from '@lastcopy/contracts';
import type { Eventing } from '@lastcopy/eventing';

/** What the log tells of anchors, newest first. They hold heads and hashes and no tenant's data. */
export async function knownAnchors({ store }: Eventing, limit = 1_000): Promise<(LogAnchored & { occurred_at: string })[]> {
  const rows = await store.query<{ data: LogAnchored; occurred_at: Date }>(
    `select data, occurred_at from received_events where type = 'LogAnchored' and source = 'integrity-service' order by position desc limit $1`,
    [limit],
  );
  return rows.map(({ data, occurred_at }) => ({ ...data, occurred_at: occurred_at.toISOString() }));
}
