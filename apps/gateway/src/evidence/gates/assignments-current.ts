import type { Blocker, FlowSystem } from '@lastcopy/contracts';
import type { AssignmentRecord } from '../../records/assignment-record.js';
import type { FlowFacts } from '../flow-facts.js';
import type { GateCheck } from '../gate-check.js';

type CurrentFacts = Pick<FlowFacts, 'policies' | 'systems'>;

const sameSet = (one: readonly string[], other: readonly string[]): boolean =>
  one.length === other.length && one.every((each) => other.includes(each));

function policyProblem({ policies }: CurrentFacts, { policy_id, policy_version, policy_name }: AssignmentRecord): string | null {
  const policy = policies.get(policy_id);
  if (!policy) return null;
  if (policy.status === 'inactive') return `the policy "${policy_name}" was retired`;
  return policy.version > policy_version ? `the policy "${policy_name}" is at version ${policy.version}, not ${policy_version}` : null;
}

function labelProblem({ systems }: CurrentFacts, { system_id }: FlowSystem, assignment: AssignmentRecord): string | null {
  const present = systems.get(system_id);
  if (!present) return null;
  if (!sameSet(present.data_classification, assignment.data_classification)) return 'its classification was changed';
  if (!sameSet(present.compliance_requirements, assignment.compliance_requirements)) return 'its requirements were changed';
  const named = present.retention_policy_id;
  return named && named !== assignment.policy_id && assignment.rule !== 'override' ? 'it names another policy by now' : null;
}

/**
 * Every assignment is of its policy and its system as they are now. A new assignment follows such a change by itself, a moment later; a gate
 * that is decided in that moment, or while the new one cannot be made, would keep the archive by terms that no longer hold.
 */
export const assignmentsCurrent: GateCheck = (facts) =>
  facts.flow.systems.flatMap((system): Blocker[] => {
    const assignment = facts.assignments.get(system.system_id);
    const problem = assignment && (policyProblem(facts, assignment) ?? labelProblem(facts, system, assignment));
    if (!problem) return [];
    const message = `The retention policy of "${system.system_name}" is not assigned as things are now: ${problem}.`;
    const hint = 'It is assigned anew in a moment. If it is not, look at the alerts of the flow and choose a policy for the system.';
    return [{ code: 'ASSIGNMENT_OUTDATED', message, hint, system_id: system.system_id }];
  });
