import { assertEventPayload } from '@lastcopy/contracts';
import type { EventStore } from '../store/event-store.js';
import { eventOfRow, ownColumns, receivedColumns, type LoggedEvent, type Row, type SqlQuery } from '../store/event-rows.js';

export interface LogPage {
  events: LoggedEvent[];
  /** Everything up to here was looked at; events of other types are passed over. */
  through: number;
}

const bothLogs = (condition: string, limit: string): string => `
  select * from (
    (select ${ownColumns} from events where ${condition} order by log_seq ${limit})
    union all
    (select ${receivedColumns} from received_events where ${condition} order by log_seq ${limit})
  ) log order by log_seq ${limit}`;

/** Own and received events of a service in the order in which they were committed here. */
export class LocalLog {
  constructor(readonly store: EventStore) {}

  /** The next events after `after`. Without `types`, all of them. */
  async page(query: SqlQuery, after: number, limit: number, types?: readonly string[], upTo = Number.MAX_SAFE_INTEGER): Promise<LogPage> {
    const [row] = await query<{ head: string | null }>(
      'select greatest((select max(log_seq) from events), (select max(log_seq) from received_events)) as head',
    );
    const head = Math.min(Number(row?.head ?? 0), upTo);
    if (head <= after) return { events: [], through: after };
    const condition = 'log_seq > $1 and log_seq <= $2 and ($4::text[] is null or type = any($4))';
    const events = await this.read(query, bothLogs(condition, 'limit $3'), [after, head, limit, types ?? null]);
    return { events, through: events.length < limit ? head : events.at(-1)!.log_seq };
  }

  /** The events with these `log_seq`, in order. */
  at(query: SqlQuery, sequences: readonly number[]): Promise<LoggedEvent[]> {
    return this.read(query, bothLogs('log_seq = any($1)', ''), [sequences]);
  }

  /** Where a stream's version lies in this log, or undefined while it has not arrived. */
  async sequenceOf(query: SqlQuery, source: string, stream: string, version: number): Promise<number | undefined> {
    const own = source === this.store.service;
    const [row] = await query<{ log_seq: string }>(
      own
        ? 'select log_seq from events where stream_id = $1 and version = $2'
        : 'select log_seq from received_events where stream_id = $1 and version = $2 and source = $3',
      own ? [stream, version] : [stream, version, source],
    );
    return row && Number(row.log_seq);
  }

  /** The event in today's schema, checked against its contract. Throws EVENT_MALFORMED. */
  readable(event: LoggedEvent): LoggedEvent {
    const upcast = this.store.upcasters.apply(event);
    assertEventPayload(upcast.type, upcast.data);
    return upcast;
  }

  private async read(query: SqlQuery, sql: string, parameters: unknown[]): Promise<LoggedEvent[]> {
    const identity = await this.store.identity();
    return (await query<Row>(sql, parameters)).map((row) => eventOfRow(row, identity));
  }
}
