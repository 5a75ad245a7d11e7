import type { ApprovalGranted, ApprovalRejected, ApprovalRequested, ApprovalRole, ApprovalVoided } from '@lastcopy/contracts';
import { assertNever, DomainError, type Decider, type Event } from '@lastcopy/kernel';

export type ApprovalEvent =
  | Event<'ApprovalRequested', ApprovalRequested>
  | Event<'ApprovalGranted', ApprovalGranted>
  | Event<'ApprovalRejected', ApprovalRejected>
  | Event<'ApprovalVoided', ApprovalVoided>;

/** Who decides, on what, and what else this person did in the flow. */
export interface Decision {
  readonly user_id: string;
  readonly name: string;
  readonly roles: readonly string[];
  /** What the person saw. */
  readonly evidence_hash: string;
  /** ISO 8601 UTC. */
  readonly at: string;
  readonly flow_initiator: string;
  /** The roles in which this person has decided in this flow. */
  readonly roles_filled: readonly ApprovalRole[];
}

export type ApprovalCommand =
  | { readonly type: 'RequestApproval'; readonly request: ApprovalRequested }
  | { readonly type: 'GrantApproval'; readonly decision: Decision; readonly comment: string | null }
  | { readonly type: 'RejectApproval'; readonly decision: Decision; readonly comment: string }
  | { readonly type: 'VoidApproval'; readonly reason: string; readonly changed: string[] };

export type ApprovalStatus = 'requested' | 'granted' | 'rejected' | 'voided';

export interface Approval {
  readonly request: ApprovalRequested | null;
  readonly status: ApprovalStatus;
  readonly decided_by: string | null;
}

const meanings: Record<ApprovalRole, string> = {
  data_owner: 'I approve the migration of the data of these systems under the retention policies assigned to them.',
  compliance: 'I approve the archival method: policies, encryption, retention lock and level of verification.',
  legal: 'I approve the retention of these verified archives and the destruction of their source systems.',
};

function refuseApprover(request: ApprovalRequested, decision: Decision): void {
  const who = `${decision.name} (${decision.user_id})`;
  const refuse = (why: string) => {
    throw new DomainError('APPROVER_NOT_ALLOWED', `${who} may not decide the ${request.role} approval: ${why}`);
  };
  if (!decision.roles.includes(request.role)) refuse(`the role ${request.role} is not among this person's`);
  if (decision.user_id === request.requested_by) refuse('who requests an approval does not decide it');
  if (decision.user_id === decision.flow_initiator) refuse('who began the flow does not approve it');
  const other = decision.roles_filled.find((role) => role !== request.role);
  if (other) refuse(`this person decided as ${other} in this flow, and one person fills one role`);
}

function openRequest(approval: Approval, decision: Decision): ApprovalRequested {
  const { request, status } = approval;
  if (!request) throw new DomainError('NOT_FOUND', 'There is no such approval');
  if (status !== 'requested') throw new DomainError('APPROVAL_STATE', `Approval ${request.approval_id} is ${status}`);
  if (decision.evidence_hash !== request.evidence_hash) {
    throw new DomainError(
      'EVIDENCE_CHANGED',
      `Approval ${request.approval_id} is for evidence ${request.evidence_hash}, not what was decided on`,
    );
  }
  refuseApprover(request, decision);
  return request;
}

function grant(decision: Decision, comment: string | null, approval: Approval): ApprovalEvent[] {
  if (approval.status === 'granted' && approval.decided_by === decision.user_id) return [];
  const { approval_id, flow_id, role, evidence_hash } = openRequest(approval, decision);
  const signature = { name: decision.name, signed_at: decision.at, meaning: meanings[role], evidence_hash };
  return [
    { type: 'ApprovalGranted', data: { approval_id, flow_id, role, evidence_hash, decided_by: decision.user_id, comment, signature } },
  ];
}

function reject(decision: Decision, comment: string, approval: Approval): ApprovalEvent[] {
  if (approval.status === 'rejected' && approval.decided_by === decision.user_id) return [];
  const { approval_id, flow_id, role, evidence_hash } = openRequest(approval, decision);
  if (comment.trim() === '') throw new DomainError('VALIDATION_FAILED', 'A rejection needs a comment that says why');
  return [{ type: 'ApprovalRejected', data: { approval_id, flow_id, role, evidence_hash, decided_by: decision.user_id, comment } }];
}

function decide(command: ApprovalCommand, approval: Approval): ApprovalEvent[] {
  switch (command.type) {
    case 'RequestApproval':
      return approval.request ? [] : [{ type: 'ApprovalRequested', data: command.request }];
    case 'GrantApproval':
      return grant(command.decision, command.comment, approval);
    case 'RejectApproval':
      return reject(command.decision, command.comment, approval);
    case 'VoidApproval': {
      if (!approval.request) throw new DomainError('NOT_FOUND', 'There is no such approval');
      if (approval.status === 'voided' || approval.status === 'rejected') return [];
      const { approval_id, flow_id, role } = approval.request;
      return [{ type: 'ApprovalVoided', data: { approval_id, flow_id, role, reason: command.reason, changed: command.changed } }];
    }
    default:
      return assertNever(command);
  }
}

function evolve(approval: Approval, event: ApprovalEvent): Approval {
  switch (event.type) {
    case 'ApprovalRequested':
      return { ...approval, request: event.data };
    case 'ApprovalGranted':
      return { ...approval, status: 'granted', decided_by: event.data.decided_by };
    case 'ApprovalRejected':
      return { ...approval, status: 'rejected', decided_by: event.data.decided_by };
    case 'ApprovalVoided':
      return { ...approval, status: 'voided' };
    default:
      return assertNever(event);
  }
}

/** One person's word, in one role, on evidence as it stood. */
export const approval: Decider<ApprovalCommand, Approval, ApprovalEvent> = {
  initial: { request: null, status: 'requested', decided_by: null },
  decide,
  evolve,
};
