import { approvalRoles, type ApprovalRole, type Blocker } from '@lastcopy/contracts';
import { scopeOf } from '../approval-scopes.js';
import type { FlowFacts } from '../flow-facts.js';
import type { GateCheck } from '../gate-check.js';

const words: Record<ApprovalRole, string> = { data_owner: 'data owner', compliance: 'compliance', legal: 'legal' };

/** What keeps a role's approval from counting now; null when it was granted on the evidence as it is. */
export function approvalProblem(facts: Pick<FlowFacts, 'flow' | 'assignments' | 'jobs' | 'approvals'>, role: ApprovalRole): Blocker | null {
  const scope = scopeOf(role, facts);
  const word = words[role];
  if (!scope) {
    const hint = role === 'legal' ? 'It is requested when every archive is verified.' : 'It is requested when every system has its policy.';
    return { code: 'APPROVAL_MISSING', message: `The ${word} approval cannot be given yet.`, hint, role };
  }
  const ofRole = facts.approvals.filter((approval) => approval.role === role);
  if (ofRole.some((approval) => approval.status === 'granted' && approval.evidence_hash === scope.hash)) return null;
  const last = ofRole.at(-1);
  if (last?.status === 'rejected' && last.evidence_hash === scope.hash) {
    const hint = 'Resolve the reason, then request the approval again.';
    return { code: 'APPROVAL_REJECTED', message: `The ${word} approval was rejected: ${last.comment ?? ''}`, hint, role };
  }
  if (last && last.evidence_hash !== scope.hash) {
    const message = `The ${word} approval is for evidence that has changed since.`;
    return { code: 'APPROVAL_OUTDATED', message, hint: 'Someone with that role must look again and approve.', role };
  }
  return { code: 'APPROVAL_MISSING', message: `The ${word} approval is not granted.`, hint: 'Someone with that role must approve.', role };
}

/** Each role has approved its own scope as it is now: the hash is computed here, so that a void not yet written blocks as well. */
export const approvalsGranted: GateCheck = (facts) =>
  approvalRoles.map((role) => approvalProblem(facts, role)).filter((problem): problem is Blocker => problem !== null);
