import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { JWK } from 'jose';
import { createLocalKeyFileProvider, type KeyProvider } from '@lastcopy/archive-format';
import type { Tenant, VerificationLevel } from '@lastcopy/contracts';
import { startEmbeddedS3, type EmbeddedS3, type FaultHook } from '@lastcopy/embedded-s3';
import { createS3ObjectStore, type ObjectStore } from '@lastcopy/object-store';
import { signingKey } from '@lastcopy/platform';
import {
  createTestDatabase,
  writeArchiveFixture,
  type ArchiveFixture,
  type ArchiveFixtureOptions,
  type TestDatabase,
} from '@lastcopy/testkit';

export const bucket = 'archive-bucket';
export const prefix = 'kept';
const writer = { accessKeyId: 'writer', secretAccessKey: 'writer-secret' };
export const reader = { accessKeyId: 'reader', secretAccessKey: 'reader-secret' };

export const newTenant = (): Tenant => ({ client_account_id: randomUUID(), engagement_id: randomUUID() });

const sourceSql = `
  create table account (id int primary key, email text not null unique, balance numeric(12,2), note text);
  insert into account select n, 'person' || n || '@example.org', n * 1.25, case n % 3 when 0 then null when 1 then '' else E'line\\n"quoted", comma' end
    from generate_series(1, 500) n;
  create table invoice (id bigint generated always as identity primary key, account_id int not null references account (id), at timestamptz, tags text[],
    doubled numeric generated always as (id * 2) stored);
  insert into invoice (account_id, at, tags) select 1 + n % 500, timestamptz '2026-01-01' + n * interval '1 hour', array['a', 'ü', null] from generate_series(1, 2000) n;
  create table nothing_yet (id int);
  create view rich as select * from account where balance > 100;
  select lo_from_bytea(0, convert_to(repeat('large object ', 5000), 'UTF8'));`;

/** An S3 server, a source and keys of its own: what archives are made of and where they lie. */
export class ArchiveRig {
  fault: FaultHook | undefined;
  private readonly databases: TestDatabase[] = [];

  private constructor(
    readonly dir: string,
    private s3: EmbeddedS3 | undefined,
    readonly source: TestDatabase,
    readonly signer: JWK,
  ) {
    this.databases.push(source);
  }

  static async start(): Promise<ArchiveRig> {
    const dir = await mkdtemp(path.join(os.tmpdir(), 'lastcopy-integrity-'));
    const source = await createTestDatabase('integrity_source');
    await (await source.dataSource([])).query(sourceSql);
    const rig = new ArchiveRig(dir, undefined, source, await signingKey(path.join(dir, 'keys'), 'archive-signing', { create: true }));
    await rig.startStore();
    await rig.writable.ensureBucket(bucket);
    return rig;
  }

  get keysDir(): string {
    return path.join(this.dir, 'keys');
  }

  get storeUrl(): string {
    return this.s3!.url;
  }

  get writable(): ObjectStore {
    return this.storeAs(writer);
  }

  /** As the integrity-service sees it. */
  get readable(): ObjectStore {
    return this.storeAs(reader);
  }

  async startStore(): Promise<void> {
    const port = this.s3?.port;
    this.s3 = await startEmbeddedS3({
      dir: path.join(this.dir, 's3'),
      credentials: [writer, { ...reader, access: 'read-only' }],
      fault: (point) => this.fault?.(point),
      ...(port === undefined ? {} : { port }),
    });
  }

  stopStore(): Promise<void> {
    return this.s3!.stop();
  }

  async database(name: string): Promise<TestDatabase> {
    const database = await createTestDatabase(name);
    this.databases.push(database);
    return database;
  }

  key(name: string): Promise<KeyProvider> {
    return createLocalKeyFileProvider(path.join(this.keysDir, `${name}.key`), { nodeEnv: 'test', create: true });
  }

  /** Another key in the file than the one that wrapped. */
  async replaceKey(name: string): Promise<void> {
    const file = path.join(this.keysDir, `${name}.key`);
    const { kid } = JSON.parse(await readFile(file, 'utf8')) as { kid: string };
    await writeFile(file, JSON.stringify({ kid, k: randomBytes(32).toString('base64url') }));
  }

  async archive(tenant: Tenant, level: VerificationLevel, changes: Partial<ArchiveFixtureOptions> = {}): Promise<ArchiveFixture> {
    const ids = { flow_id: randomUUID(), system_id: randomUUID(), job_id: randomUUID(), attempt: 1 };
    return writeArchiveFixture({
      store: this.writable,
      ...{ bucket, prefix, level, signer: this.signer },
      identity: { ...tenant, ...ids },
      keys: changes.keys ?? (await this.keysOf(tenant)),
      source: { kind: 'postgresql', url: this.source.url },
      ...changes,
    });
  }

  private async keysOf({ client_account_id }: Tenant) {
    return { tenant: await this.key(`tenant-${client_account_id}`), escrow: await this.key('escrow') };
  }

  /** The file on the store's disk that holds exactly these bytes. */
  async fileOf(sha256: string): Promise<string> {
    const blobs = path.join(this.dir, 's3', 'blobs');
    for (const entry of await readdir(blobs, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue;
      const file = path.join(entry.parentPath, entry.name);
      if (
        createHash('sha256')
          .update(await readFile(file))
          .digest('hex') === sha256
      )
        return file;
    }
    throw new Error(`no stored object has the SHA-256 ${sha256}`);
  }

  async stop(): Promise<void> {
    await this.s3?.stop();
    for (const database of this.databases) await database.drop();
    await rm(this.dir, { recursive: true, force: true });
  }

  private storeAs(credential: typeof reader): ObjectStore {
    return createS3ObjectStore({ ...credential, endpoint: this.storeUrl, region: 'us-east-1', forcePathStyle: true, inactivityMs: 15_000 });
  }
}
