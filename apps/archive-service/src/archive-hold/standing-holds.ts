import type { Tenant } from '@lastcopy/contracts';
import type { SqlQuery } from '@lastcopy/eventing';

const scoped = ({ client_account_id, engagement_id }: Tenant) => [client_account_id, engagement_id];

export async function jobsOfSystem(query: SqlQuery, tenant: Tenant, systemId: string): Promise<string[]> {
  const rows = await query<{ aggregate_id: string }>(
    `select distinct aggregate_id from events where type = 'ArchiveJobQueued' and client_account_id = $1 and engagement_id = $2
     and data->>'system_id' = $3`,
    [...scoped(tenant), systemId],
  );
  return rows.map(({ aggregate_id }) => aggregate_id);
}

/** Null for a job that this tenant does not have. */
export async function systemOfJob(query: SqlQuery, tenant: Tenant, jobId: string): Promise<string | null> {
  const [row] = await query<{ system_id: string }>(
    `select data->>'system_id' as system_id from events where stream_id = $3 and type = 'ArchiveJobQueued'
     and client_account_id = $1 and engagement_id = $2 order by version limit 1`,
    [...scoped(tenant), `archive_job:${jobId}`],
  );
  return row?.system_id ?? null;
}

/** Whether at least one legal hold stands on the job's archive or on its system, as far as the policy-service's log is known here. */
export async function isHeld(query: SqlQuery, tenant: Tenant, { systemId, jobId }: { systemId: string; jobId: string }): Promise<boolean> {
  const [row] = await query<{ held: boolean }>(
    `select exists (
       select 1 from (
         select distinct on (stream_id) type, data->'scope' as scope from received_events
         where type in ('LegalHoldPlaced', 'LegalHoldReleased') and client_account_id = $1 and engagement_id = $2
           and data->'scope'->>'system_id' = $3
         order by stream_id, version desc) last
       where type = 'LegalHoldPlaced' and (scope->>'kind' = 'system' or scope->>'job_id' = $4)) as held`,
    [...scoped(tenant), systemId, jobId],
  );
  return row!.held;
}
