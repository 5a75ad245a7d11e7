import type { QueryRunner } from 'typeorm';
import type { AggregateName, EventEnvelope, ServiceName } from '@lastcopy/contracts';
import { CodedError } from '@lastcopy/kernel';
import { canonicalJson } from './envelope-hash.js';

/** An event as it lies in this service's database. `log_seq` orders own and received events as they were committed here. */
export type LoggedEvent<Type extends string = string, Data extends object = object> = EventEnvelope<Type, Data> & { log_seq: number };

export type Row = Record<string, unknown>;
export type SqlQuery = <R extends object = Row>(sql: string, parameters?: unknown[]) => Promise<R[]>;

/** Rows of any statement, whatever its kind. */
export const rowsOf =
  (runner: Pick<QueryRunner, 'query'>): SqlQuery =>
  async <R extends object>(sql: string, parameters: unknown[] = []) =>
    (await runner.query(sql, parameters, true)).records as R[];

const columns = [
  ...['position', 'event_id', 'stream_id', 'version', 'aggregate', 'aggregate_id', 'type', 'schema_version', 'data'],
  ...['client_account_id', 'engagement_id', 'flow_id', 'actor', 'causation_id', 'correlation_id', 'traceparent', 'occurred_at'],
  ...['prev_hash', 'hash'],
];
const identity = 'null::text as source, null::uuid as epoch';

export const ownColumns = `${columns.join(', ')}, log_seq, ${identity}`;
export const receivedColumns = `${columns.join(', ')}, log_seq, source, epoch`;

/** Who a row of `events` is from: those rows do not repeat it. */
export interface LogIdentity {
  source: ServiceName;
  epoch: string;
}

export function eventOfRow(row: Row, own: LogIdentity): LoggedEvent {
  return {
    source: (row.source as ServiceName | null) ?? own.source,
    epoch: (row.epoch as string | null) ?? own.epoch,
    position: Number(row.position),
    prev_hash: row.prev_hash as string,
    hash: row.hash as string,
    event_id: row.event_id as string,
    stream_id: row.stream_id as string,
    version: Number(row.version),
    aggregate: row.aggregate as AggregateName,
    aggregate_id: row.aggregate_id as string,
    type: row.type as string,
    schema_version: Number(row.schema_version),
    data: row.data as object,
    client_account_id: row.client_account_id as string,
    engagement_id: row.engagement_id as string,
    flow_id: row.flow_id as string | null,
    actor: row.actor as string,
    causation_id: row.causation_id as string | null,
    correlation_id: row.correlation_id as string | null,
    traceparent: row.traceparent as string | null,
    occurred_at: (row.occurred_at as Date).toISOString(),
    log_seq: Number(row.log_seq),
  };
}

/** Adds one event to `events` or `received_events`; what the database gives back must be what was hashed. Call only under the append lock. */
export async function insertEvent(query: SqlQuery, table: 'events' | 'received_events', envelope: EventEnvelope): Promise<LoggedEvent> {
  const names = table === 'events' ? columns : ['source', 'epoch', ...columns];
  const values = names.map((name) => (name === 'data' ? JSON.stringify(envelope.data) : envelope[name as keyof EventEnvelope]));
  const places = names.map((_, index) => `$${index + 1}`).join(', ');
  const returning = table === 'events' ? ownColumns : receivedColumns;
  const [row] = await query(`insert into ${table} (${names.join(', ')}) values (${places}) returning ${returning}`, values);
  const stored = eventOfRow(row!, envelope);
  const { log_seq, ...kept } = stored;
  if (canonicalJson(kept) !== canonicalJson(envelope)) {
    throw new CodedError('EVENT_MALFORMED', `${envelope.type} ${envelope.event_id} would not be stored as it is; nothing was stored`);
  }
  return { ...kept, log_seq };
}
