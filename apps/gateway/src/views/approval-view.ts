import type { Actor, ApprovalAnswer } from '@lastcopy/contracts';
import type { ApprovalRecord } from '../records/approval-record.js';

function whyNot(approval: ApprovalRecord, actor: Actor, initiator: string, others: readonly ApprovalRecord[]): string | null {
  if (approval.status !== 'requested') return `It is ${approval.status} already.`;
  if (!actor.roles.includes(approval.role)) return `It needs the role ${approval.role}.`;
  if (actor.user_id === approval.requested_by) return 'You requested it, and who requests does not decide.';
  if (actor.user_id === initiator) return 'You began this flow, and who begins it does not approve it.';
  const filled = others.find((other) => other.decided_by === actor.user_id && other.role !== approval.role);
  return filled ? `You decided as ${filled.role} in this flow, and one person fills one role.` : null;
}

/** An approval as `actor` sees it; `others` are the approvals of the same flow. */
export function approvalView(approval: ApprovalRecord, actor: Actor, initiator: string, others: readonly ApprovalRecord[]): ApprovalAnswer {
  const why = whyNot(approval, actor, initiator, others);
  const shown: Omit<ApprovalRecord, 'parts'> & { parts?: unknown } = { ...approval };
  delete shown.parts;
  return { ...shown, can_decide: why === null, why_not: why };
}
