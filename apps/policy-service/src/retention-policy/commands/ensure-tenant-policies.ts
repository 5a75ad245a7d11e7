import { standardPolicyId } from '@lastcopy/contracts';
import { decideAndAppend, type CommandContext, type ServiceTransaction } from '@lastcopy/eventing';
import { retentionPolicy } from '../domain/retention-policy.js';
import { standardPolicies } from '../domain/standard-policies.js';

/** Gives a tenant the standard policies that it lacks. */
export async function ensureTenantPolicies(tx: ServiceTransaction, context: CommandContext): Promise<void> {
  for (const terms of standardPolicies) {
    const policy_id = standardPolicyId(context.tenant, terms.policy_name);
    await decideAndAppend(tx, retentionPolicy, 'retention_policy', policy_id, { type: 'DefinePolicy', policy_id, terms });
  }
}
