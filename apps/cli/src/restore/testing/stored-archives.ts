import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { calculateJwkThumbprint, exportJWK, generateKeyPair, type JWK } from 'jose';
import {
  createArchiveKey,
  createDataSetWriter,
  createLocalKeyFileProvider,
  createManifest,
  manifestKey,
  sha256Hex,
  writeKeyWrap,
  writeManifest,
  type ArchiveIdentity,
  type DataSetKind,
  type ManifestDataSet,
} from '@lastcopy/archive-format';
import { dataSetPaths } from '@lastcopy/contracts';
import { startEmbeddedS3, type EmbeddedS3, type FaultHook } from '@lastcopy/embedded-s3';
import { createS3ObjectStore, formatLocation, type ObjectStore } from '@lastcopy/object-store';
import { packDirectory } from '@lastcopy/source-directory';
import { openSnapshot, type PostgresConnection } from '@lastcopy/source-postgresql';
import { pack } from 'tar-stream';
import type { CliEnvironment } from '../../config.js';

const credential = { accessKeyId: 'reader', secretAccessKey: 'reader-secret' };
const bucket = 'archives';
const prefix = 'kept';

type Sink = (block: Buffer, rows: number) => Promise<void>;
type Write = (path: string, kind: DataSetKind, extension: string, fill: (sink: Sink) => Promise<void>) => Promise<void>;

export const identityOfJob = (job: string, client = 'client-1'): ArchiveIdentity => ({
  client_account_id: client,
  engagement_id: 'engagement-1',
  flow_id: 'flow-1',
  system_id: 'system-1',
  job_id: job,
  attempt: 1,
});

/** An S3 server with archives in it, and a folder of keys: all that an offline restore has. */
export class StoredArchives {
  /** Faults of the store, while set. */
  fault: FaultHook | undefined;

  private constructor(
    readonly dir: string,
    readonly server: EmbeddedS3,
    readonly store: ObjectStore,
    private readonly signer: JWK,
  ) {}

  static async start(): Promise<StoredArchives> {
    const dir = await mkdtemp(path.join(os.tmpdir(), 'lastcopy-restore-'));
    const faults: { of?: StoredArchives } = {};
    const server = await startEmbeddedS3({
      dir: path.join(dir, 's3'),
      credentials: [credential],
      fault: (point) => faults.of?.fault?.(point),
    });
    const store = createS3ObjectStore({ endpoint: server.url, region: 'us-east-1', ...credential, forcePathStyle: true });
    await store.ensureBucket(bucket);
    const { privateKey, publicKey } = await generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true });
    const kid = await calculateJwkThumbprint(await exportJWK(publicKey));
    const archives = new StoredArchives(dir, server, store, { ...(await exportJWK(privateKey)), kid });
    faults.of = archives;
    for (const name of ['tenant-client-1.key', 'tenant-client-2.key', 'escrow.key']) await archives.key(name);
    await writeFile(
      path.join(archives.keysDir, 'archive-signing.jwks.json'),
      JSON.stringify({ keys: [{ ...(await exportJWK(publicKey)), kid }] }),
    );
    return archives;
  }

  get keysDir(): string {
    return path.join(this.dir, 'keys');
  }

  get environment(): CliEnvironment {
    const store = {
      endpoint: this.server.url,
      region: 'us-east-1',
      access_key_id: credential.accessKeyId,
      secret_access_key: credential.secretAccessKey,
    };
    return { profilePath: path.join(this.dir, 'absent.json'), store, keysDir: this.keysDir };
  }

  /** For a process of its own. */
  get variables(): Record<string, string> {
    return { S3_ENDPOINT: this.server.url, S3_ACCESS_KEY_ID: credential.accessKeyId, S3_SECRET_ACCESS_KEY: credential.secretAccessKey };
  }

  key(name: string) {
    return createLocalKeyFileProvider(path.join(this.keysDir, name), { nodeEnv: 'test', create: true });
  }

  location = (identity: ArchiveIdentity): string => formatLocation(this.at(identity));

  at = (identity: ArchiveIdentity) => ({ bucket, key: manifestKey(prefix, identity) });

  /** `rewrite` changes what is archived of each table. */
  async database(identity: ArchiveIdentity, connection: PostgresConnection, rewrite = (block: Buffer) => block): Promise<void> {
    const snapshot = await openSnapshot(connection);
    try {
      const objects = await snapshot.largeObjects();
      await this.archive(identity, { kind: 'postgresql', version: snapshot.serverVersion }, async (write) => {
        const tables = [];
        for (const table of snapshot.tables) {
          const data_set = `data/${table.ordinal}`;
          await write(
            data_set,
            'table',
            'csv',
            async (sink) => void (await snapshot.copyOut(table, (block, rows) => sink(rewrite(block), rows))),
          );
          const { schema, name } = table;
          tables.push({ data_set, schema, name, rows: await snapshot.count(table), content_hash: null, query: null });
        }
        if (objects.length > 0) {
          await write(dataSetPaths.largeObjects, 'lobs', 'tar', async (sink) => {
            const tar = pack();
            for (const object of objects) {
              const slices: Buffer[] = [];
              await snapshot.copyLargeObject(object, (slice) => Promise.resolve(void slices.push(slice)));
              tar.entry({ name: object.oid }, Buffer.concat(slices));
            }
            tar.finalize();
            for await (const block of tar as AsyncIterable<Buffer>) await sink(block, 0);
          });
        }
        const total_bytes = objects.reduce((sum, { size_bytes }) => sum + size_bytes, 0);
        const large_objects = objects.length > 0 ? { data_set: dataSetPaths.largeObjects, objects: objects.length, total_bytes } : null;
        const reconciliation = { source_kind: 'postgresql', tables, large_objects, tree: null };
        await this.documents(write, reconciliation, { ...(await snapshot.finish()), large_objects: objects });
      });
    } finally {
      await snapshot.close();
    }
  }

  async directory(identity: ArchiveIdentity, folder: string): Promise<void> {
    await this.archive(identity, { kind: 'directory', version: 'posix' }, async (write) => {
      const index: Buffer[] = [];
      const packed = { totals: undefined as Awaited<ReturnType<typeof packDirectory>> | undefined };
      await write(dataSetPaths.files, 'files', 'tar', async (sink) => {
        packed.totals = await packDirectory(folder, { tar: sink, index: (block) => Promise.resolve(void index.push(Buffer.from(block))) });
      });
      await write(dataSetPaths.fileIndex, 'file_index', 'jsonl', (sink) => sink(Buffer.concat(index), 0));
      const { entries, files, totalBytes, excluded, fingerprint } = packed.totals!;
      const counts = { entries, files, total_bytes: totalBytes, excluded, fingerprint };
      const tree = { data_set: dataSetPaths.files, index_data_set: dataSetPaths.fileIndex, ...counts };
      await this.documents(write, { source_kind: 'directory', tables: [], large_objects: null, tree });
    });
  }

  /** Flips a bit of every stored file with that digest, behind the server's back. Answers how many there were. */
  async damage(storedSha256: string): Promise<number> {
    let damaged = 0;
    for (const entry of await readdir(path.join(this.dir, 's3'), { recursive: true, withFileTypes: true })) {
      const file = path.join(entry.parentPath, entry.name);
      if (!entry.isFile()) continue;
      const bytes = await readFile(file);
      if (sha256Hex(bytes) !== storedSha256) continue;
      bytes[bytes.length >> 1]! ^= 1;
      await writeFile(file, bytes);
      damaged += 1;
    }
    return damaged;
  }

  async stop(): Promise<void> {
    await this.server.stop();
    await rm(this.dir, { recursive: true, force: true });
  }

  private async documents(write: Write, reconciliation: object, schema?: object): Promise<void> {
    const complete = { document_version: 1, snapshot_id: 'snapshot-1', taken_at: '2026-11-22T11:00:00Z', ...reconciliation };
    if (schema) await write(dataSetPaths.schema, 'schema', 'json', (sink) => sink(Buffer.from(JSON.stringify(schema)), 0));
    await write(dataSetPaths.reconciliation, 'reconciliation', 'json', (sink) => sink(Buffer.from(JSON.stringify(complete)), 0));
  }

  private async archive(identity: ArchiveIdentity, source: { kind: string; version: string }, fill: (write: Write) => Promise<void>) {
    const place = { store: this.store, bucket, prefix, identity };
    const archiveKey = createArchiveKey();
    const data_sets: ManifestDataSet[] = [];
    await fill(async (dataSet, kind, extension, give) => {
      const writer = createDataSetWriter({ ...place, archiveKey, path: dataSet, extension });
      await give((block, rows) => writer.write(block, rows));
      data_sets.push({ ...(await writer.finish()), kind });
    });
    const providers = { tenant: await this.key(`tenant-${identity.client_account_id}.key`), escrow: await this.key('escrow.key') };
    const key_wraps = [];
    for (const [wrapId, provider] of Object.entries(providers))
      key_wraps.push(await writeKeyWrap({ ...place, archiveKey, wrapId, provider }));
    const manifest = createManifest({
      ...identity,
      created_at: '2026-11-22T12:00:00Z',
      tool: { name: 'lastcopy', version: '0.1.0' },
      policy: { policy_id: 'policy-1', version: 1, retention_period_days: 2557, retain_until: '2033-11-22T12:00:00Z' },
      source,
      snapshot: { id: 'snapshot-1', taken_at: '2026-11-22T11:00:00Z' },
      data_sets,
      key_wraps,
    });
    await writeManifest({ ...place, manifest, signer: this.signer });
  }
}
