import { approvalRoles, type ApprovalRole } from '@lastcopy/contracts';
import { presentParts, scopeOf, type ApprovalScope, type ScopeFacts } from '../evidence/approval-scopes.js';
import { changedParts } from '../evidence/changed-parts.js';
import type { FlowFacts } from '../evidence/flow-facts.js';
import { ownWorkOf } from '../evidence/own-work.js';
import { notYetBecause } from '../evidence/scope-content.js';
import type { ApprovalRecord } from '../records/approval-record.js';

export type ApprovalStep =
  | { type: 'void'; approval: ApprovalRecord; changed: string[] }
  | { type: 'request'; role: ApprovalRole; scope: ApprovalScope; generation: number };

type PlanFacts = ScopeFacts & Pick<FlowFacts, 'approvals' | 'acts'>;

const counts = ({ status }: ApprovalRecord) => status === 'requested' || status === 'granted';
const stands = ({ status }: ApprovalRecord) => status === 'requested' || status === 'granted' || status === 'rejected';

function planRole(facts: PlanFacts, role: ApprovalRole): ApprovalStep[] {
  const scope = scopeOf(role, facts);
  const ofRole = facts.approvals.filter((approval) => approval.role === role);
  const own = (approval: ApprovalRecord) => ownWorkOf(approval, facts.acts);
  const outdated = ofRole.filter((approval) => counts(approval) && (approval.evidence_hash !== scope?.hash || own(approval)));
  const now = outdated.length > 0 ? presentParts(role, facts) : [];
  const voids = outdated.map((approval) => ({
    type: 'void' as const,
    approval,
    changed: [...changedParts(approval.parts, now), ...notYetBecause(role, facts), ...[own(approval) ?? []].flat()],
  }));
  // A rejection stands until a person asks again; what expired is asked anew.
  const standing = ofRole.some((approval) => stands(approval) && !outdated.includes(approval) && approval.evidence_hash === scope?.hash);
  if (!scope || standing) return voids;
  return [...voids, { type: 'request', role, scope, generation: ofRole.length + 1 }];
}

/** Pure: what has to be voided and requested so that every approval is for its scope as it is now. */
export function approvalPlan(facts: PlanFacts): ApprovalStep[] {
  if (facts.flow.cancelled || facts.flow.phase === 'system_shutdown') return [];
  return approvalRoles.flatMap((role) => planRole(facts, role));
}
