import { randomBytes, randomUUID } from 'node:crypto';
import { calculateJwkThumbprint, exportJWK, generateKeyPair, type JSONWebKeySet, type JWK } from 'jose';
import { createMemoryObjectStore, type ObjectStore } from '@lastcopy/object-store';
import { openArchive, type Archive } from './archive.js';
import { createDataSetWriter, type DataSetWriterOptions } from './data-set-writer.js';
import type { KeyProvider } from './key-provider.js';
import { createArchiveKey, writeKeyWrap } from './key-wraps.js';
import { manifestKey, type ArchiveIdentity } from './layout.js';
import { createSymmetricKeyProvider } from './local-key-provider.js';
import { writeManifest, type StoredManifest } from './manifest-store.js';
import { createManifest, type ManifestContent, type ManifestDataSet } from './manifest.js';

export interface Signer {
  readonly privateKey: JWK;
  readonly trusted: JSONWebKeySet;
}

export async function createSigner(): Promise<Signer> {
  const { privateKey, publicKey } = await generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true });
  const jwk = await exportJWK(publicKey);
  const kid = await calculateJwkThumbprint(jwk);
  return { privateKey: { ...(await exportJWK(privateKey)), kid }, trusted: { keys: [{ ...jwk, kid }] } };
}

export const createKey = (kid: string): KeyProvider => createSymmetricKeyProvider({ kid, k: randomBytes(32).toString('base64url') });

export const identityFor = (client: string, attempt = 1): ArchiveIdentity => ({
  client_account_id: client,
  engagement_id: 'engagement-1',
  flow_id: 'flow-1',
  system_id: 'system-1',
  job_id: 'job-1',
  attempt,
});

export interface SourceDataSet extends Pick<ManifestDataSet, 'path' | 'kind'> {
  readonly extension: string;
  readonly blocks: readonly Buffer[];
}

/** One small archive in a memory store, with everything that a test may want to damage. */
export interface ArchiveFixture {
  readonly store: ObjectStore;
  readonly bucket: string;
  readonly prefix: string;
  readonly identity: ArchiveIdentity;
  readonly tenantKey: KeyProvider;
  readonly escrowKey: KeyProvider;
  readonly signer: Signer;
  readonly archiveKey: Uint8Array;
  readonly content: ManifestContent;
  readonly stored: StoredManifest;
  open(overrides?: Partial<Parameters<typeof openArchive>[0]>): Promise<Archive>;
}

export async function emptyStore(): Promise<{ store: ObjectStore; bucket: string }> {
  const store = createMemoryObjectStore();
  const bucket = `archive-${randomUUID().slice(0, 8)}`;
  await store.ensureBucket(bucket);
  return { store, bucket };
}

const header = (identity: ArchiveIdentity) => ({
  ...identity,
  created_at: '2026-11-22T12:00:00Z',
  tool: { name: 'lastcopy', version: '0.1.0' },
  policy: { policy_id: 'policy-1', version: 1, retention_period_days: 2557, retain_until: '2033-11-22T12:00:00Z' },
  source: { kind: 'postgresql', version: '15.10' },
  snapshot: { id: '00000003-0000001B-1', taken_at: '2026-11-22T11:00:00Z' },
});

type FixtureParts = Partial<Pick<ArchiveFixture, 'store' | 'bucket' | 'signer' | 'tenantKey' | 'escrowKey'>> & {
  identity?: ArchiveIdentity;
  writer?: Partial<DataSetWriterOptions>;
};

async function writeSources(sources: readonly SourceDataSet[], options: Omit<DataSetWriterOptions, 'path' | 'extension'>) {
  const dataSets: ManifestDataSet[] = [];
  for (const { path, kind, extension, blocks } of sources) {
    const writer = createDataSetWriter({ ...options, path, extension });
    for (const block of blocks) await writer.write(block, 1);
    dataSets.push({ ...(await writer.finish()), kind });
  }
  return dataSets;
}

export async function writeArchive(sources: readonly SourceDataSet[], parts: FixtureParts = {}): Promise<ArchiveFixture> {
  const { store, bucket } = parts.store && parts.bucket ? { store: parts.store, bucket: parts.bucket } : await emptyStore();
  const identity = parts.identity ?? identityFor('client-1');
  const place = { store, bucket, prefix: 'archives', identity };
  const [tenantKey, escrowKey] = [parts.tenantKey ?? createKey('tenant-1'), parts.escrowKey ?? createKey('escrow-1')];
  const signer = parts.signer ?? (await createSigner());
  const archiveKey = createArchiveKey();
  const data_sets = await writeSources(sources, { ...place, archiveKey, ...parts.writer });
  const key_wraps = [
    await writeKeyWrap({ ...place, archiveKey, wrapId: 'tenant', provider: tenantKey }),
    await writeKeyWrap({ ...place, archiveKey, wrapId: 'escrow', provider: escrowKey }),
  ];
  const content = { ...header(identity), data_sets, key_wraps };
  const stored = await writeManifest({ ...place, manifest: createManifest(content), signer: signer.privateKey });
  const open: ArchiveFixture['open'] = (overrides = {}) =>
    openArchive({
      store,
      manifest: { bucket, key: manifestKey(place.prefix, identity) },
      keys: [tenantKey],
      trustedSigners: signer.trusted,
      ...overrides,
    });
  return { ...place, tenantKey, escrowKey, signer, archiveKey, content, stored, open };
}

export async function collect(chunks: AsyncIterable<Buffer>): Promise<Buffer> {
  const collected: Buffer[] = [];
  for await (const chunk of chunks) collected.push(chunk);
  return Buffer.concat(collected);
}
