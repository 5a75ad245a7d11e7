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
