import {
  assignmentId,
  standardPolicyId,
  type AssignmentPreview,
  type FlowSystem,
  type RetentionPolicyDefined,
  type Tenant,
} from '@lastcopy/contracts';
import { deterministicId, type EventStore } from '@lastcopy/eventing';
import { isCodedError, type Clock } from '@lastcopy/kernel';
import { regulations } from '../../regulation/regulations.js';
import { standardPolicies } from '../../retention-policy/domain/standard-policies.js';
import { policiesOf } from '../../retention-policy/projections/policy-catalogue.js';
import type { AssignmentInputs } from '../domain/assigned-terms.js';
import type { PolicyAssignmentCommand } from '../domain/assignment-commands.js';
import { policyAssignment } from '../domain/policy-assignment.js';
import { retentionTerms } from '../domain/retention-terms.js';
import { foldAssignment, inputsOf } from './decide-assignment.js';

export interface PreviewParts {
  store: EventStore;
  clock: Clock;
}

/** The tenant's policies, and those standard ones that it would get with its first assignment. */
async function policiesToBe({ store }: PreviewParts, tenant: Tenant): Promise<RetentionPolicyDefined[]> {
  const policies = await policiesOf({ query: store.within(tenant) }, tenant);
  const missing = standardPolicies
    .map((terms) => ({ policy_id: standardPolicyId(tenant, terms.policy_name), version: 1, ...terms }))
    .filter(({ policy_id }) => !policies.some((policy) => policy.policy_id === policy_id));
  return [...policies, ...missing];
}

async function stateOf({ store }: PreviewParts, tenant: Tenant, assignment_id: string) {
  const events = await store.readStream('policy_assignment', assignment_id);
  const own = events.filter((each) => each.client_account_id === tenant.client_account_id && each.engagement_id === tenant.engagement_id);
  return foldAssignment(own);
}

function untilOf(policies: readonly RetentionPolicyDefined[], inputs: AssignmentInputs, policyId: string): string {
  const policy = policies.find(({ policy_id }) => policy_id === policyId)!;
  return retentionTerms(policy, inputs.system.compliance_requirements, regulations, inputs.asOf).until.toISOString();
}

/**
 * What a system would be assigned by the command, by the rules of the assignment itself. Nothing is written. Without a flow the rules are
 * asked as for a flow that begins now.
 */
export async function previewAssignment(
  parts: PreviewParts,
  tenant: Tenant,
  of: { flow_id: string | null; system: FlowSystem },
  commandOf: (inputs: AssignmentInputs) => PolicyAssignmentCommand,
): Promise<AssignmentPreview> {
  const { system_id, system_name } = of.system;
  const flow_id = of.flow_id ?? deterministicId('flow of a preview', system_id);
  const policies = await policiesToBe(parts, tenant);
  const inputs = inputsOf({ flow_id, system: of.system }, policies, parts.clock.now());
  const state = await stateOf(parts, tenant, assignmentId(flow_id, system_id));
  try {
    const [decided] = policyAssignment.decide(commandOf(inputs), state);
    const assignment = decided?.type === 'PolicyAssigned' ? decided.data : state.assigned!;
    const retain_until_if_archived_now = untilOf(policies, inputs, assignment.policy_id);
    return { system_id, system_name, outcome: decided ? 'assigned' : 'unchanged', assignment, retain_until_if_archived_now };
  } catch (error) {
    if (!isCodedError(error)) throw error;
    return { system_id, system_name, outcome: 'refused', code: error.code, message: error.message };
  }
}
