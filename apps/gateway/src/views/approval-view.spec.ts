import { randomUUID } from 'node:crypto';
import type { RetentionConflict } from '@lastcopy/contracts';
import { scopeOf } from '../evidence/approval-scopes.js';
import { assignmentAt, factsOf, flow_id, Story, systems } from '../testing/facts-fixture.js';
import { approvalView } from './approval-view.js';

const at = '2026-11-23T12:00:00.000Z';
const signIn = { at, authenticated_at: at, reauth_max_age_s: 300 };
const cora = { actor: { user_id: 'cora', name: 'Cora', roles: ['compliance'] }, signIn };
const olga = { actor: { user_id: 'olga', name: 'Olga', roles: ['operator'] }, signIn };
const statement = 'GDPR says no longer than 3 years, SOX says no less than 7.';
const conflict: RetentionConflict = {
  ...{ requirement: 'GDPR', maximum: null, clause: 'Article 5(1)(e)', against: 'SOX', against_clause: '17 CFR 210.2-06(a)' },
  statement,
};

/** A flow whose compliance approval is asked for, with what the policies of its first system are in conflict on. */
function asked(conflicts: RetentionConflict[]) {
  const strategy = { priority: 'compliance', execution_mode: 'phased', rollback_enabled: true } as const;
  const story = new Story().tell('decommission_flow', flow_id, 'FlowInitialized', { flow_id, flow_name: 'Retire', strategy, systems });
  systems.forEach((_system, index) => {
    const assignment = { ...assignmentAt(index), conflicts: index === 0 ? conflicts : [] };
    story.tell('policy_assignment', assignment.assignment_id, 'PolicyAssigned', assignment);
  });
  const { hash: evidence_hash, parts, statement: scope } = scopeOf('compliance', factsOf(story))!;
  const approval_id = randomUUID();
  const request = { approval_id, flow_id, role: 'compliance' as const, scope, evidence_hash, parts, requested_by: 'olga' };
  const facts = factsOf(story.tell('approval', approval_id, 'ApprovalRequested', request));
  return { approval: facts.approvals[0]!, facts };
}

it('lets whoever may decide grant and reject', () => {
  const { approval, facts } = asked([]);
  expect(approvalView(approval, cora, facts)).toMatchObject({ can_decide: true, can_reject: true, why_not: null });
});

it('lets a conflict keep it from being granted, and nobody from rejecting it', () => {
  const { approval, facts } = asked([conflict]);
  const view = approvalView(approval, cora, facts);
  expect(view).toMatchObject({ can_decide: false, can_reject: true, why_not: expect.stringContaining(statement) });
});

it('lets nobody reject who may not decide, conflict or not', () => {
  const { approval, facts } = asked([conflict]);
  expect(approvalView(approval, olga, facts)).toMatchObject({ can_decide: false, can_reject: false });
  const over = { ...facts, flow: { ...facts.flow, cancelled: true } };
  expect(approvalView(approval, cora, over)).toMatchObject({ can_decide: false, can_reject: false, why_not: 'The flow is over.' });
  const moved = { ...approval, evidence_hash: 'f'.repeat(64) };
  expect(approvalView(moved, cora, facts)).toMatchObject({ can_decide: false, can_reject: false });
});
