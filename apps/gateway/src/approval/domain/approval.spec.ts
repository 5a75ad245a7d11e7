import { randomUUID } from 'node:crypto';
import { fold } from '@lastcopy/kernel';
import { deciderSpec } from '@lastcopy/testkit';
import { approval, type ApprovalCommand, type ApprovalEvent, type Decision } from './approval.js';

const { given } = deciderSpec(approval);
const [approval_id, flow_id] = [randomUUID(), randomUUID()];
const evidence_hash = 'a'.repeat(64);
const ids = { approval_id, flow_id, role: 'legal' as const };
const at = '2026-11-22T12:00:00.000Z';
const lena: Decision = {
  ...{ user_id: 'lena', name: 'Lena Legal', roles: ['legal'], evidence_hash, at },
  ...{ flow_initiator: 'olga', roles_filled: [] },
};
const meaning = 'I approve the retention of these verified archives and the destruction of their source systems.';

const requested: ApprovalEvent = { type: 'ApprovalRequested', data: { ...ids, scope: 'archives', evidence_hash, requested_by: 'olga' } };
const granted: ApprovalEvent = {
  type: 'ApprovalGranted',
  data: {
    ...ids,
    evidence_hash,
    decided_by: 'lena',
    comment: 'ok',
    signature: { name: 'Lena Legal', signed_at: at, meaning, evidence_hash },
  },
};
const rejected: ApprovalEvent = { type: 'ApprovalRejected', data: { ...ids, evidence_hash, decided_by: 'lena', comment: 'no' } };
const voided: ApprovalEvent = { type: 'ApprovalVoided', data: { ...ids, reason: 'changed', changed: ['Billing changed'] } };

const states = {
  absent: [],
  requested: [requested],
  granted: [requested, granted],
  rejected: [requested, rejected],
  voided: [requested, granted, voided],
} satisfies Record<string, ApprovalEvent[]>;

const commands = {
  request: { type: 'RequestApproval', request: requested.data as never },
  grant: { type: 'GrantApproval', decision: lena, comment: 'ok' },
  reject: { type: 'RejectApproval', decision: lena, comment: 'no' },
  void: { type: 'VoidApproval', reason: 'changed', changed: ['Billing changed'] },
} satisfies Record<string, ApprovalCommand>;

// In the order of `states`.
const table: Record<keyof typeof commands, (ApprovalEvent | string)[]> = {
  request: [requested, '-', '-', '-', '-'],
  grant: ['NOT_FOUND', granted, '-', 'APPROVAL_STATE', 'APPROVAL_STATE'],
  reject: ['NOT_FOUND', rejected, 'APPROVAL_STATE', '-', 'APPROVAL_STATE'],
  void: ['NOT_FOUND', voided, voided, '-', '-'],
};

const cells = (Object.keys(table) as (keyof typeof table)[]).flatMap((command) =>
  (Object.keys(states) as (keyof typeof states)[]).map((state, index) => ({ command, state, expected: table[command][index]! })),
);

it.each(cells)('$command when $state', ({ command, state, expected }) => {
  const outcome = given(states[state]).when(commands[command]);
  if (expected === '-') outcome.thenNothing();
  else if (typeof expected === 'string') outcome.thenRejected(expected as never);
  else outcome.then(expected);
});

it.each([
  ['someone without the role', { roles: ['compliance', 'operator'] }],
  ['who requested it', { user_id: 'olga', flow_initiator: 'dana' }],
  ['who began the flow, even if another requested it', { user_id: 'otto', flow_initiator: 'otto' }],
  ['someone who decided in another role of this flow', { roles_filled: ['compliance' as const] }],
])('is not decided by %s', (_who, changes) => {
  const decision = { ...lena, ...changes };
  given(states.requested).when({ type: 'GrantApproval', decision, comment: null }).thenRejected('APPROVER_NOT_ALLOWED');
  given(states.requested).when({ type: 'RejectApproval', decision, comment: 'no' }).thenRejected('APPROVER_NOT_ALLOWED');
});

it('may be decided again in the same role after a void', () => {
  const decision: Decision = { ...lena, roles_filled: ['legal'] };
  expect(approval.decide({ type: 'GrantApproval', decision, comment: null }, fold(approval, states.requested))).toHaveLength(1);
});

it('is refused when the person saw other evidence', () => {
  const decision = { ...lena, evidence_hash: 'b'.repeat(64) };
  given(states.requested).when({ type: 'GrantApproval', decision, comment: null }).thenRejected('EVIDENCE_CHANGED');
});

it('is not rejected without a reason', () => {
  given(states.requested).when({ type: 'RejectApproval', decision: lena, comment: ' ' }).thenRejected('VALIDATION_FAILED');
});

it('does not let another person repeat a grant', () => {
  const decision = { ...lena, user_id: 'luke' };
  given(states.granted).when({ type: 'GrantApproval', decision, comment: null }).thenRejected('APPROVAL_STATE');
});
