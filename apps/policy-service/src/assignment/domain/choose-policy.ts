import type { AssignmentRule, AssignmentStep, FlowSystem, RetentionPolicyDefined } from '@lastcopy/contracts';

export interface PolicyChoice {
  /** Null when the policy that was named, or a standard one that a rule needs, is not there: unknown is never guessed. */
  readonly policy: RetentionPolicyDefined | null;
  readonly rule: AssignmentRule;
  readonly steps: AssignmentStep[];
}

type Verdict = { policy: RetentionPolicyDefined | null; reason: string } | { refused: string };
type Rule = (system: FlowSystem, policies: readonly RetentionPolicyDefined[]) => Verdict;

const named = (policies: readonly RetentionPolicyDefined[], name: string): Verdict | null => {
  const policy = policies.find((candidate) => candidate.policy_name === name);
  return policy ? { policy, reason: '' } : null;
};
const byName = (policies: readonly RetentionPolicyDefined[], name: string, reason: string): Verdict => {
  const found = named(policies, name);
  return found ? { ...found, reason } : { policy: null, reason: `${reason}, but the tenant has no active policy "${name}"` };
};
const list = (values: readonly string[]) => values.join(', ');

const sensitive = ['PII', 'PHI', 'Financial'];

const rules: Record<AssignmentRule, Rule> = {
  explicit: (system, policies) => {
    const id = system.retention_policy_id;
    if (!id) return { refused: 'The system names no policy of its own' };
    const policy = policies.find((candidate) => candidate.policy_id === id) ?? null;
    return {
      policy,
      reason: policy
        ? `The system names "${policy.policy_name}"`
        : `The system names policy ${id}, which is no active policy of this tenant`,
    };
  },
  sensitivity: (system, policies) => {
    const found = sensitive.filter((label) => system.data_classification.includes(label));
    if (found.length > 0) return byName(policies, 'Business Critical Data', `Holds ${list(found)}`);
    if (system.data_classification.includes('User Data')) return byName(policies, 'Application Data', 'Holds User Data');
    return {
      refused:
        system.data_classification.length > 0 ? `${list(system.data_classification)} is not sensitive` : 'The data is not classified',
    };
  },
  compliance: (system, policies) => {
    const required = system.compliance_requirements;
    if (required.length === 0) return { refused: 'The system has no compliance requirements' };
    const covering = policies
      .filter((policy) => required.every((requirement) => policy.compliance_requirements.includes(requirement)))
      .sort((a, b) => a.retention_period_days - b.retention_period_days || (a.policy_name < b.policy_name ? -1 : 1));
    if (!covering[0]) return { refused: `No policy covers all of ${list(required)}` };
    return {
      policy: covering[0],
      reason: `Of the policies that cover ${list(required)}, "${covering[0].policy_name}" keeps the data for the shortest time`,
    };
  },
  default: (_system, policies) => byName(policies, 'System Logs', 'No other rule decided'),
};

const order: readonly AssignmentRule[] = ['explicit', 'sensitivity', 'compliance', 'default'];

/** Tries the rules in their order; the first that decides wins, and every rule says what came of it. */
export function choosePolicy(system: FlowSystem, policies: readonly RetentionPolicyDefined[]): PolicyChoice {
  const active = policies.filter((policy) => policy.status === 'active');
  const steps: AssignmentStep[] = [];
  let choice: { policy: RetentionPolicyDefined | null; rule: AssignmentRule } | null = null;
  for (const rule of order) {
    if (choice) {
      steps.push({ rule, outcome: 'not_reached', reason: `The rule "${choice.rule}" had decided` });
      continue;
    }
    const verdict = rules[rule](system, active);
    if ('refused' in verdict) {
      steps.push({ rule, outcome: 'rejected', reason: verdict.refused });
    } else {
      choice = { policy: verdict.policy, rule };
      steps.push({ rule, outcome: verdict.policy ? 'chosen' : 'rejected', reason: verdict.reason });
    }
  }
  return { policy: choice!.policy, rule: choice!.rule, steps };
}
