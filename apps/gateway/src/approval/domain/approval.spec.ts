import { randomUUID } from 'node:crypto';
import type { Signature } from '@lastcopy/contracts';
import { fold } from '@lastcopy/kernel';
import { deciderSpec } from '@lastcopy/testkit';
import { approval, type ApprovalCommand } from './approval.js';
import type { ApprovalEvent } from './approval-state.js';
import type { Decision } from './decide-on-approval.js';
import type { FlowAct } from './eligibility.js';

const { given } = deciderSpec(approval);
const [approval_id, flow_id] = [randomUUID(), randomUUID()];
const evidence_hash = 'a'.repeat(64);
const ids = { approval_id, flow_id, role: 'legal' as const };
const at = '2026-11-22T12:00:00.000Z';
const authenticated_at = '2026-11-22T11:58:00.000Z';
const signIn = { at, authenticated_at, reauth_max_age_s: 300 };
const lena: Decision = {
  ...{ user_id: 'lena', name: 'Lena Legal', roles: ['legal'], service_account: false, evidence_hash },
  ...{ flow_initiator: 'olga', roles_filled: [], acts: [], open_conflicts: [], ...signIn },
};
const luke: Decision = { ...lena, user_id: 'luke', name: 'Luke Legal', roles: ['compliance'] };
const meaning = 'I approve the retention of these verified archives and the destruction of their source systems.';
const refusal = 'I refuse the retention of these archives, or the destruction of their source systems, as it stands.';
const signed = (words: string): Signature => ({
  ...{ name: 'Lena Legal', signed_at: at, meaning: words, evidence_hash },
  ...{ user_id: 'lena', role: 'legal', on_behalf_of: null, authenticated_at },
});

const deadlines = { due_at: '2026-11-27T12:00:00.000Z', remind_at: '2026-11-26T12:00:00.000Z', expires_at: '2026-12-06T12:00:00.000Z' };
const requested: ApprovalEvent = {
  type: 'ApprovalRequested',
  data: { ...ids, scope: 'archives', evidence_hash, requested_by: 'olga', ...deadlines },
};
const decidedBy = { ...ids, evidence_hash, decided_by: 'lena' };
const granted: ApprovalEvent = { type: 'ApprovalGranted', data: { ...decidedBy, signature: signed(meaning), comment: 'ok' } };
const rejected: ApprovalEvent = { type: 'ApprovalRejected', data: { ...decidedBy, signature: signed(refusal), comment: 'no' } };
const voided: ApprovalEvent = { type: 'ApprovalVoided', data: { ...ids, reason: 'changed', changed: ['Billing changed'] } };
const { due_at, expires_at } = deadlines;
const expired: ApprovalEvent = { type: 'ApprovalExpired', data: { ...ids, due_at, expires_at } };
const delegatedTo = (to_user_id: string, by = 'lena'): ApprovalEvent => ({
  type: 'ApprovalDelegated',
  data: {
    ...{ ...ids, delegated_by: by, delegated_by_name: 'Lena Legal', to_user_id, to_name: 'Luke Legal', reason: 'away' },
    ...{ delegated_at: at, authenticated_at },
  },
});
const revoked: ApprovalEvent = { type: 'ApprovalDelegationRevoked', data: { ...ids, revoked_by: 'lena', reason: 'back' } };
const escalated = (level: 1 | 2): ApprovalEvent => ({
  type: 'ApprovalEscalated',
  data: { ...ids, level, due_at, escalated_to: ['person:olga'] },
});
const reminded: ApprovalEvent = { type: 'ApprovalReminded', data: { ...ids, due_at } };
const commented: ApprovalEvent = {
  type: 'ApprovalCommented',
  data: { ...ids, commented_by: 'lena', name: 'Lena Legal', comment: 'why?' },
};
const later = { due_at: '2026-12-01T12:00:00.000Z', remind_at: '2026-11-30T12:00:00.000Z', expires_at: '2026-12-10T12:00:00.000Z' };
const rescheduled: ApprovalEvent = { type: 'ApprovalRescheduled', data: { ...ids, ...later, rescheduled_by: 'olga' } };

const states = {
  absent: [],
  requested: [requested],
  granted: [requested, granted],
  rejected: [requested, rejected],
  voided: [requested, granted, voided],
  expired: [requested, expired],
} satisfies Record<string, ApprovalEvent[]>;

const afterAll = '2026-12-31T00:00:00.000Z';
const commands = {
  request: { type: 'RequestApproval', request: requested.data as never },
  grant: { type: 'GrantApproval', decision: lena, comment: 'ok' },
  reject: { type: 'RejectApproval', decision: lena, comment: 'no' },
  comment: { type: 'CommentApproval', person: lena, comment: 'why?' },
  void: { type: 'VoidApproval', reason: 'changed', changed: ['Billing changed'] },
  delegate: { type: 'DelegateApproval', by: lena, to: luke, flow_initiator: 'olga', reason: 'away' },
  revoke: { type: 'RevokeDelegation', by: lena, reason: 'back' },
  remind: { type: 'RemindOfApproval', at: afterAll },
  escalate: { type: 'EscalateApproval', at: afterAll, level: 1, after_days: 0, escalated_to: ['person:olga'] },
  expire: { type: 'ExpireApproval', at: afterAll },
  reschedule: { type: 'RescheduleApproval', deadlines: later, rescheduled_by: 'olga' },
} satisfies Record<string, ApprovalCommand>;

const [none, state, unknown] = ['-', 'APPROVAL_STATE', 'NOT_FOUND'];
// In the order of `states`; `-` decides nothing.
const table: Record<keyof typeof commands, (ApprovalEvent | string)[]> = {
  request: [requested, none, none, none, none, none],
  grant: [unknown, granted, none, state, state, state],
  reject: [unknown, rejected, state, none, state, state],
  comment: [unknown, commented, commented, commented, commented, commented],
  void: [unknown, voided, voided, none, none, none],
  delegate: [unknown, delegatedTo('luke'), state, state, state, state],
  revoke: [unknown, none, state, state, state, state],
  remind: [unknown, reminded, none, none, none, none],
  escalate: [unknown, escalated(1), none, none, none, none],
  expire: [unknown, expired, none, none, none, none],
  reschedule: [unknown, rescheduled, state, state, state, state],
};

const cells = (Object.keys(table) as (keyof typeof table)[]).flatMap((command) =>
  (Object.keys(states) as (keyof typeof states)[]).map((when, index) => ({ command, when, expected: table[command][index]! })),
);

it.each(cells)('$command when $when', ({ command, when, expected }) => {
  const outcome = given(states[when]).when(commands[command]);
  if (expected === none) outcome.thenNothing();
  else if (typeof expected === 'string') outcome.thenRejected(expected as never);
  else outcome.then(expected);
});

const act = (user_id: string, kind: FlowAct['act']): FlowAct => ({ user_id, act: kind, subject: 'Billing' });

describe('who may decide', () => {
  it.each([
    ['someone without the role', { roles: ['compliance', 'operator'] }],
    ['who requested it', { user_id: 'olga', flow_initiator: 'dana' }],
    ['who requested it, in other letters', { user_id: ' OLGA', flow_initiator: 'dana' }],
    ['who began the flow, even if another requested it', { user_id: 'otto', flow_initiator: 'otto' }],
    ['who began the flow, in other letters', { user_id: 'Otto', flow_initiator: 'otto' }],
    ['someone who acted in another role of this flow', { roles_filled: ['compliance' as const] }],
    ['a machine', { service_account: true }],
    ['a service', { user_id: 'service:gateway' }],
    ['who ordered the archive', { acts: [act('lena', 'started_migration')] }],
  ])('not %s', (_who, changes) => {
    const decision = { ...lena, ...changes };
    given(states.requested).when({ type: 'GrantApproval', decision, comment: null }).thenRejected('APPROVER_NOT_ALLOWED');
    given(states.requested).when({ type: 'RejectApproval', decision, comment: 'no' }).thenRejected('APPROVER_NOT_ALLOWED');
    const delegation: ApprovalCommand = {
      type: 'DelegateApproval',
      by: decision,
      to: luke,
      flow_initiator: decision.flow_initiator,
      reason: 'x',
    };
    given(states.requested).when(delegation).thenRejected('APPROVER_NOT_ALLOWED');
  });

  const roles = ['data_owner', 'compliance', 'legal'] as const;
  // Written by hand: who did what may not approve in which role.
  it.each([
    ['wrote_policy', ['data_owner', 'compliance']],
    ['overrode_assignment', ['data_owner', 'compliance']],
    ['resolved_conflict', ['data_owner', 'compliance']],
    ['described_source', ['data_owner']],
    ['named_policy', ['data_owner', 'compliance']],
    ['classified_data', ['data_owner', 'compliance']],
    ['started_migration', ['legal']],
  ] as const)('not who %s, as %j', (kind, barred) => {
    for (const role of roles) {
      const request: ApprovalEvent = { ...requested, data: { ...requested.data, role } as never };
      const decision = { ...lena, roles: [role], acts: [act('lena', kind)] };
      const outcome = given([request]).when({ type: 'GrantApproval', decision, comment: null });
      if ((barred as readonly string[]).includes(role)) outcome.thenRejected('APPROVER_NOT_ALLOWED');
      else expect(() => outcome.thenRejected('APPROVER_NOT_ALLOWED')).toThrow('ApprovalGranted');
    }
  });

  it('the same person again in the same role after a void', () => {
    const decision: Decision = { ...lena, roles_filled: ['legal'] };
    expect(approval.decide({ type: 'GrantApproval', decision, comment: null }, fold(approval, states.requested))).toHaveLength(1);
  });

  it('does not let another person repeat a grant', () => {
    const decision = { ...lena, user_id: 'luke' };
    given(states.granted).when({ type: 'GrantApproval', decision, comment: null }).thenRejected('APPROVAL_STATE');
  });
});

describe('what is signed', () => {
  it('is refused when the person saw other evidence', () => {
    const decision = { ...lena, evidence_hash: 'b'.repeat(64) };
    given(states.requested).when({ type: 'GrantApproval', decision, comment: null }).thenRejected('EVIDENCE_CHANGED');
  });

  it('is not rejected without a reason', () => {
    given(states.requested).when({ type: 'RejectApproval', decision: lena, comment: ' ' }).thenRejected('VALIDATION_FAILED');
  });

  it.each([
    ['is too old', '2026-11-22T11:54:59.999Z', true],
    ['is just fresh enough', '2026-11-22T11:55:00.000Z', false],
    ['is of a clock that is a little ahead', '2026-11-22T12:00:30.000Z', false],
    ['is far in the future', '2026-11-22T12:05:00.000Z', true],
    ['is not known', null, true],
    ['is no time at all', 'yesterday', true],
  ])('is judged by when the person signed in: %s', (_what, signedInAt, refused) => {
    const decision = { ...lena, authenticated_at: signedInAt };
    for (const command of [
      { type: 'GrantApproval', decision, comment: null },
      { type: 'RejectApproval', decision, comment: 'no' },
      { type: 'DelegateApproval', by: decision, to: luke, flow_initiator: 'olga', reason: 'away' },
    ] satisfies ApprovalCommand[]) {
      const outcome = given(states.requested).when(command);
      if (refused) outcome.thenRejected('REAUTHENTICATION_REQUIRED');
      else expect(() => outcome.thenNothing()).toThrow('decided');
    }
  });

  it('is not granted by data owner or compliance while a retention conflict is open, and may be rejected', () => {
    for (const role of ['data_owner', 'compliance', 'legal'] as const) {
      const request: ApprovalEvent = { ...requested, data: { ...requested.data, role } as never };
      const decision = { ...lena, roles: [role], open_conflicts: ['GDPR against SOX'] };
      const outcome = given([request]).when({ type: 'GrantApproval', decision, comment: null });
      if (role === 'legal') expect(() => outcome.thenNothing()).toThrow('ApprovalGranted');
      else outcome.thenRejected('CONFLICT_UNRESOLVED');
      expect(() => given([request]).when({ type: 'RejectApproval', decision, comment: 'no' }).thenNothing()).toThrow('ApprovalRejected');
    }
  });
});

describe('delegation', () => {
  const toLuke = [requested, delegatedTo('luke')];
  const delegate = (changes: object, to = luke): ApprovalCommand => ({
    ...{ type: 'DelegateApproval', by: { ...lena, ...changes }, to, flow_initiator: 'olga', reason: 'away' },
  });

  it('lets the delegate decide, and says on whose behalf', () => {
    const [event] = approval.decide({ type: 'GrantApproval', decision: luke, comment: null }, fold(approval, toLuke));
    expect(event).toMatchObject({
      type: 'ApprovalGranted',
      data: { decided_by: 'luke', signature: { user_id: 'luke', role: 'legal', on_behalf_of: { user_id: 'lena', name: 'Lena Legal' } } },
    });
  });

  it('leaves the role to those who have it, in their own name', () => {
    const [event] = approval.decide({ type: 'GrantApproval', decision: lena, comment: null }, fold(approval, toLuke));
    expect(event).toMatchObject({ data: { decided_by: 'lena', signature: { on_behalf_of: null } } });
  });

  it.each([
    ['whose id differs by a letter’s case', { user_id: 'Luke' }],
    ['who may approve no more', { roles: ['operator'] }],
    ['who acted in another role meanwhile', { roles_filled: ['compliance' as const] }],
    ['of somebody who ordered the archive since', { acts: [act('lena', 'started_migration')] }],
  ])('gives nothing to a delegate %s', (_who, changes) => {
    given(toLuke)
      .when({ type: 'GrantApproval', decision: { ...luke, ...changes }, comment: null })
      .thenRejected('APPROVER_NOT_ALLOWED');
  });

  it.each([
    ['who requested or began it', { user_id: 'olga' }],
    ['who began it, in other letters', { user_id: 'OLGA ' }],
    ['who delegates', { user_id: 'Lena' }],
    ['who may approve nothing', { roles: ['operator', 'auditor'] }],
    ['who acted in another role', { roles_filled: ['data_owner' as const] }],
    ['a machine', { service_account: true }],
    ['who ordered the archive', { acts: [act('luke', 'started_migration')] }],
  ])('does not go to somebody %s', (_who, changes) => {
    given(states.requested)
      .when(delegate({}, { ...luke, ...changes }))
      .thenRejected('APPROVER_NOT_ALLOWED');
  });

  it('does not go onward, and not to two at once', () => {
    const third = { ...luke, user_id: 'lia' };
    given(toLuke).when(delegate(luke, third)).thenRejected('APPROVER_NOT_ALLOWED');
    given(toLuke).when(delegate({}, third)).thenRejected('APPROVAL_STATE');
    given(toLuke).when(delegate({})).thenNothing();
    given(states.requested)
      .when({ ...delegate({}), reason: ' ' } as ApprovalCommand)
      .thenRejected('VALIDATION_FAILED');
  });

  it('is taken back by who gave it or handed back by who got it, and by nobody else', () => {
    given(toLuke).when(commands.revoke).then(revoked);
    expect(() =>
      given(toLuke)
        .when({ ...commands.revoke, by: luke })
        .thenNothing(),
    ).toThrow('ApprovalDelegationRevoked');
    given(toLuke)
      .when({ ...commands.revoke, by: { ...lena, user_id: 'lia' } })
      .thenRejected('APPROVER_NOT_ALLOWED');
    given([...toLuke, revoked])
      .when({ type: 'GrantApproval', decision: luke, comment: null })
      .thenRejected('APPROVER_NOT_ALLOWED');
    expect(() =>
      given([...toLuke, revoked])
        .when(delegate({}))
        .thenNothing(),
    ).toThrow('ApprovalDelegated');
  });
});

describe('time', () => {
  const escalate = (level: 1 | 2, when: string): ApprovalCommand => ({
    ...{ type: 'EscalateApproval', at: when, level, after_days: level === 1 ? 0 : 2, escalated_to: ['person:olga'] },
  });

  it('decides nothing before a date is reached, and each step once', () => {
    given([requested]).when({ type: 'RemindOfApproval', at: '2026-11-26T11:59:59.999Z' }).thenNothing();
    given([requested]).when({ type: 'RemindOfApproval', at: '2026-11-26T12:00:00.000Z' }).then(reminded);
    given([requested, reminded]).when(commands.remind).thenNothing();
    given([requested]).when(escalate(1, '2026-11-27T11:59:59.999Z')).thenNothing();
    given([requested]).when(escalate(1, '2026-11-27T12:00:00.000Z')).then(escalated(1));
    given([requested, escalated(1)])
      .when(escalate(1, afterAll))
      .thenNothing();
    given([requested, escalated(1)])
      .when(escalate(2, '2026-11-29T11:59:59.999Z'))
      .thenNothing();
    given([requested, escalated(1)])
      .when(escalate(2, '2026-11-29T12:00:00.000Z'))
      .then(escalated(2));
    given([requested, escalated(1), escalated(2)])
      .when(escalate(2, afterAll))
      .thenNothing();
    given([requested]).when(escalate(2, afterAll)).thenNothing();
    given([requested]).when({ type: 'ExpireApproval', at: '2026-12-06T11:59:59.999Z' }).thenNothing();
  });

  it('begins anew with another due date', () => {
    const history = [requested, reminded, escalated(1), rescheduled];
    given(history).when({ type: 'RemindOfApproval', at: '2026-11-30T11:00:00.000Z' }).thenNothing();
    given(history).when(escalate(1, '2026-12-01T11:00:00.000Z')).thenNothing();
    expect(() => given(history).when(escalate(1, '2026-12-01T12:00:00.000Z')).thenNothing()).toThrow('ApprovalEscalated');
    given(history).when(commands.reschedule).thenNothing();
  });

  it('leaves a request alone that has no dates', () => {
    const { due_at: due, remind_at: remind, expires_at: ends, ...dateless } = requested.data as never as Record<string, unknown>;
    expect([due, remind, ends]).not.toContain(undefined);
    const old: ApprovalEvent = { type: 'ApprovalRequested', data: dateless as never };
    for (const command of [commands.remind, commands.escalate, commands.expire]) given([old]).when(command).thenNothing();
  });
});

describe('comments', () => {
  it('come from whoever takes part, and say something', () => {
    const say = (changes: object, comment = 'why?'): ApprovalCommand => ({
      type: 'CommentApproval',
      person: { ...lena, ...changes },
      comment,
    });
    for (const changes of [{ roles: ['auditor'] }, { roles: [] }, { service_account: true }])
      given(states.requested).when(say(changes)).thenRejected('FORBIDDEN');
    given(states.requested).when(say({}, ' ')).thenRejected('VALIDATION_FAILED');
    expect(() =>
      given(states.granted)
        .when(say({ roles: ['operator'] }))
        .thenNothing(),
    ).toThrow('ApprovalCommented');
  });
});
