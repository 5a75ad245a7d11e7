import type { ServiceName } from '@lastcopy/contracts';
import type { EventingLogger } from '../logger.js';
import type { EventStore } from '../store/event-store.js';
import type { SqlQuery } from '../store/event-rows.js';
import { tenantsOf } from '../store/log-tenants.js';
import { raiseAlert } from '../store/raise-alert.js';

/** A log that says two things about one position. Its row stays until a person has resolved it and removes it. */
export interface EventFork {
  source: ServiceName;
  position: number;
  stored_hash: string | null;
  offered_hash: string | null;
  reason: string;
}

export async function recordFork(query: SqlQuery, fork: EventFork): Promise<void> {
  await query(
    'insert into event_forks (source, position, stored_hash, offered_hash, reason) values ($1, $2, $3, $4, $5) on conflict do nothing',
    [fork.source, fork.position, fork.stored_hash, fork.offered_hash, fork.reason],
  );
}

export async function readForks(query: SqlQuery): Promise<EventFork[]> {
  const rows = await query<EventFork>('select source, position, stored_hash, offered_hash, reason from event_forks order by source');
  return rows.map((row) => ({ ...row, position: Number(row.position) }));
}

/** Alarms every tenant with events in a forked log, once each; a crash between finding the fork and this loses nothing. */
export async function raiseForkAlerts(store: EventStore, logger: EventingLogger): Promise<void> {
  const forks = await store.query<EventFork>('select source, position, reason from event_forks where not alerted');
  for (const { source, position, reason } of forks) {
    logger.error({ source, position: Number(position), reason }, 'EVENT_FORK: a log contradicts what it said before');
    for (const tenant of await tenantsOf(store, source)) {
      await raiseAlert(store, tenant, {
        severity: 'critical',
        code: 'EVENT_FORK',
        message: `The log of ${source} as ${store.service} knows it is contradicted at position ${position}: ${reason}`,
        what_to_do: 'Shut nothing down. Follow the runbook "event fork": find out whether the database was restored or failed over.',
        key: `fork ${source} ${position}`,
      });
    }
    await store.query('update event_forks set alerted = true where source = $1', [source]);
  }
}
