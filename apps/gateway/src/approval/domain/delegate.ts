import { DomainError } from '@lastcopy/kernel';
import { assertOpen, type Approval, type ApprovalEvent } from './approval-state.js';
import { delegationTo, mayApprove, whyExcluded, whyNotApprover, type Approver, type OpenRequest } from './eligibility.js';
import { samePerson } from './same-person.js';
import { recentSignIn, type SignIn } from './signing.js';

export type DelegationCommand =
  | {
      readonly type: 'DelegateApproval';
      readonly by: Approver & SignIn;
      readonly to: Approver;
      readonly flow_initiator: string;
      readonly reason: string;
    }
  | { readonly type: 'RevokeDelegation'; readonly by: Approver; readonly reason: string };

const refused = (why: string): DomainError => new DomainError('APPROVER_NOT_ALLOWED', why);

function refuseDelegator(open: OpenRequest, by: Approver): void {
  const why = whyNotApprover(open, by);
  if (why) throw refused(`${by.name} (${by.user_id}) may not delegate the ${open.request.role} approval: ${why}`);
  // Whose right comes from somebody else's trust does not hand it on.
  if (delegationTo(open, by)) throw refused(`${by.name} decides in the place of ${open.delegation!.by_name} and does not delegate onward`);
}

function refuseDelegate(open: OpenRequest, by: Approver, to: Approver): void {
  const who = `The ${open.request.role} approval is not delegated to ${to.name} (${to.user_id})`;
  if (samePerson(by.user_id, to.user_id)) throw refused(`${who}: that is who delegates`);
  if (!mayApprove(to.roles)) throw refused(`${who}: this person may not approve anything`);
  const why = whyExcluded(open, to);
  if (why) throw refused(`${who}: ${why}`);
}

export function delegate(command: DelegationCommand & { type: 'DelegateApproval' }, approval: Approval): ApprovalEvent[] {
  const { by, to, reason, flow_initiator } = command;
  const request = assertOpen(approval);
  const { delegation } = approval;
  if (delegation?.to_user_id === to.user_id && delegation.by === by.user_id) return [];
  const open = { request, delegation, flow_initiator };
  refuseDelegator(open, by);
  if (delegation) {
    throw new DomainError('APPROVAL_STATE', `It is delegated to ${delegation.to_name} already; that has to be taken back first`);
  }
  refuseDelegate(open, by, to);
  if (reason.trim() === '') throw new DomainError('VALIDATION_FAILED', 'A delegation needs a reason');
  const { approval_id, flow_id, role } = request;
  const people = { delegated_by: by.user_id, delegated_by_name: by.name, to_user_id: to.user_id, to_name: to.name };
  const when = { delegated_at: by.at, authenticated_at: recentSignIn(by, by.name) };
  return [{ type: 'ApprovalDelegated', data: { approval_id, flow_id, role, ...people, reason, ...when } }];
}

/** Taken back by who gave it, or handed back by who got it. */
export function revoke({ by, reason }: DelegationCommand & { type: 'RevokeDelegation' }, approval: Approval): ApprovalEvent[] {
  const { approval_id, flow_id, role } = assertOpen(approval);
  const { delegation } = approval;
  if (!delegation) return [];
  if (by.service_account || ![delegation.by, delegation.to_user_id].includes(by.user_id)) {
    throw refused(`Only ${delegation.by_name}, who delegated it, or ${delegation.to_name} ends this delegation`);
  }
  return [{ type: 'ApprovalDelegationRevoked', data: { approval_id, flow_id, role, revoked_by: by.user_id, reason } }];
}
