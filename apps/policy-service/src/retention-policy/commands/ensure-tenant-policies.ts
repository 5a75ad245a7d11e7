import { standardPolicyId } from '@lastcopy/contracts';
import { decideAndAppend, type CommandContext, type ServiceTransaction } from '@lastcopy/eventing';
import { regulations } from '../../regulation/regulations.js';
import { completeTerms, inputOf } from '../domain/policy-terms.js';
import { retentionPolicy } from '../domain/retention-policy.js';
import { standardPolicies } from '../domain/standard-policies.js';

/** Gives a tenant the standard policies that it lacks. */
export async function ensureTenantPolicies(tx: ServiceTransaction, context: CommandContext): Promise<void> {
  for (const standard of standardPolicies) {
    const policy_id = standardPolicyId(context.tenant, standard.policy_name);
    const terms = completeTerms(inputOf({ policy_id, version: 1, ...standard }), regulations);
    await decideAndAppend(tx, retentionPolicy, 'retention_policy', policy_id, { type: 'DefinePolicy', policy_id, terms });
  }
}

/** Whether the rules of assignment look this policy up by its name. */
export const isStandardPolicy = (context: CommandContext, policyId: string): boolean =>
  standardPolicies.some(({ policy_name }) => standardPolicyId(context.tenant, policy_name) === policyId);
