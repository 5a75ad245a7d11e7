import { timingSafeEqual } from 'node:crypto';
import { sha256Hex, unwrapArchiveKey, type Archive, type KeyProvider, type KeyWrapRecord } from '@lastcopy/archive-format';
import { CodedError } from '@lastcopy/kernel';
import type { Proof } from '../proof.js';

export interface ProvenKeys {
  readonly tenant: boolean;
  readonly escrow: boolean;
}

const placeOf = ({ parts, signal }: Proof, archive: Archive) => ({
  store: parts.store,
  bucket: archive.stored.manifest.bucket,
  prefix: archive.prefix,
  identity: archive.manifest,
  signal,
});

/** The wrap that the provider's key made; its errors name the wrap's object. */
async function unwrapBy(proof: Proof, archive: Archive, provider: KeyProvider, role: string): Promise<Uint8Array> {
  const records = archive.manifest.key_wraps.filter(({ kek }) => kek === provider.keyId);
  const record = records[0];
  if (!record) {
    const present = archive.manifest.key_wraps.map(({ path, kek }) => `${path} by ${kek}`).join(', ') || 'none';
    throw new CodedError(
      'ARCHIVE_KEY_UNAVAILABLE',
      `No wrap was made by the ${role} key ${provider.keyId}; the manifest names: ${present}.`,
    );
  }
  try {
    return await unwrapArchiveKey({ ...placeOf(proof, archive), record, provider });
  } catch (error) {
    if (!(error instanceof CodedError) || error.code !== 'ARCHIVE_KEY_UNAVAILABLE') throw error;
    throw new CodedError(error.code, `${record.path}: ${error.message}`, { cause: error });
  }
}

/** Wraps of keys that this service does not hold can still be compared with the manifest. */
async function requireIntact(proof: Proof, archive: Archive, record: KeyWrapRecord): Promise<void> {
  const { store, bucket, signal } = placeOf(proof, archive);
  const key = archive.versions.find((version) => version.role === 'key_wrap' && version.key.endsWith(`/${record.path}`))!.key;
  const { body } = await store.read({ bucket, key }, { versionId: record.version_id, signal });
  const chunks: Buffer[] = [];
  for await (const chunk of body) chunks.push(chunk as Buffer);
  proof.findings.require(
    `keys: SHA-256 of ${record.path}`,
    record.stored_sha256,
    sha256Hex(Buffer.concat(chunks)),
    key,
    'ARCHIVE_OBJECT_DAMAGED',
  );
}

/** Both ways to the archive key lead to the same key, from the wraps as they are stored. */
export async function requireKeyPaths(proof: Proof, archive: Archive): Promise<ProvenKeys> {
  const { keys, findings } = proof;
  const held = [keys.tenant.keyId, keys.escrow?.keyId];
  for (const record of archive.manifest.key_wraps) if (!held.includes(record.kek)) await requireIntact(proof, archive, record);
  const byTenant = await unwrapBy(proof, archive, keys.tenant, 'tenant');
  try {
    findings.checks.note({ name: 'keys: tenant', passed: true, expected: 'unwraps', actual: 'unwraps' });
    if (!keys.escrow) return { tenant: true, escrow: false };
    const byEscrow = await unwrapBy(proof, archive, keys.escrow, 'escrow');
    const same = timingSafeEqual(byTenant, byEscrow);
    byEscrow.fill(0);
    findings.require(
      'keys: escrow',
      'unwraps the same key',
      same ? 'unwraps the same key' : 'unwraps another key',
      'keys/',
      'ARCHIVE_KEY_UNAVAILABLE',
    );
    return { tenant: true, escrow: true };
  } finally {
    byTenant.fill(0);
  }
}
