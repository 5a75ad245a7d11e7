import { CodedError } from '@lastcopy/kernel';
import type { FlowFacts } from '../../evidence/flow-facts.js';
import { missingArtifacts } from '../../evidence/gates/artifacts-present.js';
import { conflictsResolved } from '../../evidence/gates/conflicts-resolved.js';
import { approvalProblem } from '../../evidence/gates/approvals-granted.js';

function refuseUnlessOpen({ flow }: FlowFacts, what: string): void {
  const refuse = (why: string) => {
    throw new CodedError('FLOW_STATE', `${what} of flow ${flow.flow_id} cannot go on: ${why}`);
  };
  if (flow.cancelled) refuse('it was cancelled');
  if (flow.paused) refuse('it is paused; resume it first');
  if (flow.phase !== 'data_migration') refuse(`it is in ${flow.phase}`);
}

function refuseUnlessApproved(facts: FlowFacts, what: string): void {
  const blockers = (['data_owner', 'compliance'] as const).flatMap((role) => approvalProblem(facts, role) ?? []);
  if (blockers.length === 0) return;
  const listed = blockers.map(({ message }) => message).join(' ');
  throw new CodedError('APPROVALS_MISSING', `${what} of flow ${facts.flow.flow_id} cannot go on. ${listed}`, {
    details: { blockers },
  });
}

function refuseWhileInConflict(facts: FlowFacts, what: string): void {
  const blockers = conflictsResolved(facts);
  if (blockers.length === 0) return;
  const listed = blockers.map(({ message }) => message).join(' ');
  throw new CodedError('CONFLICT_UNRESOLVED', `${what} of flow ${facts.flow.flow_id} cannot go on. ${listed}`, { details: { blockers } });
}

/**
 * Whatever makes a worker copy data, the first start like a retry, needs an open flow and the approvals of its policies and sources as
 * they are now. `what` names it in words. Throws FLOW_STATE, FLOW_SEALED, CONFLICT_UNRESOLVED, APPROVALS_MISSING (with `details.blockers`).
 */
export function refuseArchiving(facts: FlowFacts, what: string): void {
  refuseUnlessOpen(facts, what);
  if (facts.flow.proposed) {
    throw new CodedError(
      'FLOW_SEALED',
      `${what} of flow ${facts.flow.flow_id} has to wait: transition ${facts.flow.gate_no} is being decided`,
    );
  }
  refuseWhileInConflict(facts, what);
  const missing = missingArtifacts(facts, ['start']);
  if (missing.length > 0) {
    const listed = missing.map(({ message }) => message).join(' ');
    throw new CodedError('GATE_BLOCKED', `${what} of flow ${facts.flow.flow_id} cannot go on. ${listed}`, {
      details: { blockers: missing },
    });
  }
  refuseUnlessApproved(facts, what);
}
