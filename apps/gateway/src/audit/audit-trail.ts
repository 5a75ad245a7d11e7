import type { LoggedEvent, Projection, SqlQuery } from '@lastcopy/eventing';
import { changeOf, type AuditChange, type StreamState } from './audit-change.js';
import { auditReason, auditText, onBehalfOf } from './audit-words.js';

export const auditTrailName = 'audit_trail';

const tables = (schema: string) => `
  create table "${schema}".entries (
    seq bigint primary key, client_account_id text not null, engagement_id text not null, occurred_at timestamptz(3) not null,
    source text not null, position bigint not null, hash text not null, stream_id text not null, version integer not null,
    type text not null, actor text not null, on_behalf_of text, flow_id text, system_id text, job_id text,
    action text not null, reason text, before jsonb, after jsonb not null, trace_id text);
  create index on "${schema}".entries (client_account_id, engagement_id, seq desc);
  create index on "${schema}".entries (client_account_id, engagement_id, actor, seq desc);
  create index on "${schema}".entries (flow_id, seq desc) where flow_id is not null;
  create index on "${schema}".entries (system_id, seq desc) where system_id is not null;
  create index on "${schema}".entries (job_id, seq desc) where job_id is not null;
  create table "${schema}".streams (
    stream_id text primary key, client_account_id text not null, engagement_id text not null, version integer not null, state jsonb not null);`;

interface KnownStream {
  version: number;
  state: StreamState;
  client_account_id: string;
  engagement_id: string;
}

async function knownStreams(query: SqlQuery, schema: string, events: readonly LoggedEvent[]): Promise<Map<string, KnownStream>> {
  const ids = [...new Set(events.map(({ stream_id }) => stream_id))];
  const rows = await query<KnownStream & { stream_id: string }>(`select * from "${schema}".streams where stream_id = any($1)`, [ids]);
  return new Map(rows.map((row) => [row.stream_id, row]));
}

const idIn = (data: object, name: string): string | null => {
  const { scope, ...rest } = data as Record<string, unknown> & { scope?: Record<string, unknown> };
  const value = rest[name] ?? (typeof scope === 'object' ? scope?.[name] : undefined);
  return typeof value === 'string' ? value : null;
};

const rowOf = (event: LoggedEvent, { before, after }: AuditChange) => ({
  ...{ seq: event.log_seq, client_account_id: event.client_account_id, engagement_id: event.engagement_id },
  ...{ occurred_at: event.occurred_at, source: event.source, position: event.position, hash: event.hash },
  ...{ stream_id: event.stream_id, version: event.version, type: event.type, actor: event.actor, on_behalf_of: onBehalfOf(event.data) },
  ...{ flow_id: event.flow_id, system_id: idIn(event.data, 'system_id'), job_id: idIn(event.data, 'job_id') },
  ...{ action: auditText(event), reason: auditReason(event.data), before, after },
  trace_id: event.traceparent?.split('-')[1] ?? null,
});

const columns = `seq, client_account_id, engagement_id, occurred_at, source, position, hash, stream_id, version, type, actor, on_behalf_of,
  flow_id, system_id, job_id, action, reason, before, after, trace_id`;

/** Everything that happened, in plain words, with what it changed. Of every type of event: one that comes later is audited as well. */
export const auditTrail: Projection = {
  kind: 'projection',
  name: auditTrailName,
  version: 1,
  tables,
  async apply({ query }, events, schema) {
    const streams = await knownStreams(query, schema, events);
    const rows: object[] = [];
    for (const event of events) {
      const known = streams.get(event.stream_id);
      if (known && known.version >= event.version) continue;
      const { state, change } = changeOf(known?.state, event);
      const { client_account_id, engagement_id, version } = event;
      streams.set(event.stream_id, { state, version, client_account_id, engagement_id });
      rows.push(rowOf(event, change));
    }
    if (rows.length === 0) return;
    await query(
      `insert into "${schema}".entries (${columns}) select ${columns} from jsonb_populate_recordset(null::"${schema}".entries, $1)`,
      [JSON.stringify(rows)],
    );
    const touched = [...streams].map(([stream_id, stream]) => ({ stream_id, ...stream }));
    await query(
      `insert into "${schema}".streams (stream_id, client_account_id, engagement_id, version, state)
       select stream_id, client_account_id, engagement_id, version, state from jsonb_populate_recordset(null::"${schema}".streams, $1)
       on conflict (stream_id) do update set version = excluded.version, state = excluded.state`,
      [JSON.stringify(touched)],
    );
  },
};
