import { randomUUID } from 'node:crypto';
import type { DataSource } from 'typeorm';
import type { EventEnvelope, ServiceName } from '@lastcopy/contracts';
import type { Event } from '@lastcopy/kernel';
import { createTestDatabase, type TestDatabase } from '@lastcopy/testkit';
import { createEventing, type Eventing, type EventingOptions } from '../eventing.js';
import { eventingMigrations } from '../store/eventing-migrations.js';
import { clock, contextOf, silent } from './log-fixture.js';

export interface BusService {
  database: TestDatabase;
  dataSource: DataSource;
  eventing: Eventing;
  /** What it holds of another service's log, by position. */
  received(source: ServiceName): Promise<{ position: number; hash: string; stream_id: string; version: number }[]>;
  alerts(): Promise<{ code: string; severity: string; message: string }[]>;
  close(): Promise<void>;
}

/** A service with a database of its own on a bus; not started yet. */
export async function busService(service: ServiceName, natsUrl: string, changes: Partial<EventingOptions> = {}): Promise<BusService> {
  const database = await createTestDatabase(service);
  const dataSource = await database.dataSource(eventingMigrations);
  const nats = { servers: natsUrl };
  const urls = { databaseUrl: database.settings.DATABASE_URL, ownerUrl: database.settings.MIGRATION_DATABASE_URL };
  const eventing = createEventing({ service, dataSource, ...urls, nats, clock, logger: silent, ...changes });
  return {
    database,
    dataSource,
    eventing,
    async received(source) {
      const rows = await eventing.store.query<{ position: string; hash: string; stream_id: string; version: number }>(
        'select position, hash, stream_id, version from received_events where source = $1 order by position',
        [source],
      );
      return rows.map((row) => ({ ...row, position: Number(row.position) }));
    },
    async alerts() {
      const events: EventEnvelope[] = await eventing.store.readLog(1, 500);
      return events
        .filter((event) => event.type === 'AlertRaised')
        .map((event) => event.data as { code: string; severity: string; message: string });
    },
    async close() {
      await eventing.stop();
      await database.drop();
    },
  };
}

const pausedEvent = (job: string, reason: string): Event => ({
  type: 'ArchiveJobPaused',
  data: { job_id: job, flow_id: '5f1e6c1e-8d0f-4f65-9a53-8d3f2f0c7e55', reason },
});

/** Appends `count` events to as many streams of the archive-service; each says `text`. */
export async function appendPauses({ eventing }: BusService, count: number, text = 'é "quoted" 100%'): Promise<void> {
  for (let n = 0; n < count; n += 1) {
    const job = randomUUID();
    await eventing.store.transact(contextOf(), (tx) => tx.append('archive_job', job, 0, [pausedEvent(job, `pause ${n} ${text}`)]));
  }
}
