import type { ApprovalRequested } from '@lastcopy/contracts';
import { DomainError } from '@lastcopy/kernel';
import { assertOpen, requestOf, type Approval, type ApprovalEvent } from './approval-state.js';
import { delegationTo, whyNotApprover, type Approver } from './eligibility.js';
import { signatureOf, type SignIn } from './signing.js';

/** Who decides, on what, and what else this person did in the flow. */
export interface Decision extends Approver, SignIn {
  /** What the person saw. */
  readonly evidence_hash: string;
  readonly flow_initiator: string;
  /** Retention conflicts that nobody has resolved, in words. */
  readonly open_conflicts: readonly string[];
}

export type DecisionCommand =
  | { readonly type: 'GrantApproval'; readonly decision: Decision; readonly comment: string | null }
  | { readonly type: 'RejectApproval'; readonly decision: Decision; readonly comment: string }
  | { readonly type: 'CommentApproval'; readonly person: Approver; readonly comment: string };

function openRequest(approval: Approval, decision: Decision): ApprovalRequested {
  const request = assertOpen(approval);
  if (decision.evidence_hash !== request.evidence_hash) {
    throw new DomainError(
      'EVIDENCE_CHANGED',
      `Approval ${request.approval_id} is for evidence ${request.evidence_hash}, not what was decided on`,
    );
  }
  const { flow_initiator } = decision;
  const why = whyNotApprover({ request, delegation: approval.delegation, flow_initiator }, decision);
  if (why) {
    throw new DomainError(
      'APPROVER_NOT_ALLOWED',
      `${decision.name} (${decision.user_id}) may not decide the ${request.role} approval: ${why}`,
    );
  }
  return request;
}

/** The event's own part of a decision, signed. */
function signed(outcome: 'granted' | 'rejected', decision: Decision, request: ApprovalRequested, approval: Approval) {
  const { approval_id, flow_id, role, evidence_hash } = request;
  const { user_id, name } = decision;
  const standsIn = delegationTo({ request, delegation: approval.delegation }, decision);
  const on_behalf_of = standsIn ? { user_id: standsIn.by, name: standsIn.by_name } : null;
  const signature = signatureOf({ user_id, name, role, evidence_hash, on_behalf_of }, outcome, decision);
  return { approval_id, flow_id, role, evidence_hash, decided_by: user_id, signature };
}

export function grant({ decision, comment: said }: DecisionCommand & { type: 'GrantApproval' }, approval: Approval): ApprovalEvent[] {
  if (approval.status === 'granted' && approval.decided_by === decision.user_id) return [];
  const request = openRequest(approval, decision);
  const [conflict] = decision.open_conflicts;
  if (request.role !== 'legal' && conflict) {
    throw new DomainError('CONFLICT_UNRESOLVED', `The ${request.role} approval cannot be granted while a conflict is open: ${conflict}`);
  }
  return [{ type: 'ApprovalGranted', data: { ...signed('granted', decision, request, approval), comment: said } }];
}

export function reject({ decision, comment: said }: DecisionCommand & { type: 'RejectApproval' }, approval: Approval): ApprovalEvent[] {
  if (approval.status === 'rejected' && approval.decided_by === decision.user_id) return [];
  const request = openRequest(approval, decision);
  if (said.trim() === '') throw new DomainError('VALIDATION_FAILED', 'A rejection needs a comment that says why');
  return [{ type: 'ApprovalRejected', data: { ...signed('rejected', decision, request, approval), comment: said } }];
}

/** Anybody who takes part in the phase may say something; it changes nothing that was signed. */
export function comment({ person, comment: said }: DecisionCommand & { type: 'CommentApproval' }, approval: Approval): ApprovalEvent[] {
  const { approval_id, flow_id, role } = requestOf(approval);
  const takesPart = person.roles.some((one) => ['operator', 'data_owner', 'compliance', 'legal'].includes(one));
  if (person.service_account || !takesPart) {
    throw new DomainError('FORBIDDEN', `${person.name} may read the approvals and not comment on them: that takes a role in the phase`);
  }
  if (said.trim() === '') throw new DomainError('VALIDATION_FAILED', 'A comment says something');
  return [
    { type: 'ApprovalCommented', data: { approval_id, flow_id, role, commented_by: person.user_id, name: person.name, comment: said } },
  ];
}
