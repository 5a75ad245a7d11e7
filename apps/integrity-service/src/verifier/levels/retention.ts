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
