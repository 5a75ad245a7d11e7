import { spawn, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { ClientNats } from '@nestjs/microservices';
import { archiveJobId, type ArchiveJobOrder, type SourceDescription } from '@lastcopy/contracts';
import { createEventing, eventingMigrations, EventStore, type Eventing } from '@lastcopy/eventing';
import { startEmbeddedS3, type EmbeddedS3, type FaultHook } from '@lastcopy/embedded-s3';
import { createS3ObjectStore, type ObjectStore } from '@lastcopy/object-store';
import { CommandClient, type RunningService } from '@lastcopy/platform';
import { createTestDatabase, type TestDatabase, until } from '@lastcopy/testkit';
import { bootstrap } from '../bootstrap.js';

export const tenant = { client_account_id: '11111111-1111-4111-8111-111111111111', engagement_id: '22222222-2222-4222-8222-222222222222' };
export const actor = { user_id: 'olga', name: 'Olga', roles: ['operator'] };
const credential = { accessKeyId: 'writer', secretAccessKey: 'writer-secret' };
const root = path.resolve(import.meta.dirname, '../../../..');
const silent = { debug() {}, info() {}, warn() {}, error() {} };
const clock = { now: () => new Date() };

export interface ServiceProcess {
  child: ChildProcess;
  /** The exit code, or the signal that ended it. */
  exited: Promise<string>;
  /** The end of its log. */
  log(): string;
}

interface Server {
  url: string;
  stop(): Promise<void>;
}

async function startBus(storeDir: string): Promise<Server> {
  const { startNats } = (await import(path.join(root, 'tools/servers/nats.mjs'))) as {
    startNats(o: { storeDir: string }): Promise<Server>;
  };
  return startNats({ storeDir });
}

/** An archive-service over real servers of its own: PostgreSQL, NATS, S3 and a source database. */
export class ArchiveRig {
  fault: FaultHook | undefined;
  private readonly undo: (() => Promise<unknown>)[] = [];
  private readonly children = new Set<ChildProcess>();

  private constructor(
    readonly dir: string,
    readonly database: TestDatabase,
    readonly source: TestDatabase,
    private readonly bus: Server,
    private s3: EmbeddedS3 | undefined,
    readonly events: EventStore,
    readonly commands: CommandClient,
  ) {}

  static async start(): Promise<ArchiveRig> {
    const dir = await mkdtemp(path.join(os.tmpdir(), 'lastcopy-archive-'));
    const [database, source] = [await createTestDatabase('archive'), await createTestDatabase('source')];
    const bus = await startBus(path.join(dir, 'bus'));
    const client = new ClientNats({ servers: [bus.url] });
    const dataSource = await database.dataSource(eventingMigrations);
    const events = new EventStore({ service: 'archive-service', dataSource, clock });
    const rig = new ArchiveRig(dir, database, source, bus, undefined, events, new CommandClient(client, 'gateway'));
    await rig.startStore();
    await rig.objects.ensureBucket('archives');
    const secrets = path.join(dir, 'secrets', tenant.client_account_id);
    await mkdir(secrets, { recursive: true });
    await writeFile(path.join(secrets, 'source'), decodeURIComponent(new URL(source.url).password) || 'unused');
    rig.undo.push(async () => client.close());
    return rig;
  }

  get storeUrl(): string {
    return this.s3!.url;
  }

  get objects(): ObjectStore {
    return createS3ObjectStore({ ...credential, endpoint: this.storeUrl, region: 'us-east-1', forcePathStyle: true });
  }

  async startStore(): Promise<void> {
    const port = this.s3?.port;
    this.s3 = await startEmbeddedS3({
      dir: path.join(this.dir, 's3'),
      credentials: [credential],
      fault: (point) => this.fault?.(point),
      ...(port === undefined ? {} : { port }),
    });
  }

  stopStore(): Promise<void> {
    return this.s3!.stop();
  }

  environment(changes: Record<string, string> = {}): Record<string, string> {
    return {
      ...this.database.settings,
      NATS_URL: this.bus.url,
      LASTCOPY_ENV: 'development',
      LOG_LEVEL: 'silent',
      KEYS_DIR: path.join(this.dir, 'keys'),
      SECRETS_DIR: path.join(this.dir, 'secrets'),
      SOURCE_ALLOW_LIST: `127.0.0.1:*,localhost:*,${this.dir}`,
      S3_ENDPOINT: this.storeUrl,
      S3_ACCESS_KEY_ID: credential.accessKeyId,
      S3_SECRET_ACCESS_KEY: credential.secretAccessKey,
      RETENTION_MODE: 'GOVERNANCE',
      // Long enough for a busy machine; what is about lost leases asks for a short one.
      LEASE_MS: '20000',
      ARCHIVE_RETRY_DELAYS_S: '0.3,0.3,0.3',
      SWEEP_INTERVAL_MS: '300',
      ...changes,
    };
  }

  /** The service in this process. */
  async boot(changes: Record<string, string> = {}): Promise<RunningService> {
    const running = await bootstrap(this.environment(changes));
    this.undo.push(() => running.close());
    return running;
  }

  /** The service as a process of its own, from its build. Resolves when it is ready. */
  async spawn(changes: Record<string, string> = {}): Promise<ServiceProcess> {
    const child = spawn(process.execPath, [path.join(root, 'apps/archive-service/dist/main.js')], {
      env: { ...this.environment({ LOG_LEVEL: 'info', ...changes }), PATH: process.env.PATH ?? '' },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    this.children.add(child);
    let log = '';
    const exited = new Promise<string>((resolve) => child.once('exit', (code, signal) => resolve(signal ?? String(code))));
    await new Promise<void>((resolve, reject) => {
      child.stderr!.on('data', (chunk: Buffer) => {
        log = (log + chunk.toString()).slice(-20_000);
        if (log.includes('service is ready')) resolve();
      });
      void exited.then((how) => reject(new Error(`the service exited with ${how}:\n${log}`)));
    });
    return { child, exited, log: () => log };
  }

  /** Another service's event log on the same bus, to speak in its name. */
  async otherService(service: 'integrity-service' | 'gateway' | 'policy-service'): Promise<Eventing> {
    const database = await createTestDatabase(service);
    const dataSource = await database.dataSource(eventingMigrations);
    const eventing = createEventing({
      service,
      dataSource,
      databaseUrl: database.settings.DATABASE_URL,
      nats: { servers: this.bus.url },
      clock,
      logger: silent,
    });
    await eventing.start();
    this.undo.push(() => database.drop());
    this.undo.push(() => eventing.stop());
    return eventing;
  }

  sourceDescription(): SourceDescription {
    const { hostname, port, pathname, username } = new URL(this.source.url);
    return { kind: 'postgresql', host: hostname, port: Number(port), database: pathname.slice(1), user: username, secret_ref: 'source' };
  }

  async startMigration(flowId: string, order: Partial<ArchiveJobOrder> = {}): Promise<string> {
    const complete: ArchiveJobOrder = {
      system_id: randomUUID(),
      system_name: 'Billing',
      source: this.sourceDescription(),
      policy_id: randomUUID(),
      policy_version: 1,
      retention_period_days: 2555,
      minima: [{ duration: 'P7Y', requirement: 'SOX', clause: 'Section 802' }],
      verification_level: 'reconciled',
      storage_location: 's3://archives/kept/',
      ...order,
    };
    await this.command('StartMigration', { flow_id: flowId, jobs: [complete] });
    return archiveJobId(flowId, complete.system_id);
  }

  command(name: Parameters<typeof this.commands.send<unknown, 'archive-service'>>[1], data: object) {
    return this.commands.send('archive-service', name, data, { command_id: randomUUID(), tenant, actor });
  }

  async typesOf(jobId: string): Promise<string[]> {
    return (await this.events.readStream('archive_job', jobId)).map(({ type }) => type);
  }

  /** The data of the job's latest event of that type, as soon as there are `count` of them. */
  async eventOf<T>(jobId: string, type: string, count = 1): Promise<T> {
    return until(`${count} × ${type} of job ${jobId}`, async () => {
      const found = (await this.events.readStream('archive_job', jobId)).filter((event) => event.type === type);
      return found.length >= count && (found.at(-1)!.data as T);
    });
  }

  /** Keys of all versions, and of unfinished uploads, below the bucket. */
  async stored(): Promise<{ objects: string[]; uploads: string[] }> {
    const objects: string[] = [];
    const uploads: string[] = [];
    for await (const { key } of this.objects.listVersions('archives', '')) objects.push(key);
    for await (const { key } of this.objects.listMultipartUploads('archives', '')) uploads.push(key);
    return { objects, uploads };
  }

  /** Ends the processes that a test left behind. */
  killAll(): void {
    for (const child of this.children) child.kill('SIGKILL');
    this.children.clear();
  }

  async stop(): Promise<void> {
    this.killAll();
    for (const step of this.undo.splice(0).reverse()) await step();
    await this.s3?.stop();
    await this.bus.stop();
    await this.database.drop();
    await this.source.drop();
    await rm(this.dir, { recursive: true, force: true });
  }
}
