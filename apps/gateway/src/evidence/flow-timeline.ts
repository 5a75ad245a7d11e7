import type { Tenant, TimelineFacetsAnswer } from '@lastcopy/contracts';
import type { EventStore, LoggedEvent } from '@lastcopy/eventing';
import type { Page } from '../read-model/record-queries.js';
import { readEvents } from './flow-log.js';

export interface TimelineFilter {
  type?: string;
  actor?: string;
  job_id?: string;
  /** Only what came before this position; the newest comes first then. */
  beforeSeq?: number;
}

const matching = `flow_id = $3 and client_account_id = $4 and engagement_id = $5 and ($6::text is null or type = $6)
  and ($7::text is null or actor = $7) and ($8::text is null or job_id = $8) and ($9::bigint is null or log_seq < $9)`;

const parametersOf = (tenant: Tenant, flowId: string, { type, actor, job_id, beforeSeq }: TimelineFilter): unknown[] => [
  ...[flowId, tenant.client_account_id, tenant.engagement_id],
  ...[type ?? null, actor ?? null, job_id ?? null, beforeSeq ?? null],
];

/** A page of a flow's events: the oldest first, or the newest first when it is asked for from a position backwards. */
export async function timelinePage(
  store: EventStore,
  tenant: Tenant,
  flowId: string,
  filter: TimelineFilter,
  page: Page,
): Promise<{ events: LoggedEvent[]; total: number }> {
  const query = store.within(tenant);
  const parameters = parametersOf(tenant, flowId, filter);
  const newestFirst = filter.beforeSeq !== undefined;
  const events = await readEvents(query, store, matching, parameters, { ...page, newestFirst });
  const counted = matching.replaceAll(/\$(\d+)/g, (_, n: string) => `$${Number(n) - 2}`);
  const [count] = await query<{ total: string }>(
    `select (select count(*) from events where ${counted}) + (select count(*) from received_events where ${counted}) as total`,
    parameters,
  );
  return { events, total: Number(count!.total) };
}

/** The kinds of events and the actors that occur, the most frequent first. */
export async function timelineFacets(store: EventStore, tenant: Tenant, flowId: string): Promise<TimelineFacetsAnswer> {
  const query = store.within(tenant);
  const ofFlow = 'flow_id = $1 and client_account_id = $2 and engagement_id = $3';
  const facet = async (column: 'type' | 'actor') => {
    const rows = await query<{ name: string; count: string }>(
      `select name, count(*) as count from (select ${column} as name from events where ${ofFlow} union all select ${column} from received_events
        where ${ofFlow}) occurring group by name order by count(*) desc, name`,
      [flowId, tenant.client_account_id, tenant.engagement_id],
    );
    return rows.map(({ name, count }) => ({ name, count: Number(count) }));
  };
  return { types: await facet('type'), actors: await facet('actor') };
}
