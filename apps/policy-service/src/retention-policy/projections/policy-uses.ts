import type { PolicyAssigned, Tenant } from '@lastcopy/contracts';
import type { ServiceTransaction, SqlQuery } from '@lastcopy/eventing';

/** The latest assignments that rest on a policy, of flows that are neither cancelled nor past the gate, by flow and system. */
export async function openAssignmentsOf(
  tx: { query: SqlQuery } | ServiceTransaction,
  tenant: Tenant,
  policyId: string,
): Promise<PolicyAssigned[]> {
  const rows = await tx.query<{ data: PolicyAssigned }>(
    `select data from (
       select distinct on (stream_id) stream_id, flow_id, data from events
       where type = 'PolicyAssigned' and client_account_id = $1 and engagement_id = $2 order by stream_id, version desc) latest
     where data->>'policy_id' = $3 and not exists (
       select 1 from received_events ended
       where ended.flow_id = latest.flow_id and ended.client_account_id = $1 and ended.engagement_id = $2
         and (ended.type = 'FlowCancelled' or (ended.type = 'PhaseTransitioned' and ended.data->>'to_phase' = 'system_shutdown')))
     order by flow_id, data->>'system_name', data->>'system_id'`,
    [tenant.client_account_id, tenant.engagement_id, policyId],
  );
  return rows.map(({ data }) => data);
}
