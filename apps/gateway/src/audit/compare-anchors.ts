import { setTimeout as delay } from 'node:timers/promises';
import type { AnchoredHead, AuditedLog, ServiceName, SignedAnchor } from '@lastcopy/contracts';
import { logHeads, type Eventing } from '@lastcopy/eventing';

/** The integrity-service may have received an event before the gateway has. */
const catchUpMs = 5_000;
const pollMs = 100;

/** The hash at a position of a log as it is known here; null when nothing stands there. */
async function hashAt({ store }: Eventing, { source, epoch, position }: AnchoredHead): Promise<string | null> {
  const own = source === store.service;
  const sql = own
    ? 'select hash from events where position = $1 and (select epoch from log_identity) = $2'
    : 'select hash from received_events where position = $1 and epoch = $2 and source = $3';
  const [row] = await store.query<{ hash: string }>(sql, [position, epoch, ...(own ? [] : [source])]);
  return row?.hash ?? null;
}

/** Waits until each log is known here as far as the anchors go; a log that stays behind is compared as it is. */
export async function catchUpWith({ store }: Eventing, anchors: readonly SignedAnchor[]): Promise<void> {
  const anchored = anchors.flatMap(({ heads }) => heads);
  for (let waited = 0; waited < catchUpMs; waited += pollMs) {
    const known = new Map((await logHeads(store)).map(({ source, position }) => [source, position]));
    if (anchored.every(({ source, position }) => position <= (known.get(source) ?? 0))) return;
    await delay(pollMs);
  }
}

/** What the signed anchors, newest first, say of one log, and whether it says the same. */
export async function compareAnchors(
  eventing: Eventing,
  source: ServiceName,
  anchors: readonly SignedAnchor[],
): Promise<Partial<AuditedLog>> {
  let newest: Partial<AuditedLog> = {};
  for (const { anchor_no, taken_at, heads } of anchors) {
    const head = heads.find((candidate) => candidate.source === source);
    if (!head) continue;
    const hash = await hashAt(eventing, head);
    if (hash !== head.hash) {
      const now = hash === null ? 'nothing stands there now' : 'another event stands there now';
      return { ok: false, fault: `anchor ${anchor_no} of ${taken_at} holds position ${head.position}: ${now}` };
    }
    if (newest.anchored_at === undefined) newest = { anchored_at: taken_at, anchored_position: head.position };
  }
  return newest;
}
