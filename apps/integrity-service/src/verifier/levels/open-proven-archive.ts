import { identityOf, openArchive, type Archive, type ArchiveIdentity } from '@lastcopy/archive-format';
import { CodedError } from '@lastcopy/kernel';
import { formatLocation } from '@lastcopy/object-store';
import type { Claim } from '../claims.js';
import type { Proof } from '../proof.js';

export const expectedIdentity = ({ tenant, request }: Pick<Claim, 'tenant' | 'request'>): ArchiveIdentity => ({
  client_account_id: tenant.client_account_id,
  engagement_id: tenant.engagement_id,
  flow_id: request.flow_id,
  system_id: request.system_id,
  job_id: request.job_id,
  attempt: request.attempt,
});

/** The place follows from whose archive it is: another tenant's, however sound, is refused before a byte of it is read. */
function requirePlace({ claim, findings }: Proof): void {
  const { manifest } = claim.request;
  const expected = expectedIdentity(claim);
  const { identity } = identityOf(manifest);
  const fields = Object.keys(expected) as (keyof ArchiveIdentity)[];
  const differing = fields.filter((field) => identity[field] !== expected[field]);
  findings.checks.compare(
    'stored: place of the manifest',
    'as the job says',
    differing.length === 0 ? 'as the job says' : differing.join(', '),
  );
  if (differing.length === 0) return;
  throw new CodedError(
    'ARCHIVE_OBJECT_MISPLACED',
    `${formatLocation(manifest)} is not the place of attempt ${expected.attempt} of job ${expected.job_id}: ${differing.join(', ')} differ.`,
  );
}

/** Place, digest and signature of the manifest; every later check rests on them. */
export async function openProvenArchive(proof: Proof): Promise<Archive> {
  const { claim, parts, findings, keys, signal } = proof;
  const { bucket, key, version_id } = claim.request.manifest;
  requirePlace(proof);
  const archive = await openArchive({
    store: parts.store,
    manifest: { bucket, key, versionId: version_id, expectedSha256: claim.request.manifest_sha256 },
    keys: [keys.tenant],
    trustedSigners: await parts.trustedSigners(),
    signal,
  });
  findings.require(
    'stored: SHA-256 of the manifest',
    claim.request.manifest_sha256,
    archive.manifestSha256,
    formatLocation({ bucket, key }),
    'ARCHIVE_MANIFEST_INVALID',
  );
  findings.checks.note({
    name: 'stored: signature of the manifest',
    passed: true,
    expected: 'by the archive-service',
    actual: 'by the archive-service',
  });
  return archive;
}
