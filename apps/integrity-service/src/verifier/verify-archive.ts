import type { Archive } from '@lastcopy/archive-format';
import { dataSetPaths, type ArchiveLocked, type ReconciliationDocument, type VerificationLevel } from '@lastcopy/contracts';
import { CodedError } from '@lastcopy/kernel';
import type { ProvenArchive } from '../verification/domain/attest.js';
import { digestOf } from '../verification/evidence.js';
import { requireDatabaseContent } from './levels/database-content.js';
import { requireReadableTree } from './levels/directory-content.js';
import { requireKeyPaths } from './levels/key-paths.js';
import { openProvenArchive } from './levels/open-proven-archive.js';
import { readDocument, readThrough } from './levels/read-counted.js';
import { reaches } from './levels/reaches.js';
import { requireClock, requireRetention } from './levels/retention.js';
import { requireFixity, requireStored } from './levels/stored-objects.js';
import type { Proof } from './proof.js';

async function requireContent(proof: Proof, archive: Archive, required: VerificationLevel): Promise<void> {
  const { findings } = proof;
  findings.level = 'readable';
  const reconciliation = await readDocument<ReconciliationDocument>(proof, archive, dataSetPaths.reconciliation);
  findings.require('readable: kind of the source', archive.manifest.source.kind, reconciliation.source_kind, dataSetPaths.reconciliation);
  if (reconciliation.source_kind === 'postgresql') await requireDatabaseContent(proof, archive, reconciliation, required);
  else if (reaches(required, 'restored')) {
    throw new CodedError(
      'VERIFICATION_UNAVAILABLE',
      `A directory can be proven up to level readable; the policy requires ${required}. Assign a policy that asks for readable.`,
    );
  } else await requireReadableTree(proof, archive, reconciliation);
  // whatever was not needed for its meaning is read for its digests
  for (const { path } of archive.manifest.data_sets) if (!findings.read.has(path)) await readThrough(proof, archive, path);
  findings.require('fixity: data sets read to their end', archive.manifest.data_sets.length, findings.read.size, 'manifest.json');
}

/**
 * Proves an archive at the level its request names, each level including the ones before it. `lock` is what the archive-service reported, when it
 * has locked this attempt already: then retention is read back too. Throws a verdict (see `isVerdict`) or what kept the check from being made.
 */
export async function verifyArchive(proof: Proof, lock: ArchiveLocked | undefined): Promise<ProvenArchive> {
  const { findings, claim, progress } = proof;
  const { level } = claim.request;
  const archive = await openProvenArchive(proof);
  try {
    const { totals } = archive.manifest;
    progress.expectedBytes = totals.plain_bytes;
    progress.report();
    await requireStored(proof, archive);
    await requireClock(proof, archive);
    if (lock) await requireRetention(proof, archive, lock);
    findings.level = 'fixity';
    const keys = await requireKeyPaths(proof, archive);
    if (level === 'fixity') await requireFixity(proof, archive);
    if (reaches(level, 'readable')) await requireContent(proof, archive, level);
    progress.report();
    const { rows, plain_bytes: bytes } = totals;
    return { level, objects: archive.versions.length, rows, bytes, keys, checks: digestOf(findings.checks) };
  } finally {
    await archive.close();
  }
}

/** Reads back the lock of an archive whose content was proven. Answers the number of versions. */
export async function verifyRetention(proof: Proof, lock: ArchiveLocked): Promise<number> {
  const archive = await openProvenArchive(proof);
  try {
    return await requireRetention(proof, archive, lock);
  } finally {
    await archive.close();
  }
}
