import { assertEventPayload, eventCatalogue, isEventType, type Tenant } from '@lastcopy/contracts';
import type { EventStore, LoggedEvent, SqlQuery } from '@lastcopy/eventing';
import { isCodedError } from '@lastcopy/kernel';

const columns = `position, event_id, stream_id, version, aggregate, aggregate_id, type, schema_version, data, client_account_id, engagement_id,
  flow_id, actor, causation_id, correlation_id, traceparent, occurred_at, prev_hash, hash, log_seq`;

type Row = Record<string, unknown> & { position: string; version: number; log_seq: string; occurred_at: Date };

interface ReadOptions {
  limit?: number;
  /** Only with a limit. */
  offset?: number;
  newestFirst?: boolean;
  own?: string;
  received?: string;
}

/**
 * Own and received events that meet `condition` (its parameters from $3 on), in the order in which they were committed here. In today's
 * schema where they can be brought to it; `partByContract` tells which are not.
 */
export async function readEvents(
  query: SqlQuery,
  store: EventStore,
  condition: string,
  parameters: unknown[],
  { limit, offset = 0, newestFirst = false, own = 'events', received = 'received_events' }: ReadOptions = {},
): Promise<LoggedEvent[]> {
  const { source, epoch } = await store.identity();
  const order = `order by log_seq ${newestFirst ? 'desc' : 'asc'}`;
  // Either part may hold all that is skipped.
  const bounded = limit === undefined ? '' : `limit ${Math.trunc(limit) + Math.trunc(offset)}`;
  const page = limit === undefined ? '' : `limit ${Math.trunc(limit)} offset ${Math.trunc(offset)}`;
  const rows = await query<Row>(
    `select * from (
       (select ${columns}, $1::text as source, $2::uuid as epoch from ${own} where ${condition} ${order} ${bounded})
       union all
       (select ${columns}, source, epoch from ${received} where ${condition} ${order} ${bounded})
     ) log ${order} ${page}`,
    [source, epoch, ...parameters],
  );
  return rows.map((row) =>
    inTodaysSchema(store, {
      ...row,
      position: Number(row.position),
      version: Number(row.version),
      schema_version: Number(row.schema_version),
      log_seq: Number(row.log_seq),
      occurred_at: row.occurred_at.toISOString(),
    } as unknown as LoggedEvent),
  );
}

/** An event that no upcast leads on from stays as it was stored: one event that is not understood must not hide all others. */
function inTodaysSchema(store: EventStore, event: LoggedEvent): LoggedEvent {
  try {
    return store.upcasters.apply(event);
  } catch {
    return event;
  }
}

const isOfTodaysSchema = ({ type, schema_version }: LoggedEvent): boolean =>
  isEventType(type) && eventCatalogue[type].schemaVersion === schema_version;

const ofFlow = 'flow_id = $3 and client_account_id = $4 and engagement_id = $5';

/** At most `limit` events of a flow, of all services, from `fromSeq` on. Empty for another tenant's flow. */
export const flowEventsFrom = (
  query: SqlQuery,
  store: EventStore,
  tenant: Tenant,
  flowId: string,
  { fromSeq, limit }: { fromSeq: number; limit: number },
): Promise<LoggedEvent[]> =>
  readEvents(query, store, `${ofFlow} and log_seq >= $6`, [flowId, tenant.client_account_id, tenant.engagement_id, fromSeq], { limit });

/** Every event of one stream, as far as it has arrived. Empty for another tenant's. */
export const streamEvents = (query: SqlQuery, store: EventStore, tenant: Tenant, streamId: string): Promise<LoggedEvent[]> =>
  readEvents(query, store, 'stream_id = $3 and client_account_id = $4 and engagement_id = $5', [
    ...[streamId, tenant.client_account_id, tenant.engagement_id],
  ]);

/** The flow's events after `afterSeq` and up to `throughSeq`, at most `limit`. */
export const flowEventsAfter = (
  store: EventStore,
  tenant: Tenant,
  flowId: string,
  range: { afterSeq: number; throughSeq: number; limit: number },
): Promise<LoggedEvent[]> =>
  readEvents(
    store.within(tenant),
    store,
    `${ofFlow} and log_seq > $6 and log_seq <= $7`,
    [flowId, tenant.client_account_id, tenant.engagement_id, range.afterSeq, range.throughSeq],
    { limit: range.limit },
  );

/** Events of a whole tenant after `afterSeq` and up to `throughSeq`, at most `limit`. */
export const tenantEventsAfter = (
  store: EventStore,
  tenant: Tenant,
  range: { afterSeq: number; throughSeq: number; limit: number },
): Promise<LoggedEvent[]> =>
  readEvents(
    store.within(tenant),
    store,
    'client_account_id = $3 and engagement_id = $4 and log_seq > $5 and log_seq <= $6',
    [tenant.client_account_id, tenant.engagement_id, range.afterSeq, range.throughSeq],
    { limit: range.limit },
  );

/**
 * Alerts that name no flow. EVENT_FORK is left out: `event_forks` tells whether a fork still stands. A broken chain counts for every
 * tenant, whoever was told of it: what is lost from a log cannot say whose it was.
 */
export async function flowlessAlerts(query: SqlQuery, store: EventStore, tenant: Tenant): Promise<LoggedEvent[]> {
  const own = await readEvents(
    query,
    store,
    `type = 'AlertRaised' and flow_id is null and data->>'code' not in ('EVENT_FORK', 'EVENT_CHAIN_BROKEN')
     and client_account_id = $3 and engagement_id = $4`,
    [tenant.client_account_id, tenant.engagement_id],
  );
  const logs = { own: 'lastcopy_chain_alerts()', received: 'lastcopy_received_chain_alerts()' };
  return [...own, ...(await readEvents(query, store, 'true', [], logs))];
}

/** Parts the events that keep their contract from those that do not, or that this software is too old for: these are never folded. */
export function partByContract(events: readonly LoggedEvent[]): { sound: LoggedEvent[]; malformed: LoggedEvent[] } {
  const malformed = events.filter((event) => {
    if (!isOfTodaysSchema(event)) return true;
    try {
      assertEventPayload(event.type, event.data);
      return false;
    } catch (error) {
      if (isCodedError(error)) return true;
      throw error;
    }
  });
  return { sound: events.filter((event) => !malformed.includes(event)), malformed };
}
