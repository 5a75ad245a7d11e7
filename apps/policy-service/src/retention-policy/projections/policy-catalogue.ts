import type { RetentionPolicyDefined, Tenant } from '@lastcopy/contracts';
import type { InlineProjection, LoggedEvent, ServiceTransaction, SqlQuery } from '@lastcopy/eventing';
import { versionIn } from '../domain/policy-terms.js';

const statusAfter: Partial<Record<string, RetentionPolicyDefined['status']>> = {
  RetentionPolicyRetired: 'inactive',
  RetentionPolicyReviewStarted: 'under_review',
  RetentionPolicyReviewEnded: 'active',
};

async function keepVersion(tx: ServiceTransaction, event: LoggedEvent): Promise<void> {
  const policy = versionIn(event.data as RetentionPolicyDefined);
  await tx.query(
    `insert into policy_catalogue (policy_id, version, client_account_id, engagement_id, policy)
     values ($1, $2, $3, $4, $5) on conflict (policy_id, version) do nothing`,
    [policy.policy_id, policy.version, event.client_account_id, event.engagement_id, JSON.stringify(policy)],
  );
}

/** Every version of every policy, kept in the transaction that makes it: an assignment must see the catalogue as it is. The status is the latest one's. */
export const policyCatalogue: InlineProjection = {
  name: 'policy_catalogue',
  async apply(tx, event) {
    if (event.type === 'RetentionPolicyDefined' || event.type === 'RetentionPolicyRevised') return keepVersion(tx, event);
    const status = statusAfter[event.type];
    if (!status) return;
    const { policy_id, version } = event.data as { policy_id: string; version: number };
    await tx.query(
      `update policy_catalogue set policy = jsonb_set(policy, '{status}', to_jsonb($3::text)) where policy_id = $1 and version = $2`,
      [policy_id, version, status],
    );
  },
};

/** The latest version of each of the tenant's policies, retired ones included. */
export async function policiesOf(tx: { query: SqlQuery } | ServiceTransaction, tenant: Tenant): Promise<RetentionPolicyDefined[]> {
  const rows = await tx.query<{ policy: RetentionPolicyDefined }>(
    `select distinct on (policy_id) policy from policy_catalogue
     where client_account_id = $1 and engagement_id = $2 order by policy_id, version desc`,
    [tenant.client_account_id, tenant.engagement_id],
  );
  return rows.map((row) => row.policy);
}
