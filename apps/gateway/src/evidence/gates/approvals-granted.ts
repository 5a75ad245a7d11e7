import { approvalRoles, type ApprovalRole, type Blocker } from '@lastcopy/contracts';
import type { ApprovalRecord } from '../../records/approval-record.js';
import { ownWorkOf } from '../own-work.js';
import { scopeOf, type ScopeFacts } from '../approval-scopes.js';
import { changedParts } from '../changed-parts.js';
import type { FlowFacts } from '../flow-facts.js';
import { notYetBecause } from '../scope-content.js';
import type { GateCheck } from '../gate-check.js';

const words: Record<ApprovalRole, string> = { data_owner: 'data owner', compliance: 'compliance', legal: 'legal' };

/** What changed since it was granted, when the last one that was decided or asked for before was voided. */
function whyVoided(ofRole: readonly ApprovalRecord[]): string {
  const voided = ofRole.findLast(({ status }) => status !== 'requested' && status !== 'expired');
  return voided?.status === 'voided' && voided.changed.length > 0 ? ` The last one was voided: ${voided.changed.join('; ')}.` : '';
}

/** What keeps a role's approval from counting now; null when it was granted on the evidence as it is. */
export function approvalProblem(facts: ScopeFacts & Pick<FlowFacts, 'approvals' | 'acts'>, role: ApprovalRole): Blocker | null {
  const scope = scopeOf(role, facts);
  const word = words[role];
  const ofRole = facts.approvals.filter((approval) => approval.role === role);
  if (!scope) {
    const [reason] = notYetBecause(role, facts);
    const when = role === 'legal' ? 'every archive is verified' : 'every system has its policy';
    const hint = reason ?? `It is requested when ${when}.`;
    return { code: 'APPROVAL_MISSING', message: `The ${word} approval cannot be given yet.${whyVoided(ofRole)}`, hint, role };
  }
  const granted = ofRole.filter((approval) => approval.status === 'granted' && approval.evidence_hash === scope.hash);
  const [own] = granted.map((approval) => ownWorkOf(approval, facts.acts));
  if (own)
    return {
      code: 'APPROVAL_OUTDATED',
      message: `The ${word} approval does not count: ${own}.`,
      hint: 'Somebody else with that role must approve.',
      role,
    };
  if (granted.length > 0) return null;
  const last = ofRole.at(-1);
  if (last?.status === 'rejected' && last.evidence_hash === scope.hash) {
    const hint = 'Resolve the reason, then request the approval again.';
    return { code: 'APPROVAL_REJECTED', message: `The ${word} approval was rejected: ${last.comment ?? ''}`, hint, role };
  }
  if (last && last.evidence_hash !== scope.hash) {
    const changes = changedParts(last.parts, scope.parts).join('; ');
    const message = `The ${word} approval is for evidence that has changed since${changes ? `: ${changes}` : ''}.`;
    return { code: 'APPROVAL_OUTDATED', message, hint: 'Someone with that role must look again and approve.', role };
  }
  const message = `The ${word} approval is not granted.${whyVoided(ofRole)}`;
  return { code: 'APPROVAL_MISSING', message, hint: 'Someone with that role must approve.', role };
}

/** Each role has approved its own scope as it is now: the hash is computed here, so that a void not yet written blocks as well. */
export const approvalsGranted: GateCheck = (facts) =>
  approvalRoles.map((role) => approvalProblem(facts, role)).filter((problem): problem is Blocker => problem !== null);
