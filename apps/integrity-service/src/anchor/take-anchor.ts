import type { JWK } from 'jose';
import { deploymentTenant, streamId, type AnchoredHead, type LogAnchored } from '@lastcopy/contracts';
import { deterministicId, logHeads, serviceActor, sha256Hex, type Eventing } from '@lastcopy/eventing';
import { addDays, CodedError, type Clock } from '@lastcopy/kernel';
import type { ObjectStore, RetentionMode } from '@lastcopy/object-store';
import { anchorFormat, anchorKey, signAnchor, type AnchorDocument } from './anchor-document.js';

export interface AnchorParts {
  eventing: Eventing;
  objects: ObjectStore;
  clock: Clock;
  key: JWK;
  bucket: string;
  /** Development only: operators make their own. */
  createBucket: boolean;
  retention: { mode: RetentionMode; days: number };
}

interface LastAnchor {
  anchor_no: number;
  sha256: string;
}

export async function lastAnchor({ store }: Eventing): Promise<(LastAnchor & { taken_at: Date }) | null> {
  const [row] = await store.query<{ data: LogAnchored; occurred_at: Date }>(
    `select data, occurred_at from events where type = 'LogAnchored' order by position desc limit 1`,
  );
  return row ? { anchor_no: row.data.anchor_no, sha256: row.data.sha256, taken_at: row.occurred_at } : null;
}

/** A signature over a chain that is broken already would bless it. Throws EVENT_CHAIN_BROKEN. */
async function refuseBrokenLogs(eventing: Eventing, heads: readonly AnchoredHead[]): Promise<void> {
  for (const { source } of heads) {
    const { ok, firstBroken } = await eventing.verifyChain(source === eventing.store.service ? 'own' : source);
    if (!ok)
      throw new CodedError(
        'EVENT_CHAIN_BROKEN',
        `The log of ${source} is broken at position ${firstBroken?.position}: ${firstBroken?.reason}`,
      );
  }
}

/** Puts the anchor under lock, and answers which version it is. What stands there from an attempt that a crash cut off is another anchor. */
async function keep(
  { objects, bucket, createBucket, retention }: AnchorParts,
  key: string,
  body: Buffer,
  retainUntil: Date,
): Promise<string> {
  if (createBucket) await objects.ensureBucket(bucket);
  const { versionId } = await objects.put({ bucket, key }, body, { contentType: 'application/jose' });
  if (!versionId) throw new CodedError('STORE_FAILED', `The bucket ${bucket} keeps no versions, so an anchor in it could be replaced`);
  await objects.setRetention({ bucket, key }, versionId, { mode: retention.mode, retainUntil });
  return versionId;
}

/**
 * Signs where every log ends, puts it under lock in the object store and says so in an event. Each anchor names the digest of the one before:
 * a log that is cut or rewritten afterwards contradicts what nobody can change any more.
 */
export async function takeAnchor(parts: AnchorParts): Promise<LogAnchored> {
  const { eventing, clock, bucket, retention } = parts;
  const before = await lastAnchor(eventing);
  const heads = await logHeads(eventing.store);
  await refuseBrokenLogs(eventing, heads);
  const taken_at = clock.now();
  const anchor_no = (before?.anchor_no ?? 0) + 1;
  const { source, epoch } = await eventing.store.identity();
  const previous_sha256 = before?.sha256 ?? null;
  const document: AnchorDocument = {
    ...{ format: anchorFormat, anchor_no, taken_at: taken_at.toISOString(), taken_by: source, heads, previous_sha256 },
  };
  const body = await signAnchor(document, parts.key);
  const key = anchorKey(document);
  const retainUntil = addDays(taken_at, retention.days);
  const version_id = await keep(parts, key, body, retainUntil);
  const anchor_id = deterministicId('log_anchor', epoch, anchor_no);
  const anchored: LogAnchored = {
    ...{ anchor_id, anchor_no, heads, bucket, key, version_id, sha256: sha256Hex(body), previous_sha256 },
    retain_until: retainUntil.toISOString(),
  };
  const context = { command_id: streamId('log_anchor', anchor_id), tenant: deploymentTenant, actor: serviceActor('integrity-service') };
  await eventing.store.transact(context, (tx) => tx.append('log_anchor', anchor_id, 0, [{ type: 'LogAnchored', data: anchored }]));
  return anchored;
}
