import type {
  AssignmentOverride,
  AssignmentStep,
  FlowSystem,
  PolicyAssigned,
  RetentionConflict,
  RetentionPolicyDefined,
} from '@lastcopy/contracts';
import { DomainError } from '@lastcopy/kernel';
import { choosePolicy, type PolicyChoice } from './choose-policy.js';
import { retentionTerms, type MinimumRule } from './retention-terms.js';

/** Everything that an assignment rests on. */
export interface AssignmentInputs {
  readonly assignment_id: string;
  readonly flow_id: string;
  readonly system: FlowSystem;
  /** The latest version of each policy of the tenant, whatever its status. */
  readonly policies: readonly RetentionPolicyDefined[];
  readonly regulations: readonly MinimumRule[];
  /** The maxima that meet a minimum in this system, if its policy keeps data for `periodDays`. */
  conflictsOf(system: FlowSystem, periodDays: number): RetentionConflict[];
  readonly asOf: Date;
}

/** What a person asked for. */
export type WantedOverride = Pick<
  AssignmentOverride,
  'policy_id' | 'storage_location' | 'reason' | 'overridden_by' | 'overridden_by_name' | 'overridden_at'
>;

interface Chosen {
  policy: RetentionPolicyDefined;
  rule: PolicyAssigned['rule'];
  steps: AssignmentStep[];
  considered: PolicyAssigned['considered'];
  override: AssignmentOverride | null;
}

const unknown = (system: FlowSystem, why: string): DomainError =>
  new DomainError('POLICY_UNKNOWN', `No policy for system "${system.system_name}": ${why}`, { system_id: system.system_id });

function suggested(system: FlowSystem, choice: PolicyChoice): Chosen {
  const { policy, rule, steps, considered } = choice;
  if (!policy) throw unknown(system, steps.find((step) => step.rule === rule)!.reason);
  return { policy, rule, steps, considered, override: null };
}

const overriddenStep = (step: AssignmentStep): AssignmentStep => (step.outcome === 'chosen' ? { ...step, outcome: 'overridden' } : step);

function overridden(
  system: FlowSystem,
  inputs: AssignmentInputs,
  choice: PolicyChoice,
  wanted: WantedOverride,
  kept: string | null,
): Chosen {
  const policy = inputs.policies.find(({ policy_id }) => policy_id === wanted.policy_id);
  const who = `${wanted.overridden_by_name} (${wanted.overridden_by})`;
  if (!policy) throw unknown(system, `${who} chose policy ${wanted.policy_id}, which is no policy of this tenant`);
  if (policy.status === 'inactive') throw unknown(system, `${who} chose "${policy.policy_name}", which is retired`);
  if (policy.status === 'under_review' && kept !== policy.policy_id)
    throw unknown(system, `${who} chose "${policy.policy_name}", which is under review and not given out until the review is over`);
  const instead = choice.policy
    ? `"${choice.policy.policy_name}", which the rule "${choice.rule}" suggests`
    : 'no policy, as the rules find none';
  const reason = `${who} chose "${policy.policy_name}" instead of ${instead}: ${wanted.reason}`;
  const suggestion = {
    suggested_policy_id: choice.policy?.policy_id ?? null,
    suggested_policy_name: choice.policy?.policy_name ?? null,
    suggested_rule: choice.rule,
  };
  return {
    policy,
    rule: 'override',
    steps: [{ rule: 'override', outcome: 'chosen', reason }, ...choice.steps.map(overriddenStep)],
    considered: choice.considered.map((considered) => consideredAfter(considered, policy.policy_id, reason)),
    override: { ...wanted, storage_location: wanted.storage_location ?? null, ...suggestion },
  };
}

function consideredAfter(
  considered: PolicyChoice['considered'][number],
  chosenId: string,
  reason: string,
): PolicyChoice['considered'][number] {
  if (considered.policy_id === chosenId) return { ...considered, outcome: 'chosen', reason };
  if (considered.outcome === 'not_chosen') return considered;
  return { ...considered, outcome: 'not_chosen', reason: `suggested (${considered.reason}), and a person chose otherwise` };
}

function explained({ steps, rule }: Chosen, reasons: readonly string[]): AssignmentStep[] {
  return steps.map((step) => (step.rule === rule ? { ...step, reason: [step.reason, ...reasons].join('. ') } : step));
}

/**
 * Pure: the assignment as it should be. `keptPolicyId` is what is assigned already: under review, it stays. A person's choice never
 * shortens what a minimum demands. Throws POLICY_UNKNOWN.
 */
export function assignedTerms(inputs: AssignmentInputs, wanted: WantedOverride | null, keptPolicyId: string | null): PolicyAssigned {
  const { assignment_id, flow_id, system, policies, regulations, asOf } = inputs;
  const choice = choosePolicy(system, policies, keptPolicyId);
  const chosen = wanted ? overridden(system, inputs, choice, wanted, keptPolicyId) : suggested(system, choice);
  const { policy, rule, considered, override } = chosen;
  const terms = retentionTerms(policy, system.compliance_requirements, regulations, asOf);
  return {
    ...{ assignment_id, flow_id, system_id: system.system_id, system_name: system.system_name },
    ...{ policy_id: policy.policy_id, policy_version: policy.version, policy_name: policy.policy_name, rule },
    explanation: explained(chosen, terms.reasons),
    retention_period_days: terms.days,
    minima: terms.minima,
    verification_level: system.source.kind === 'postgresql' ? policy.database_verification_level : policy.verification_level,
    storage_location: override?.storage_location ?? policy.storage_location,
    encryption_required: policy.encryption_required,
    compliance_requirements: system.compliance_requirements,
    data_classification: system.data_classification,
    considered,
    ...(terms.lengthenedBy ? { lengthened_by: terms.lengthenedBy } : {}),
    ...(override ? { assigned_by: override.overridden_by, override } : {}),
    conflicts: inputs.conflictsOf(system, terms.days),
  };
}
