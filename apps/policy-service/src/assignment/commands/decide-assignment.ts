import { assignmentId, streamId, type FlowSystem, type StreamToken } from '@lastcopy/contracts';
import type { LoggedEvent, ServiceTransaction } from '@lastcopy/eventing';
import { fold, type Clock } from '@lastcopy/kernel';
import { findConflicts } from '../../regulation/find-conflicts.js';
import { regulations } from '../../regulation/regulations.js';
import { ensureTenantPolicies } from '../../retention-policy/commands/ensure-tenant-policies.js';
import { policiesOf } from '../../retention-policy/projections/policy-catalogue.js';
import type { AssignmentInputs } from '../domain/assigned-terms.js';
import type { PolicyAssignmentCommand } from '../domain/assignment-commands.js';
import { policyAssignment, type PolicyAssignment, type PolicyAssignmentEvent } from '../domain/policy-assignment.js';
import { noteAssigned } from '../projections/flow-systems.js';

export interface InFlow {
  flow_id: string;
  system: FlowSystem;
}

export function inputsOf({ flow_id, system }: InFlow, policies: AssignmentInputs['policies'], asOf: Date): AssignmentInputs {
  return {
    assignment_id: assignmentId(flow_id, system.system_id),
    ...{ flow_id, system, policies, regulations, asOf },
    conflictsOf: ({ data_classification, compliance_requirements }, retention_period_days) =>
      findConflicts({ data_classification, compliance_requirements, retention_period_days }),
  };
}

export const foldAssignment = (events: readonly LoggedEvent[]): PolicyAssignment =>
  fold(policyAssignment, events as readonly object[] as readonly PolicyAssignmentEvent[]);

/**
 * Lets one assignment decide on the tenant's policies as they are now. Answers its stream as it is then.
 * Throws what the aggregate throws, and FLOW_SEALED.
 */
export async function decideAssignment(
  tx: ServiceTransaction,
  clock: Clock,
  inFlow: InFlow,
  commandOf: (inputs: AssignmentInputs) => PolicyAssignmentCommand,
): Promise<StreamToken> {
  await ensureTenantPolicies(tx, tx.context);
  const policies = await policiesOf(tx, tx.context.tenant);
  const inputs = inputsOf(inFlow, policies, clock.now());
  const id = inputs.assignment_id;
  const { events, version } = await tx.load('policy_assignment', id);
  const state = foldAssignment(events);
  const decided = policyAssignment.decide(commandOf(inputs), state);
  if (decided.length > 0) await tx.append('policy_assignment', id, version, decided);
  const { assigned } = decided.reduce(policyAssignment.evolve, state);
  if (assigned) await noteAssigned(tx.query.bind(tx), inFlow.flow_id, inFlow.system.system_id, assigned.policy_id);
  return { source: 'policy-service', stream_id: streamId('policy_assignment', id), version: version + decided.length };
}
