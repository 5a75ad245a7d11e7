import type { FlowSystem, PolicyAssigned, RetentionPolicyDefined } from '@lastcopy/contracts';
import { DomainError, type Decider, type Event } from '@lastcopy/kernel';
import { choosePolicy } from './choose-policy.js';
import { retentionTerms, type MinimumRule } from './retention-terms.js';

export type PolicyAssignmentEvent = Event<'PolicyAssigned', PolicyAssigned>;

/** Everything the decision rests on arrives with the command. */
export interface AssignPolicy {
  readonly type: 'AssignPolicy';
  readonly assignment_id: string;
  readonly flow_id: string;
  readonly system: FlowSystem;
  readonly policies: readonly RetentionPolicyDefined[];
  readonly regulations: readonly MinimumRule[];
  readonly asOf: Date;
}

export interface PolicyAssignment {
  readonly assigned: PolicyAssigned | null;
}

function assign({ assignment_id, flow_id, system, policies, regulations, asOf }: AssignPolicy): PolicyAssigned {
  const { policy, rule, steps } = choosePolicy(system, policies);
  const deciding = steps.find((step) => step.rule === rule)!;
  if (!policy)
    throw new DomainError('POLICY_UNKNOWN', `No policy for system "${system.system_name}": ${deciding.reason}`, {
      system_id: system.system_id,
    });
  const terms = retentionTerms(policy, system.compliance_requirements, regulations, asOf);
  const explained = steps.map((step) => (step === deciding ? { ...step, reason: [step.reason, ...terms.reasons].join('. ') } : step));
  return {
    assignment_id,
    flow_id,
    system_id: system.system_id,
    system_name: system.system_name,
    policy_id: policy.policy_id,
    policy_version: policy.version,
    policy_name: policy.policy_name,
    rule,
    explanation: explained,
    retention_period_days: terms.days,
    minima: terms.minima,
    verification_level: system.source.kind === 'postgresql' ? policy.database_verification_level : policy.verification_level,
    storage_location: policy.storage_location,
    encryption_required: policy.encryption_required,
    compliance_requirements: system.compliance_requirements,
    data_classification: system.data_classification,
  };
}

/** The retention policy of one system in one flow. */
export const policyAssignment: Decider<AssignPolicy, PolicyAssignment, PolicyAssignmentEvent> = {
  initial: { assigned: null },
  decide: (command, assignment) => (assignment.assigned ? [] : [{ type: 'PolicyAssigned', data: assign(command) }]),
  evolve: (_assignment, event) => ({ assigned: event.data }),
};
