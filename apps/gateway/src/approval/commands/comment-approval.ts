import type { StreamToken } from '@lastcopy/contracts';
import { decideAndAppend, type CommandContext } from '@lastcopy/eventing';
import type { ApprovalParts } from '../approval-parts.js';
import { approverOf } from '../approver-of.js';
import { approval } from '../domain/approval.js';
import { findApproval } from './open-approval.js';

/** Says something about an approval, whatever its state. Throws NOT_FOUND, FORBIDDEN. */
export function commentApproval(parts: ApprovalParts, context: CommandContext, approvalId: string, comment: string): Promise<StreamToken> {
  return parts.store.execute(context, 'CommentApproval', { approval_id: approvalId, comment }, async (tx) => {
    const { facts } = await findApproval(tx, parts.reader, context.tenant, approvalId);
    const person = approverOf(facts, context.actor);
    return decideAndAppend(tx, approval, 'approval', approvalId, { type: 'CommentApproval', person, comment });
  });
}
