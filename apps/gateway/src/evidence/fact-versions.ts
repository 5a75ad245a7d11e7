import type { Tenant } from '@lastcopy/contracts';
import type { SqlQuery } from '@lastcopy/eventing';

const last = (log: string, condition: string) => `(select log_seq, hash from ${log} where ${condition} order by log_seq desc limit 1)`;

const newest = (condition: string) => `(select log_seq || ':' || hash from (
  ${last('events', condition)} union all ${last('received_events', condition)}) heads order by log_seq desc limit 1)`;

const ofTenant = 'client_account_id = $2 and engagement_id = $3';

/** What belongs to no flow: systems, policies, holds and alerts of the tenant; damage of a log, whoever was told; and what is wrong with the logs. */
const flowless = `select json_build_array(
  ${newest(`flow_id is null and ${ofTenant}`)},
  (select max(log_seq) from lastcopy_chain_alerts()),
  (select max(log_seq) from lastcopy_received_chain_alerts()),
  (select string_agg(source || position, ',' order by source) from event_forks),
  (select md5(string_agg(concat_ws('@', subscription, version, log_seq, parked_at), ',' order by subscription, version, log_seq)) from parked_events))::text as version`;

/** Changes whenever something was added to what a flow's facts are read from. */
export interface FactVersion {
  /** Of the flow's own log. */
  readonly own: string;
  /** Of all that belongs to no flow. */
  readonly around: string;
}

/** By flow; not there for a flow that has no events. */
export async function factVersions(query: SqlQuery, tenant: Tenant, flowIds: readonly string[]): Promise<Map<string, FactVersion>> {
  const rows = await query<FactVersion & { flow_id: string }>(
    `select flow_id, own, flowless.version as around from (${flowless}) flowless,
       (select flow_id, ${newest(`flow_id = asked.flow_id and ${ofTenant}`)} as own from unnest($1::text[]) asked (flow_id)) flows
     where own is not null`,
    [flowIds, tenant.client_account_id, tenant.engagement_id],
  );
  return new Map(rows.map(({ flow_id, own, around }) => [flow_id, { own, around }]));
}
