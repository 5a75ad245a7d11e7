import type { ApprovalRole, StreamToken } from '@lastcopy/contracts';
import { decideAndAppend, type CommandContext } from '@lastcopy/eventing';
import { CodedError } from '@lastcopy/kernel';
import { scopeOf } from '../../evidence/approval-scopes.js';
import type { FlowFacts } from '../../evidence/flow-facts.js';
import { conflictsResolved } from '../../evidence/gates/conflicts-resolved.js';
import type { ApprovalParts } from '../approval-parts.js';
import { approverOf } from '../approver-of.js';
import { approval, type ApprovalCommand } from '../domain/approval.js';
import type { Decision } from '../domain/decide-on-approval.js';
import { assertFlowOpen, findApproval } from './open-approval.js';
import { signInOf } from './sign-in-of.js';

export interface ApprovalDecision {
  decision: 'grant' | 'reject';
  comment?: string | null;
  /** What the person saw; must be what is to be decided. */
  evidence_hash: string;
}

function refuseOutdated(facts: FlowFacts, role: ApprovalRole, approvalId: string, hash: string): void {
  if (scopeOf(role, facts)?.hash === hash) return;
  throw new CodedError(
    'EVIDENCE_CHANGED',
    `Approval ${approvalId} is for evidence that has changed since; look at the flow's approvals again`,
  );
}

/**
 * Grants or rejects an approval, on the evidence as it is at this moment. Throws NOT_FOUND, APPROVAL_STATE, EVIDENCE_CHANGED,
 * APPROVER_NOT_ALLOWED, CONFLICT_UNRESOLVED, REAUTHENTICATION_REQUIRED, FLOW_STATE.
 */
export function decideApproval(
  parts: ApprovalParts,
  context: CommandContext,
  approvalId: string,
  asked: ApprovalDecision,
): Promise<StreamToken> {
  return parts.store.execute(context, 'DecideApproval', { approval_id: approvalId, ...asked }, async (tx) => {
    const { facts, known } = await findApproval(tx, parts.reader, context.tenant, approvalId);
    assertFlowOpen(facts);
    if (known.status === 'requested') refuseOutdated(facts, known.role, approvalId, known.evidence_hash);
    const decision: Decision = {
      ...approverOf(facts, context.actor),
      ...signInOf(parts, context.actor),
      evidence_hash: asked.evidence_hash,
      flow_initiator: facts.flow.initiator,
      open_conflicts: conflictsResolved(facts).map(({ message }) => message),
    };
    const command: ApprovalCommand =
      asked.decision === 'grant'
        ? { type: 'GrantApproval', decision, comment: asked.comment ?? null }
        : { type: 'RejectApproval', decision, comment: asked.comment ?? '' };
    return decideAndAppend(tx, approval, 'approval', approvalId, command);
  });
}
