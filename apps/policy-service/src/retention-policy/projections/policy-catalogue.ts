import type { RetentionPolicyDefined, Tenant } from '@lastcopy/contracts';
import type { InlineProjection, ServiceTransaction } from '@lastcopy/eventing';

/** Every version of every policy, kept in the transaction that defines it: an assignment must see the catalogue as it is. */
export const policyCatalogue: InlineProjection = {
  name: 'policy_catalogue',
  async apply(tx, event) {
    if (event.type !== 'RetentionPolicyDefined') return;
    const policy = event.data as RetentionPolicyDefined;
    await tx.query(
      `insert into policy_catalogue (policy_id, version, client_account_id, engagement_id, policy)
       values ($1, $2, $3, $4, $5) on conflict (policy_id, version) do nothing`,
      [policy.policy_id, policy.version, event.client_account_id, event.engagement_id, JSON.stringify(policy)],
    );
  },
};

/** The latest version of each of the tenant's policies. */
export async function policiesOf(tx: ServiceTransaction, tenant: Tenant): Promise<RetentionPolicyDefined[]> {
  const rows = await tx.query<{ policy: RetentionPolicyDefined }>(
    `select distinct on (policy_id) policy from policy_catalogue
     where client_account_id = $1 and engagement_id = $2 order by policy_id, version desc`,
    [tenant.client_account_id, tenant.engagement_id],
  );
  return rows.map((row) => row.policy);
}
