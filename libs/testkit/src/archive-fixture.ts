import type { JWK } from 'jose';
import type { Archive, ArchiveIdentity, KeyProvider, Manifest, ManifestDataSet, DataSetKind, ArchivePlace } from '@lastcopy/archive-format';
import type { ArchiveUploaded, ReconciledTable, ReconciliationDocument, VerificationLevel } from '@lastcopy/contracts';
import type { ObjectStore } from '@lastcopy/object-store';
import type { PostgresSnapshot } from '@lastcopy/source-postgresql';

// The libraries that write an archive are loaded when one is written: most suites that use this kit never do.
const archiveFormat = () => import('@lastcopy/archive-format');
const sourcePostgresql = () => import('@lastcopy/source-postgresql');
const sourceDirectory = () => import('@lastcopy/source-directory');

export interface ArchiveFixtureOptions {
  readonly store: ObjectStore;
  readonly bucket: string;
  readonly prefix: string;
  readonly identity: ArchiveIdentity;
  readonly keys: { readonly tenant: KeyProvider; readonly escrow?: KeyProvider };
  /** Private Ed25519 JWK with `kid`. */
  readonly signer: JWK;
  readonly source: { readonly kind: 'postgresql'; readonly url: string } | { readonly kind: 'directory'; readonly path: string };
  readonly level: VerificationLevel;
  /** @default 2555 */
  readonly retentionDays?: number;
  /** Small, to have several parts of a table. */
  readonly partMaxStoredBytes?: number;
  /** Lies about what the source said, or about what was written: the archive is then well-formed and wrong. */
  readonly falsify?: {
    reconciliation?(document: ReconciliationDocument): ReconciliationDocument;
    schema?(document: object): object;
    table?(path: string, block: Buffer): Buffer;
    manifest?(manifest: Manifest): Manifest | Promise<Manifest>;
  };
}

export interface ArchiveFixture {
  readonly uploaded: ArchiveUploaded;
  readonly manifest: Manifest;
}

type Write = (block: Buffer, rows: number) => Promise<void>;

/** Writes an archive as the archive-service does, of a real source, and answers the event that announces it. */
export async function writeArchiveFixture(options: ArchiveFixtureOptions): Promise<ArchiveFixture> {
  const format = await archiveFormat();
  const { identity, keys, falsify } = options;
  const archiveKey = format.createArchiveKey();
  const place: ArchivePlace = { store: options.store, bucket: options.bucket, prefix: options.prefix, identity };
  const wraps = [await format.writeKeyWrap({ ...place, archiveKey, wrapId: `attempt-${identity.attempt}.tenant`, provider: keys.tenant })];
  if (keys.escrow) {
    wraps.push(await format.writeKeyWrap({ ...place, archiveKey, wrapId: `attempt-${identity.attempt}.escrow`, provider: keys.escrow }));
  }
  const copy = new FixtureCopy(options, archiveKey);
  const source = await copy.run();
  const created = new Date();
  const days = options.retentionDays ?? 2555;
  const retainUntil = new Date(created.getTime() + days * 86_400_000).toISOString();
  const manifest = format.createManifest({
    ...identity,
    created_at: created.toISOString(),
    tool: { name: 'lastcopy-fixture', version: '1.0.0' },
    policy: { policy_id: '5f0c1f5e-7a55-4f5c-9b0e-2f0f2f7b6c11', version: 1, retention_period_days: days, retain_until: retainUntil },
    source: { kind: options.source.kind, version: source.version },
    snapshot: { id: source.snapshotId, taken_at: source.takenAt },
    data_sets: copy.dataSets,
    key_wraps: wraps,
  });
  const written = (await falsify?.manifest?.(manifest)) ?? manifest;
  const stored = await format.writeManifest({ ...place, manifest: written, signer: options.signer });
  archiveKey.fill(0);
  return { manifest: written, uploaded: uploadedOf(options, written, stored.manifest) };
}

function uploadedOf(
  { identity, bucket, prefix, source, level }: ArchiveFixtureOptions,
  manifest: Manifest,
  stored: Archive['stored']['manifest'],
): ArchiveUploaded {
  const { flow_id, system_id, job_id, attempt } = identity;
  const { totals } = manifest;
  const folder = [prefix, identity.client_account_id, identity.engagement_id, flow_id, system_id, job_id, `attempt-${attempt}`].join('/');
  return {
    job_id,
    flow_id,
    attempt,
    system_id,
    source_kind: source.kind,
    location: `s3://${bucket}/${folder}/`,
    manifest: { bucket: stored.bucket, key: stored.key, version_id: stored.versionId },
    manifest_sha256: stored.sha256,
    verification_level: level,
    parts: totals.objects,
    rows: totals.rows,
    bytes: totals.plain_bytes,
    stored_bytes: totals.stored_bytes,
    duration_ms: 1,
    archived_at: manifest.created_at,
    retain_until: manifest.policy.retain_until,
  };
}

interface CopiedSource {
  version: string;
  snapshotId: string;
  takenAt: string;
}

class FixtureCopy {
  readonly dataSets: ManifestDataSet[] = [];

  constructor(
    private readonly options: ArchiveFixtureOptions,
    private readonly archiveKey: Uint8Array,
  ) {}

  run(): Promise<CopiedSource> {
    const { source } = this.options;
    return source.kind === 'postgresql' ? this.copyDatabase(source.url) : this.copyDirectory(source.path);
  }

  private async copyDatabase(url: string): Promise<CopiedSource> {
    const { connectionFromUrl, openSnapshot } = await sourcePostgresql();
    const snapshot = await openSnapshot(connectionFromUrl(url));
    try {
      const tables: ReconciledTable[] = [];
      for (const table of snapshot.tables) tables.push(await this.copyTable(snapshot, table));
      const largeObjects = await this.copyLargeObjects(snapshot);
      const schema = { ...(await snapshot.finish()), large_objects: largeObjects.listed };
      await this.writeDocument('metadata/schema', 'schema', this.options.falsify?.schema?.(schema) ?? schema);
      await this.writeReconciliation({
        ...{ document_version: 1, source_kind: 'postgresql', snapshot_id: snapshot.snapshotId, taken_at: snapshot.takenAt },
        tables,
        large_objects: largeObjects.reconciled,
        tree: null,
      });
      return { version: snapshot.serverVersion, snapshotId: snapshot.snapshotId, takenAt: snapshot.takenAt };
    } finally {
      await snapshot.close();
    }
  }

  private async copyTable(snapshot: PostgresSnapshot, table: PostgresSnapshot['tables'][number]): Promise<ReconciledTable> {
    const path = `data/${table.ordinal}`;
    const falsify = this.options.falsify?.table;
    const { rows } = await this.write(path, 'table', 'csv', (write) =>
      snapshot.copyOut(table, (block, count) => write(falsify?.(path, block) ?? block, count)),
    );
    const hashed = this.options.level === 'reconciled' ? await snapshot.contentHash(table) : null;
    const { schema, name } = table;
    return { data_set: path, schema, name, rows, content_hash: hashed?.hash ?? null, query: hashed?.query ?? null };
  }

  private async copyLargeObjects(snapshot: PostgresSnapshot) {
    const listed = await snapshot.largeObjects();
    if (listed.length === 0) return { listed, reconciled: null };
    const { pack } = await import('tar-stream');
    const tar = pack();
    for (const object of listed) {
      const slices: Buffer[] = [];
      await snapshot.copyLargeObject(object, (slice) => Promise.resolve(void slices.push(Buffer.from(slice))));
      tar.entry({ name: object.oid, mtime: new Date(0) }, Buffer.concat(slices));
    }
    tar.finalize();
    const blocks: Buffer[] = [];
    for await (const block of tar as AsyncIterable<Buffer>) blocks.push(block);
    await this.write('data/lobs', 'lobs', 'tar', (write) => write(Buffer.concat(blocks), listed.length));
    const total_bytes = listed.reduce((sum, { size_bytes }) => sum + size_bytes, 0);
    return { listed, reconciled: { data_set: 'data/lobs', objects: listed.length, total_bytes } };
  }

  private async copyDirectory(path: string): Promise<CopiedSource> {
    const { packDirectory } = await sourceDirectory();
    const index: { block: Buffer; lines: number }[] = [];
    let packed: Awaited<ReturnType<typeof packDirectory>> | undefined;
    const takenAt = new Date().toISOString();
    await this.write('data/files', 'files', 'tar', async (tar) => {
      const keep: Write = (block, lines) => Promise.resolve(void index.push({ block: Buffer.from(block), lines }));
      packed = await packDirectory(path, { tar, index: keep });
    });
    await this.write('data/file-index', 'file_index', 'jsonl', async (write) => {
      for (const { block, lines } of index) await write(block, lines);
    });
    const { entries, files, totalBytes: total_bytes, excluded, fingerprint } = packed!;
    const tree = { data_set: 'data/files', index_data_set: 'data/file-index', entries, files, total_bytes, excluded, fingerprint };
    await this.writeReconciliation({
      ...{ document_version: 1, source_kind: 'directory', snapshot_id: fingerprint, taken_at: takenAt },
      ...{ tables: [], large_objects: null, tree },
    });
    return { version: 'posix', snapshotId: fingerprint, takenAt };
  }

  private writeReconciliation(document: ReconciliationDocument): Promise<void> {
    return this.writeDocument('metadata/reconciliation', 'reconciliation', this.options.falsify?.reconciliation?.(document) ?? document);
  }

  private async writeDocument(path: string, kind: DataSetKind, document: object): Promise<void> {
    await this.write(path, kind, 'json', (write) => write(Buffer.from(JSON.stringify(document)), 0));
  }

  private async write<T>(path: string, kind: DataSetKind, extension: string, copy: (write: Write) => Promise<T>): Promise<T> {
    const { createDataSetWriter } = await archiveFormat();
    const { store, bucket, prefix, identity, partMaxStoredBytes } = this.options;
    const place = { store, bucket, prefix, identity, archiveKey: this.archiveKey };
    const writer = createDataSetWriter({ ...place, path, extension, ...(partMaxStoredBytes ? { partMaxStoredBytes } : {}) });
    const copied = await copy((block, rows) => writer.write(block, rows));
    this.dataSets.push({ ...(await writer.finish()), kind });
    return copied;
  }
}
