import type { FlowSystem, Tenant } from '@lastcopy/contracts';
import type { SqlQuery } from '@lastcopy/eventing';

/** A system of a flow as it is now, and what is assigned to it. */
export interface FlowSystemRow {
  flow_id: string;
  system_id: string;
  system: FlowSystem;
  /** Neither cancelled nor past the gate. */
  open: boolean;
  policy_id: string | null;
}

/** A revision of the inventory counts more than the description that the flow began with. */
const columns = 'f.flow_id, f.system_id, f.open, f.policy_id, coalesce(r.system, f.system) as system';
const revisedSystems = `flow_systems f left join revised_systems r
    on r.system_id = f.system_id and r.client_account_id = f.client_account_id and r.engagement_id = f.engagement_id`;
const select = `select ${columns} from ${revisedSystems}
  where f.client_account_id = $1 and f.engagement_id = $2`;

const of = (tenant: Tenant): string[] => [tenant.client_account_id, tenant.engagement_id];

export async function flowSystem(query: SqlQuery, tenant: Tenant, flowId: string, systemId: string): Promise<FlowSystemRow | null> {
  const rows = await query<FlowSystemRow>(`${select} and f.flow_id = $3 and f.system_id = $4`, [...of(tenant), flowId, systemId]);
  return rows[0] ?? null;
}

/** The open flows' systems that a policy is assigned to, and those that have none: a policy may be what they lack. */
export const openSystemsUnder = (query: SqlQuery, tenant: Tenant, policyId: string): Promise<FlowSystemRow[]> =>
  query(`${select} and f.open and (f.policy_id = $3 or f.policy_id is null) order by f.flow_id, f.system_id`, [...of(tenant), policyId]);

export const openFlowsOf = (query: SqlQuery, tenant: Tenant, systemId: string): Promise<FlowSystemRow[]> =>
  query(`${select} and f.open and f.system_id = $3 order by f.flow_id`, [...of(tenant), systemId]);

/** Of all tenants: the open flows' systems whose assignments all were made before conflicts were a part of one. */
export const systemsWithoutConflictLook = (query: SqlQuery): Promise<(FlowSystemRow & Tenant)[]> =>
  query(`select ${columns}, f.client_account_id, f.engagement_id from ${revisedSystems}
    where f.open and f.policy_id is not null and not exists (
      select 1 from events e where e.type = 'PolicyAssigned' and e.flow_id = f.flow_id and e.data->>'system_id' = f.system_id
        and e.client_account_id = f.client_account_id and e.engagement_id = f.engagement_id and e.data ? 'conflicts')
    order by f.flow_id, f.system_id`);

/** Said again, a flow's beginning changes nothing. */
export async function addFlowSystem(query: SqlQuery, tenant: Tenant, flowId: string, system: FlowSystem): Promise<void> {
  await query(
    `insert into flow_systems (client_account_id, engagement_id, flow_id, system_id, system) values ($1, $2, $3, $4, $5)
     on conflict (flow_id, system_id) do nothing`,
    [...of(tenant), flowId, system.system_id, JSON.stringify(system)],
  );
}

export async function noteAssigned(query: SqlQuery, flowId: string, systemId: string, policyId: string): Promise<void> {
  await query('update flow_systems set policy_id = $3 where flow_id = $1 and system_id = $2', [flowId, systemId, policyId]);
}

export async function closeFlow(query: SqlQuery, tenant: Tenant, flowId: string): Promise<void> {
  const parameters = [...of(tenant), flowId];
  const where = 'client_account_id = $1 and engagement_id = $2 and flow_id = $3';
  await query(`update flow_systems set open = false where ${where}`, parameters);
  await query(`delete from pending_reassignments where ${where}`, parameters);
}

/** An older revision that is told again changes nothing. */
export async function keepRevision(query: SqlQuery, tenant: Tenant, version: number, system: FlowSystem): Promise<void> {
  await query(
    `insert into revised_systems (client_account_id, engagement_id, system_id, version, system) values ($1, $2, $3, $4, $5)
     on conflict (system_id) do update set version = excluded.version, system = excluded.system
     where revised_systems.version < excluded.version and revised_systems.client_account_id = excluded.client_account_id
       and revised_systems.engagement_id = excluded.engagement_id`,
    [...of(tenant), system.system_id, version, JSON.stringify(system)],
  );
}

/** Causes add up until the flow is unsealed; null, the first assignment or the look for conflicts alone, adds nothing to one that is there. */
export async function keepPending(query: SqlQuery, tenant: Tenant, flowId: string, systemId: string, cause: string | null): Promise<void> {
  await query(
    `insert into pending_reassignments (client_account_id, engagement_id, flow_id, system_id, cause) values ($1, $2, $3, $4, $5)
     on conflict (flow_id, system_id) do update set cause = case
       when excluded.cause is null or position(excluded.cause in pending_reassignments.cause) > 0 then pending_reassignments.cause
       else coalesce(pending_reassignments.cause || '. ', '') || excluded.cause end`,
    [...of(tenant), flowId, systemId, cause],
  );
}

export const pendingOf = (query: SqlQuery, tenant: Tenant, flowId: string): Promise<{ system_id: string; cause: string | null }[]> =>
  query(
    `select system_id, cause from pending_reassignments
     where client_account_id = $1 and engagement_id = $2 and flow_id = $3 order by system_id`,
    [...of(tenant), flowId],
  );

/** What was done without a cause leaves one that waits for more: a look for conflicts assigns nothing anew. */
export async function dropPending(query: SqlQuery, tenant: Tenant, flowId: string, systemId: string, cause: string | null): Promise<void> {
  await query(
    `delete from pending_reassignments where client_account_id = $1 and engagement_id = $2 and flow_id = $3 and system_id = $4
       and (cause is null or $5::boolean)`,
    [...of(tenant), flowId, systemId, cause !== null],
  );
}
