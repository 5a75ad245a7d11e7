import type { AssignmentRule, AssignmentStep, ConsideredPolicy, FlowSystem, RetentionPolicyDefined } from '@lastcopy/contracts';
import { considerPolicies } from './consider-policies.js';

export type SuggestingRule = Exclude<AssignmentRule, 'override'>;

export interface PolicyChoice {
  /** Null when the policy that was named, or a standard one that a rule needs, is not there: unknown is never guessed. */
  readonly policy: RetentionPolicyDefined | null;
  readonly rule: SuggestingRule;
  readonly steps: AssignmentStep[];
  readonly considered: ConsideredPolicy[];
}

type Verdict = { policy: RetentionPolicyDefined | null; reason: string } | { refused: string };
interface Candidates {
  /** Those that may be given out now. */
  readonly usable: readonly RetentionPolicyDefined[];
  readonly all: readonly RetentionPolicyDefined[];
}
type Rule = (system: FlowSystem, candidates: Candidates) => Verdict;

const list = (values: readonly string[]) => values.join(', ');
const states: Record<RetentionPolicyDefined['status'], string> = {
  active: 'is active',
  inactive: 'is retired',
  under_review: 'is under review and not given out until the review is over',
};

function byName({ usable, all }: Candidates, name: string, reason: string): Verdict {
  const policy = usable.find((candidate) => candidate.policy_name === name);
  if (policy) return { policy, reason };
  const other = all.find((candidate) => candidate.policy_name === name);
  const why = other ? `"${name}" ${states[other.status]}` : `the tenant has no policy "${name}"`;
  return { policy: null, reason: `${reason}, which calls for "${name}", but ${why}` };
}

function explicit({ retention_policy_id: id }: FlowSystem, { usable, all }: Candidates): Verdict {
  if (!id) return { refused: 'The system names no policy of its own' };
  const policy = usable.find((candidate) => candidate.policy_id === id);
  if (policy) return { policy, reason: `The system names "${policy.policy_name}"` };
  const other = all.find((candidate) => candidate.policy_id === id);
  const why = other ? `"${other.policy_name}", which ${states[other.status]}` : `policy ${id}, which is no policy of this tenant`;
  return { policy: null, reason: `The system names ${why}` };
}

const sensitive = ['PII', 'PHI', 'Financial'];

function sensitivity({ data_classification: labels }: FlowSystem, candidates: Candidates): Verdict {
  const found = sensitive.filter((label) => labels.includes(label));
  if (found.length > 0) return byName(candidates, 'Business Critical Data', `Holds ${list(found)}`);
  if (labels.includes('User Data')) return byName(candidates, 'Application Data', 'Holds User Data');
  return { refused: labels.length > 0 ? `${list(labels)} is not sensitive` : 'The data is not classified' };
}

const byRetention = (a: RetentionPolicyDefined, b: RetentionPolicyDefined): number =>
  a.retention_period_days - b.retention_period_days || (a.policy_name < b.policy_name ? -1 : 1);

function compliance({ compliance_requirements: required }: FlowSystem, { usable }: Candidates): Verdict {
  if (required.length === 0) return { refused: 'The system has no compliance requirements' };
  const covering = usable
    .filter((policy) => required.every((requirement) => policy.compliance_requirements.includes(requirement)))
    .toSorted(byRetention);
  const [shortest] = covering;
  if (!shortest) return { refused: `No policy covers all of ${list(required)}` };
  const reason = `Of the policies that cover ${list(required)}, "${shortest.policy_name}" keeps the data for the shortest time`;
  return { policy: shortest, reason };
}

const rules: Record<SuggestingRule, Rule> = {
  explicit,
  sensitivity,
  compliance,
  default: (_system, candidates) => byName(candidates, 'System Logs', 'No other rule decided'),
};
const order: readonly SuggestingRule[] = ['explicit', 'sensitivity', 'compliance', 'default'];

function decideByRules(system: FlowSystem, candidates: Candidates): Omit<PolicyChoice, 'considered'> {
  const steps: AssignmentStep[] = [];
  let choice: { policy: RetentionPolicyDefined | null; rule: SuggestingRule } | null = null;
  for (const rule of order) {
    if (choice) {
      steps.push({ rule, outcome: 'not_reached', reason: `The rule "${choice.rule}" had decided` });
      continue;
    }
    const verdict = rules[rule](system, candidates);
    if ('refused' in verdict) {
      steps.push({ rule, outcome: 'rejected', reason: verdict.refused });
    } else {
      choice = { policy: verdict.policy, rule };
      steps.push({ rule, outcome: verdict.policy ? 'chosen' : 'rejected', reason: verdict.reason });
    }
  }
  return { policy: choice!.policy, rule: choice!.rule, steps };
}

/**
 * Tries the rules in their order; the first that decides wins. Every rule says what came of it, and every policy why it was chosen or not.
 * A policy under review is not given out, but where it is assigned already (`keptPolicyId`) it stays.
 */
export function choosePolicy(
  system: FlowSystem,
  policies: readonly RetentionPolicyDefined[],
  keptPolicyId: string | null = null,
): PolicyChoice {
  const isUsable = ({ status, policy_id }: RetentionPolicyDefined) =>
    status === 'active' || (status === 'under_review' && policy_id === keptPolicyId);
  const candidates = { usable: policies.filter(isUsable), all: policies };
  const choice = decideByRules(system, candidates);
  return { ...choice, considered: considerPolicies(system, policies, isUsable, choice) };
}
