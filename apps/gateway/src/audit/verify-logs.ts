import {
  serviceNames,
  type AnchoredHead,
  type AuditedLog,
  type AuditVerification,
  type LogAnchored,
  type ServiceName,
} from '@lastcopy/contracts';
import type { Eventing } from '@lastcopy/eventing';
import type { Clock } from '@lastcopy/kernel';

interface Anchor extends LogAnchored {
  occurred_at: string;
}

/** The anchors of all logs, newest first. They hold heads and hashes and no tenant's data. */
export async function knownAnchors({ store }: Eventing, limit = 1_000): Promise<Anchor[]> {
  const rows = await store.query<{ data: LogAnchored; occurred_at: Date }>(
    `select data, occurred_at from received_events where type = 'LogAnchored' and source = 'integrity-service' order by position desc limit $1`,
    [limit],
  );
  return rows.map(({ data, occurred_at }) => ({ ...data, occurred_at: occurred_at.toISOString() }));
}

/** The hash at a position of a log as it is known here; null when nothing stands there. */
async function hashAt({ store }: Eventing, { source, epoch, position }: AnchoredHead): Promise<string | null> {
  const own = source === store.service;
  const sql = own
    ? 'select hash from events where position = $1 and (select epoch from log_identity) = $2'
    : 'select hash from received_events where position = $1 and epoch = $2 and source = $3';
  const [row] = await store.query<{ hash: string }>(sql, [position, epoch, ...(own ? [] : [source])]);
  return row?.hash ?? null;
}

async function compareAnchors(eventing: Eventing, source: ServiceName, anchors: readonly Anchor[]): Promise<Partial<AuditedLog>> {
  let newest: Partial<AuditedLog> = {};
  for (const anchor of anchors) {
    const head = anchor.heads.find((candidate) => candidate.source === source);
    if (!head) continue;
    const hash = await hashAt(eventing, head);
    if (hash !== head.hash) {
      const now = hash === null ? 'nothing stands there now' : 'another event stands there now';
      return { ok: false, fault: `anchor ${anchor.anchor_no} of ${anchor.occurred_at} holds position ${head.position}: ${now}` };
    }
    if (newest.anchored_at === undefined) newest = { anchored_at: anchor.occurred_at, anchored_position: head.position };
  }
  return newest;
}

async function headHash({ store }: Eventing, source: ServiceName): Promise<string> {
  if (source === store.service) return (await store.head()).hash;
  const sql = 'select hash from received_events where source = $1 order by position desc limit 1';
  const [row] = await store.query<{ hash: string }>(sql, [source]);
  return row?.hash ?? '';
}

/** How far each log is known here: `source@position hash`. */
export async function logHeads(eventing: Eventing): Promise<string[]> {
  const own = await eventing.store.head();
  const received = await eventing.store.query<{ source: string; position: string; hash: string }>(
    'select distinct on (source) source, position, hash from received_events order by source, position desc',
  );
  return [{ source: eventing.store.service, position: own.position, hash: own.hash }, ...received].map(
    ({ source, position, hash }) => `${source}@${position} ${hash}`,
  );
}

async function verifyLog(eventing: Eventing, source: ServiceName, anchors: readonly Anchor[]): Promise<AuditedLog> {
  const { ok, checked, firstBroken } = await eventing.verifyChain(source === eventing.store.service ? 'own' : source);
  const forked = (await eventing.forks()).find((fork) => fork.source === source);
  const read = { source, events: checked, head_hash: await headHash(eventing, source) };
  if (!ok) return { ...read, ok: false, fault: `position ${firstBroken?.position}: ${firstBroken?.reason}` };
  if (forked) return { ...read, ok: false, fault: `it contradicts what was received before: ${forked.reason}` };
  return { ...read, ok: true, ...(await compareAnchors(eventing, source, anchors)) };
}

/** Reads every event of every service as it is known here, computes each hash anew and compares with the signed anchors. Slow on a long log. */
export async function verifyLogs(eventing: Eventing, clock: Clock): Promise<AuditVerification> {
  const anchors = await knownAnchors(eventing);
  const logs: AuditedLog[] = [];
  for (const source of serviceNames) logs.push(await verifyLog(eventing, source, anchors));
  return { ok: logs.every(({ ok }) => ok), verified_at: clock.now().toISOString(), logs };
}
