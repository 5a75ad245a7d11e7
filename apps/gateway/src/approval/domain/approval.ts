import type { ApprovalRequested, ApprovalRescheduled } from '@lastcopy/contracts';
import { assertNever, type Decider } from '@lastcopy/kernel';
import { requestOf, type Approval, type ApprovalEvent } from './approval-state.js';
import { comment, grant, reject, type DecisionCommand } from './decide-on-approval.js';
import { delegate, revoke, type DelegationCommand } from './delegate.js';
import { decideInTime, type TimeCommand } from './in-time.js';

export type ApprovalCommand =
  | { readonly type: 'RequestApproval'; readonly request: ApprovalRequested }
  | { readonly type: 'VoidApproval'; readonly reason: string; readonly changed: string[] }
  | DecisionCommand
  | DelegationCommand
  | TimeCommand;

function voidApproval(approval: Approval, reason: string, changed: string[]): ApprovalEvent[] {
  const { approval_id, flow_id, role } = requestOf(approval);
  if (approval.status !== 'requested' && approval.status !== 'granted') return [];
  return [{ type: 'ApprovalVoided', data: { approval_id, flow_id, role, reason, changed } }];
}

function decide(command: ApprovalCommand, approval: Approval): ApprovalEvent[] {
  switch (command.type) {
    case 'RequestApproval':
      return approval.request ? [] : [{ type: 'ApprovalRequested', data: command.request }];
    case 'VoidApproval':
      return voidApproval(approval, command.reason, command.changed);
    case 'GrantApproval':
      return grant(command, approval);
    case 'RejectApproval':
      return reject(command, approval);
    case 'CommentApproval':
      return comment(command, approval);
    case 'DelegateApproval':
      return delegate(command, approval);
    case 'RevokeDelegation':
      return revoke(command, approval);
    case 'RemindOfApproval':
    case 'EscalateApproval':
    case 'ExpireApproval':
    case 'RescheduleApproval':
      return decideInTime(command, approval);
    default:
      return assertNever(command);
  }
}

function rescheduled(approval: Approval, { due_at, remind_at, expires_at }: ApprovalRescheduled): Approval {
  return { ...approval, request: { ...approval.request!, due_at, remind_at, expires_at }, reminded: false, escalation_level: 0 };
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
    case 'ApprovalDelegated': {
      const { to_user_id, to_name, delegated_by: by, delegated_by_name: by_name } = event.data;
      return { ...approval, delegation: { to_user_id, to_name, by, by_name } };
    }
    case 'ApprovalDelegationRevoked':
      return { ...approval, delegation: null };
    case 'ApprovalReminded':
      return { ...approval, reminded: true };
    case 'ApprovalEscalated':
      return { ...approval, escalation_level: event.data.level };
    case 'ApprovalExpired':
      return { ...approval, status: 'expired' };
    case 'ApprovalRescheduled':
      return rescheduled(approval, event.data);
    case 'ApprovalCommented':
      return approval;
    default:
      return assertNever(event);
  }
}

/** One person's word, in one role, on evidence as it stood. */
export const approval: Decider<ApprovalCommand, Approval, ApprovalEvent> = {
  initial: { request: null, status: 'requested', decided_by: null, delegation: null, reminded: false, escalation_level: 0 },
  decide,
  evolve,
};
