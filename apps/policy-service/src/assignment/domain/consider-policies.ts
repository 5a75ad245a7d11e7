import type { AssignmentStep, ConsideredPolicy, FlowSystem, RetentionPolicyDefined } from '@lastcopy/contracts';

interface Chosen {
  readonly policy: RetentionPolicyDefined | null;
  readonly rule: AssignmentStep['rule'];
  readonly steps: readonly AssignmentStep[];
}

const lacking = (policy: RetentionPolicyDefined, required: readonly string[]): string[] =>
  required.filter((requirement) => !policy.compliance_requirements.includes(requirement));

function whyLonger(policy: RetentionPolicyDefined, chosen: RetentionPolicyDefined): string {
  const [days, chosenDays] = [policy.retention_period_days, chosen.retention_period_days];
  if (days > chosenDays) return `keeps data for ${days} days, longer than the ${chosenDays} of "${chosen.policy_name}"`;
  return `keeps data for as long as "${chosen.policy_name}", which comes first by name`;
}

function whyNot(policy: RetentionPolicyDefined, system: FlowSystem, { policy: chosen, rule, steps }: Chosen): string {
  const decided = steps.find((step) => step.rule === rule)?.reason ?? '';
  const missing = lacking(policy, system.compliance_requirements);
  const gap = missing.length > 0 ? `does not cover ${missing.join(', ')}` : null;
  if (rule === 'compliance') return gap ?? (chosen ? whyLonger(policy, chosen) : 'no policy could be chosen');
  return [`the rule "${rule}" decided: ${decided}`, gap].filter(Boolean).join('; ');
}

/** Every policy of the tenant, by name, with the reason why it was chosen or not. */
export function considerPolicies(
  system: FlowSystem,
  policies: readonly RetentionPolicyDefined[],
  isUsable: (policy: RetentionPolicyDefined) => boolean,
  choice: Chosen,
): ConsideredPolicy[] {
  const reasonOf = (policy: RetentionPolicyDefined): string => {
    if (policy.policy_id === choice.policy?.policy_id) return choice.steps.find((step) => step.rule === choice.rule)!.reason;
    if (isUsable(policy)) return whyNot(policy, system, choice);
    return policy.status === 'under_review' ? 'is under review and not given out newly' : 'is retired';
  };
  return policies
    .toSorted((a, b) => (a.policy_name < b.policy_name ? -1 : 1))
    .map((policy) => ({
      policy_id: policy.policy_id,
      policy_version: policy.version,
      policy_name: policy.policy_name,
      outcome: policy.policy_id === choice.policy?.policy_id ? ('chosen' as const) : ('not_chosen' as const),
      reason: reasonOf(policy),
    }));
}
