import type { Tenant } from '@lastcopy/contracts';
import type { SqlQuery } from '@lastcopy/eventing';

/** The flows that a system is in, from the log itself. */
export async function flowsWithSystem(query: SqlQuery, tenant: Tenant, systemId: string): Promise<string[]> {
  const rows = await query<{ flow_id: string }>(
    `select flow_id from events where type = 'FlowInitialized' and data->'systems' @> $1::jsonb
       and client_account_id = $2 and engagement_id = $3 order by position`,
    [JSON.stringify([{ system_id: systemId }]), tenant.client_account_id, tenant.engagement_id],
  );
  return rows.map(({ flow_id }) => flow_id);
}

export interface OpenFlow {
  flow_id: string;
  tenant: Tenant;
}

/** The flows of all tenants that are neither cancelled nor gone on to system shutdown. */
export async function openFlows(query: SqlQuery): Promise<OpenFlow[]> {
  const rows = await query<{ flow_id: string } & Tenant>(
    `select flow_id, client_account_id, engagement_id from events begun where type = 'FlowInitialized' and not exists (
       select 1 from events over where over.stream_id = begun.stream_id
       and (over.type = 'FlowCancelled' or (over.type = 'PhaseTransitioned' and over.data->>'to_phase' = 'system_shutdown')))
     order by position`,
  );
  return rows.map(({ flow_id, client_account_id, engagement_id }) => ({ flow_id, tenant: { client_account_id, engagement_id } }));
}
