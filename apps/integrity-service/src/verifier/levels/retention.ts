import type { Archive } from '@lastcopy/archive-format';
import type { ArchiveLocked } from '@lastcopy/contracts';
import { addDays, CodedError } from '@lastcopy/kernel';
import { formatLocation, type RetentionMode } from '@lastcopy/object-store';
import type { Proof } from '../proof.js';

/** COMPLIANCE satisfies whoever asked for GOVERNANCE, never the other way round. */
const satisfies = (actual: RetentionMode, required: RetentionMode): boolean => actual === required || actual === 'COMPLIANCE';

/** The latest of what the lock, the signed manifest and the policy's days ask for: none of them alone is believed. */
export function requiredUntil(archive: Pick<Archive, 'manifest'>, lock: Pick<ArchiveLocked, 'retain_until'>): Date {
  const { created_at, policy } = archive.manifest;
  const dates = [new Date(lock.retain_until), new Date(policy.retain_until), addDays(new Date(created_at), policy.retention_period_days)];
  return new Date(Math.max(...dates.map((date) => date.getTime())));
}

/** What clocks in order may differ by, and a manifest may take to be written. */
const maxClockSkewMs = 10 * 60_000;

/**
 * Retention is counted from the manifest's own time, the worker's clock: a clock that is behind would have archives released early.
 * The store's clock is the one that releases them. Throws RETENTION_NOT_IN_FORCE, or STORE_FAILED when the store tells no time.
 */
export async function requireClock({ parts, findings, claim, signal }: Proof, archive: Pick<Archive, 'manifest'>): Promise<void> {
  const { bucket, key, version_id: versionId } = claim.request.manifest;
  const where = formatLocation({ bucket, key });
  const stored = (await parts.store.head({ bucket, key }, { versionId, signal }))?.lastModified;
  if (!stored) throw new CodedError('STORE_FAILED', `${where} version ${versionId}: the store does not say when it was written.`);
  const { created_at } = archive.manifest;
  const within = Math.abs(new Date(created_at).getTime() - stored.getTime()) <= maxClockSkewMs;
  const expected = `within ${maxClockSkewMs / 60_000} minutes of ${created_at}`;
  findings.checks.note({ name: 'stored: time of the manifest', passed: within, expected, actual: stored.toISOString() });
  if (within) return;
  throw new CodedError(
    'RETENTION_NOT_IN_FORCE',
    `${where} says it was made at ${created_at}; the store wrote it at ${stored.toISOString()}. Retention would be counted from a wrong clock: set the clocks of the archive-service's workers and the store, then archive again.`,
  );
}

/** Reads the retention of every version back from the store. Answers how many versions there are. Throws RETENTION_NOT_IN_FORCE naming the object. */
export async function requireRetention(proof: Proof, archive: Archive, lock: ArchiveLocked): Promise<number> {
  const { parts, findings, signal } = proof;
  const until = requiredUntil(archive, lock);
  const expected = `${lock.mode} until ${until.toISOString()}`;
  let inForce = 0;
  for (const { bucket, key, versionId } of archive.versions) {
    const retention = await parts.store.getRetention({ bucket, key }, versionId, { signal });
    if (retention && satisfies(retention.mode, lock.mode) && retention.retainUntil >= until) {
      inForce += 1;
      continue;
    }
    const actual = retention ? `${retention.mode} until ${retention.retainUntil.toISOString()}` : 'none';
    findings.checks.note({ name: 'stored: retention of versions', passed: false, expected, actual });
    throw new CodedError(
      'RETENTION_NOT_IN_FORCE',
      `${formatLocation({ bucket, key })} version ${versionId} must be under ${expected}; the store says: ${actual}.`,
    );
  }
  findings.checks.compare('stored: retention of versions', archive.versions.length, inForce);
  findings.require('stored: versions that were locked', lock.versions, inForce, archive.stored.manifest.key, 'RETENTION_NOT_IN_FORCE');
  return inForce;
}
