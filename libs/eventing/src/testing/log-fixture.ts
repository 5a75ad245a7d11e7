import { randomUUID } from 'node:crypto';
import type { DataSource } from 'typeorm';
import type { AggregateName, Tenant } from '@lastcopy/contracts';
import type { Event } from '@lastcopy/kernel';
import { createTestDatabase, type TestDatabase } from '@lastcopy/testkit';
import type { CommandContext } from '../command-context.js';
import type { EventingLogger } from '../logger.js';
import { eventingMigrations } from '../store/eventing-migrations.js';
import { EventStore, type EventStoreOptions } from '../store/event-store.js';

export const tenant: Tenant = { client_account_id: 'client-1', engagement_id: 'engagement-1' };
export const otherTenant: Tenant = { client_account_id: 'client-2', engagement_id: 'engagement-1' };
export const clock = { now: () => new Date('2026-03-04T05:06:07.089Z') };
export const silent: EventingLogger = { debug() {}, info() {}, warn() {}, error() {} };

export const contextOf = (changes: Partial<CommandContext> = {}): CommandContext => ({
  command_id: randomUUID(),
  tenant,
  actor: { user_id: 'user-1', name: 'Ada', roles: ['operator'] },
  ...changes,
});

export const paused = (job: string, flow: string, reason = 'maintenance'): Event => ({
  type: 'ArchiveJobPaused',
  data: { job_id: job, flow_id: flow, reason },
});

export interface LogFixture {
  database: TestDatabase;
  dataSource: DataSource;
  store: EventStore;
  /** Appends to a stream at its present version. */
  append(aggregate: AggregateName, id: string, events: Event[], context?: CommandContext): Promise<number>;
}

/** A log of the archive-service in a database of its own. */
export async function openLog(name: string, changes: Partial<EventStoreOptions> = {}): Promise<LogFixture> {
  const database = await createTestDatabase(name);
  const dataSource = await database.dataSource(eventingMigrations);
  const store = new EventStore({ service: 'archive-service', dataSource, clock, ...changes });
  const append: LogFixture['append'] = (aggregate, id, events, context = contextOf()) =>
    store.transact(context, async (tx) => {
      const { version } = await tx.load(aggregate, id);
      await tx.append(aggregate, id, version, events);
      return version + events.length;
    });
  return { database, dataSource, store, append };
}
