import type { StreamToken } from '@lastcopy/contracts';
import { decideAndAppend, type CommandContext } from '@lastcopy/eventing';
import { CodedError } from '@lastcopy/kernel';
import type { ApprovalParts } from '../approval-parts.js';
import { approverOf } from '../approver-of.js';
import { approval } from '../domain/approval.js';
import { assertFlowOpen, findApproval } from './open-approval.js';
import { signInOf } from './sign-in-of.js';

export interface AskedDelegation {
  to_user_id: string;
  reason: string;
}

/** Lets another person decide as well. Throws NOT_FOUND, APPROVAL_STATE, APPROVER_NOT_ALLOWED, REAUTHENTICATION_REQUIRED, FLOW_STATE. */
export async function delegateApproval(
  parts: ApprovalParts,
  context: CommandContext,
  approvalId: string,
  { to_user_id, reason }: AskedDelegation,
): Promise<StreamToken> {
  const person = await parts.findPerson(context.tenant, to_user_id);
  return parts.store.execute(context, 'DelegateApproval', { approval_id: approvalId, to_user_id, reason }, async (tx) => {
    const { facts } = await findApproval(tx, parts.reader, context.tenant, approvalId);
    assertFlowOpen(facts);
    if (!person)
      throw new CodedError('APPROVER_NOT_ALLOWED', `Nobody is known here as "${to_user_id}"; whoever is to decide signs in once first`);
    const by = { ...approverOf(facts, context.actor), ...signInOf(parts, context.actor) };
    const to = approverOf(facts, person);
    const command = { type: 'DelegateApproval', by, to, reason, flow_initiator: facts.flow.initiator } as const;
    return decideAndAppend(tx, approval, 'approval', approvalId, command);
  });
}

/** Ends a delegation before the decision. Throws NOT_FOUND, APPROVAL_STATE, APPROVER_NOT_ALLOWED. */
export function revokeDelegation(parts: ApprovalParts, context: CommandContext, approvalId: string, reason: string): Promise<StreamToken> {
  return parts.store.execute(context, 'RevokeDelegation', { approval_id: approvalId, reason }, async (tx) => {
    const { facts } = await findApproval(tx, parts.reader, context.tenant, approvalId);
    assertFlowOpen(facts);
    const by = approverOf(facts, context.actor);
    return decideAndAppend(tx, approval, 'approval', approvalId, { type: 'RevokeDelegation', by, reason });
  });
}
