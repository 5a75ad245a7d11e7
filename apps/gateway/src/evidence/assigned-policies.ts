import { streamId, type Tenant } from '@lastcopy/contracts';
import type { EventStore, LoggedEvent, SqlQuery } from '@lastcopy/eventing';
import { policyFold, type PolicyRecord } from '../records/policy-record.js';
import { foldAll } from '../records/record-fold.js';
import { partByContract, readEvents } from './flow-log.js';

export interface PoliciesReading {
  /** By policy_id, as they are now. */
  policies: Map<string, PolicyRecord>;
  malformed: LoggedEvent[];
}

/** The policies that a flow's assignments name, straight from the log. They belong to no flow. */
export async function assignedPolicies(
  query: SqlQuery,
  store: EventStore,
  tenant: Tenant,
  policyIds: readonly string[],
): Promise<PoliciesReading> {
  const streams = [...new Set(policyIds)].map((id) => streamId('retention_policy', id));
  const condition = 'stream_id = any($3::text[]) and client_account_id = $4 and engagement_id = $5';
  const parameters = [streams, tenant.client_account_id, tenant.engagement_id];
  const { sound, malformed } = partByContract(await readEvents(query, store, condition, parameters));
  return { policies: foldAll(policyFold, sound), malformed };
}
