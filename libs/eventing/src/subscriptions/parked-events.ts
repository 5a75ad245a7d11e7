import { alertAggregates, type AggregateName } from '@lastcopy/contracts';
import type { EventingLogger } from '../logger.js';
import type { LoggedEvent, SqlQuery } from '../store/event-rows.js';
import { errorCodeOf, messageOf } from '../store/failures.js';
import { raiseAlert } from '../store/raise-alert.js';
import type { LocalLog } from './local-log.js';

/** A subscription at one version; reactors have version 0. */
export interface SubscriptionKey {
  name: string;
  version: number;
}

export interface ParkedEvent {
  subscription: string;
  stream_id: string;
  log_seq: number;
  code: string;
  message: string;
  parked_at: string;
}

const alertStreams: readonly AggregateName[] = Object.values(alertAggregates);

export async function parkedStreams(query: SqlQuery, key: SubscriptionKey): Promise<Set<string>> {
  const rows = await query<{ stream_id: string }>('select distinct stream_id from parked_events where subscription = $1 and version = $2', [
    key.name,
    key.version,
  ]);
  return new Set(rows.map((row) => row.stream_id));
}

export async function parkEvent(query: SqlQuery, key: SubscriptionKey, event: LoggedEvent, cause: unknown): Promise<void> {
  await query(
    `insert into parked_events (subscription, version, stream_id, log_seq, code, message) values ($1, $2, $3, $4, $5, $6)
     on conflict do nothing`,
    [key.name, key.version, event.stream_id, event.log_seq, errorCodeOf(cause), messageOf(cause)],
  );
}

/** The parked events of a stream, oldest first. */
export async function parkedSequences(query: SqlQuery, key: SubscriptionKey, stream: string): Promise<number[]> {
  const rows = await query<{ log_seq: string }>(
    'select log_seq from parked_events where subscription = $1 and version = $2 and stream_id = $3 order by log_seq',
    [key.name, key.version, stream],
  );
  return rows.map((row) => Number(row.log_seq));
}

export async function dropParked(query: SqlQuery, key: SubscriptionKey, logSeq: number): Promise<void> {
  await query('delete from parked_events where subscription = $1 and version = $2 and log_seq = $3', [key.name, key.version, logSeq]);
}

interface Incident {
  subscription: string;
  version: number;
  stream_id: string;
  log_seq: string;
  code: string;
  message: string;
}

/** Raises one alert for each parked stream that has none yet; a crash between parking and this loses none. */
export async function raiseParkedAlerts(log: LocalLog, logger: EventingLogger): Promise<void> {
  const { store } = log;
  const incidents = await store.query<Incident>(
    `select distinct on (subscription, version, stream_id) subscription, version, stream_id, log_seq, code, message
     from parked_events p where exists (
       select 1 from parked_events q where (q.subscription, q.version, q.stream_id) = (p.subscription, p.version, p.stream_id) and not q.alerted)
     order by subscription, version, stream_id, log_seq`,
  );
  for (const incident of incidents) {
    const { subscription, version, stream_id, log_seq, code, message } = incident;
    const [event] = await log.at(store.query, [Number(log_seq)]);
    logger.error({ subscription, stream_id, log_seq: Number(log_seq), code, reason: message }, 'events of one aggregate were parked');
    // An alert about an alert that cannot be read would only make the next one.
    if (event && !alertStreams.includes(event.aggregate)) {
      await raiseAlert(store, event, {
        severity: 'high',
        code,
        message: `${subscription} of ${store.service} cannot apply ${event.type} of ${stream_id} and has set it and what follows aside: ${message}`,
        what_to_do: 'Correct the cause, then apply the parked events of that stream again.',
        flow_id: event.flow_id,
        key: `parked ${subscription} ${version} ${stream_id} ${log_seq}`,
      });
    }
    await store.query(
      'update parked_events set alerted = true where subscription = $1 and version = $2 and stream_id = $3 and not alerted',
      [subscription, version, stream_id],
    );
  }
}
