import { spawn, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { ClientNats } from '@nestjs/microservices';
import type { ArchiveUploaded, EventData, EventEnvelope, EventType, ServiceName, Tenant } from '@lastcopy/contracts';
import { createEventing, eventingMigrations, EventStore, type Eventing } from '@lastcopy/eventing';
import { CommandClient, type RunningService } from '@lastcopy/platform';
import type { TestDatabase } from '@lastcopy/testkit';
import { bootstrap } from '../bootstrap.js';
import { ArchiveRig, reader } from './archive-rig.js';
import { until } from '@lastcopy/testkit';

const root = path.resolve(import.meta.dirname, '../../../..');
const silent = { debug() {}, info() {}, warn() {}, error() {} };
const clock = { now: () => new Date() };
export const actor = { user_id: 'olga', name: 'Olga', roles: ['operator'] };

interface Server {
  url: string;
  stop(): Promise<void>;
}

async function startBus(storeDir: string): Promise<Server> {
  const { startNats } = (await import(path.join(root, 'tools/servers/nats.mjs'))) as {
    startNats(options: { storeDir: string }): Promise<Server>;
  };
  return startNats({ storeDir });
}

/** An integrity-service over real servers; the archive-service and the gateway speak through logs of their own on the same bus. */
export class ServiceRig {
  private readonly running: RunningService[] = [];
  private readonly children = new Set<ChildProcess>();

  private constructor(
    readonly archives: ArchiveRig,
    private readonly bus: Server,
    readonly database: TestDatabase,
    readonly log: EventStore,
    readonly archiveService: Eventing,
    readonly gateway: Eventing,
    private readonly client: ClientNats,
  ) {}

  static async start(): Promise<ServiceRig> {
    const archives = await ArchiveRig.start();
    const bus = await startBus(path.join(archives.dir, 'bus'));
    const database = await archives.database('integrity');
    const dataSource = await database.dataSource(eventingMigrations);
    const log = new EventStore({ service: 'integrity-service', dataSource, clock });
    const other = async (service: ServiceName): Promise<Eventing> => {
      const own = await archives.database(service);
      const parts = {
        service,
        dataSource: await own.dataSource(eventingMigrations),
        databaseUrl: own.settings.DATABASE_URL,
        clock,
        logger: silent,
      };
      const eventing = createEventing({ ...parts, nats: { servers: bus.url } });
      await eventing.start();
      return eventing;
    };
    const client = new ClientNats({ servers: [bus.url] });
    return new ServiceRig(archives, bus, database, log, await other('archive-service'), await other('gateway'), client);
  }

  get commands(): CommandClient {
    return new CommandClient(this.client, 'gateway');
  }

  environment(changes: Record<string, string> = {}): Record<string, string> {
    return {
      ...this.database.settings,
      NATS_URL: this.bus.url,
      LASTCOPY_ENV: 'development',
      LOG_LEVEL: 'silent',
      KEYS_DIR: this.archives.keysDir,
      S3_ENDPOINT: this.archives.storeUrl,
      S3_ACCESS_KEY_ID: reader.accessKeyId,
      S3_SECRET_ACCESS_KEY: reader.secretAccessKey,
      SCRATCH_DATABASE_URL: process.env.TEST_DATABASE_URL!,
      // Long enough for a busy machine; what is about lost leases asks for short ones.
      LEASE_MS: '20000',
      POLL_MS: '30',
      VERIFY_RETRY_BASE_MS: '100',
      VERIFY_RETRY_MAX_MS: '500',
      VERIFY_ALERT_AFTER: '2',
      STORE_INACTIVITY_MS: '15000',
      ...changes,
    };
  }

  async boot(changes: Record<string, string> = {}): Promise<RunningService> {
    const service = await bootstrap(this.environment(changes));
    this.running.push(service);
    return service;
  }

  /** The service as a process of its own, from its build. Resolves when it is ready. */
  async spawn(changes: Record<string, string> = {}): Promise<{ child: ChildProcess; log(): string }> {
    const child = spawn(process.execPath, [path.join(root, 'apps/integrity-service/dist/main.js')], {
      env: { ...this.environment({ LOG_LEVEL: 'info', ...changes }), PATH: process.env.PATH ?? '' },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    this.children.add(child);
    let log = '';
    await new Promise<void>((resolve, reject) => {
      child.stderr!.on('data', (chunk: Buffer) => {
        log = (log + chunk.toString()).slice(-20_000);
        if (log.includes('service is ready')) resolve();
      });
      child.once('exit', (code) => reject(new Error(`the service exited with ${code}:\n${log}`)));
    });
    return { child, log: () => log };
  }

  /** An event of the archive-service on the stream of its job. */
  async jobEvent<T extends EventType>(tenant: Tenant, type: T, data: EventData<T> & { job_id: string }): Promise<void> {
    await this.archiveService.store.transact({ command_id: randomUUID(), tenant, actor }, async (tx) => {
      const { version } = await tx.load('archive_job', data.job_id);
      await tx.append('archive_job', data.job_id, version, [{ type, data }]);
    });
  }

  uploaded(tenant: Tenant, uploaded: ArchiveUploaded): Promise<void> {
    return this.jobEvent(tenant, 'ArchiveUploaded', uploaded);
  }

  /** The service's own events about a job, oldest first. */
  async eventsOf(jobId: string): Promise<EventEnvelope[]> {
    return (await this.log.readLog(1, 1000)).filter((event) => (event.data as { job_id?: string }).job_id === jobId);
  }

  async typesOf(jobId: string): Promise<string[]> {
    return (await this.eventsOf(jobId)).map(({ type }) => type);
  }

  event<T extends EventType>(jobId: string, type: T, count = 1): Promise<EventEnvelope & { data: EventData<T> }> {
    return until(`${count} × ${type} of job ${jobId}`, async () => {
      const found = (await this.eventsOf(jobId)).filter((event) => event.type === type);
      return found.length >= count && (found.at(-1) as EventEnvelope & { data: EventData<T> });
    });
  }

  async scratchDatabases(): Promise<string[]> {
    const short = (await this.log.identity()).epoch.replaceAll('-', '').slice(0, 8);
    const rows = await this.log.query<{ datname: string }>('select datname from pg_database where datname like $1', [
      `lastcopy_scratch_${short}%`,
    ]);
    return rows.map(({ datname }) => datname);
  }

  async closeServices(): Promise<void> {
    this.killChildren();
    for (const service of this.running.splice(0)) await service.close();
  }

  killChildren(): void {
    for (const child of this.children) child.kill('SIGKILL');
    this.children.clear();
  }

  async stop(): Promise<void> {
    await this.closeServices();
    await this.archiveService.stop();
    await this.gateway.stop();
    await this.client.close();
    await this.bus.stop();
    await this.archives.stop();
  }
}
