import type { Actor, ApprovalAnswer } from '@lastcopy/contracts';
import { approverOf } from '../approval/approver-of.js';
import { whyNotApprover } from '../approval/domain/eligibility.js';
import { needsReauthentication, type SignIn } from '../approval/domain/signing.js';
import { scopeOf } from '../evidence/approval-scopes.js';
import type { FlowFacts } from '../evidence/flow-facts.js';
import { conflictsResolved } from '../evidence/gates/conflicts-resolved.js';
import type { ApprovalRecord } from '../records/approval-record.js';

/** Who looks, with which sign-in. */
export interface Onlooker {
  actor: Actor;
  signIn: SignIn;
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** All that any decision would be refused for, but an old sign-in; null when this person may reject it. */
function whyNotDecide(approval: ApprovalRecord, { actor }: Onlooker, facts: FlowFacts): string | null {
  const { flow } = facts;
  if (approval.status !== 'requested') return `It is ${approval.status} already.`;
  if (flow.cancelled || flow.phase === 'system_shutdown') return 'The flow is over.';
  const { role, requested_by, delegation, evidence_hash } = approval;
  const open = { request: { role, requested_by }, delegation, flow_initiator: flow.initiator };
  const why = whyNotApprover(open, approverOf(facts, actor));
  if (why) return `${capital(why)}.`;
  return scopeOf(role, facts)?.hash === evidence_hash ? null : 'What is to be approved has changed; a new request follows.';
}

/** What keeps it from being granted only. */
function whyNotGrant({ role }: ApprovalRecord, facts: FlowFacts): string | null {
  const [conflict] = role === 'legal' ? [] : conflictsResolved(facts);
  return conflict ? `It cannot be granted yet: ${conflict.message}` : null;
}

/** An approval as somebody sees it; `facts` are those of its flow. */
export function approvalView(approval: ApprovalRecord, onlooker: Onlooker, facts: FlowFacts): ApprovalAnswer {
  const whyNeither = whyNotDecide(approval, onlooker, facts);
  const why = whyNeither ?? whyNotGrant(approval, facts);
  const { parts, delegators, ...shown } = approval;
  void [parts, delegators];
  const overdue = approval.status === 'requested' && approval.due_at !== null && approval.due_at <= onlooker.signIn.at;
  const able = { can_decide: why === null, can_reject: whyNeither === null, why_not: why };
  return { ...shown, overdue, ...able, needs_reauthentication: needsReauthentication(onlooker.signIn) };
}

/** To reject is to decide too: what cannot be granted yet waits for this person nevertheless. */
export const mayDecide = ({ can_decide, can_reject }: ApprovalAnswer): boolean => can_decide || can_reject;
