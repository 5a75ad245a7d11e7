import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import type { Actor, FlowSystem, PolicyAssigned, RetentionPolicyDefined } from '@lastcopy/contracts';
import { complianceRequirements, dataClassifications } from '@lastcopy/contracts';
import { addDays, addDuration, fold } from '@lastcopy/kernel';
import { deciderSpec } from '@lastcopy/testkit';
import { inputsOf } from '../commands/decide-assignment.js';
import { regulations } from '../../regulation/regulations.js';
import { standardPolicies } from '../../retention-policy/domain/standard-policies.js';
import type { AssignmentInputs } from './assigned-terms.js';
import type { PolicyAssignmentCommand } from './assignment-commands.js';
import { policyAssignment, type PolicyAssignmentEvent } from './policy-assignment.js';

const { given } = deciderSpec(policyAssignment);
const policies: RetentionPolicyDefined[] = standardPolicies.map((terms) => ({ policy_id: randomUUID(), version: 1, ...terms }));
const [critical, application, logs] = policies as [RetentionPolicyDefined, RetentionPolicyDefined, RetentionPolicyDefined];
const [flow_id, system_id] = [randomUUID(), randomUUID()];
const asOf = new Date('2026-11-22T12:00:00Z');
const database: FlowSystem['source'] = { kind: 'postgresql', host: 'db', port: 5432, database: 'billing', user: 'reader', secret_ref: 'b' };

const inputs = (of: Partial<FlowSystem> = {}, known = policies, at = asOf): AssignmentInputs => {
  const system = { system_id, system_name: 'Billing', data_classification: [], compliance_requirements: [], source: database, ...of };
  return inputsOf({ flow_id, system }, known, at);
};
const assign = (of?: Partial<FlowSystem>): PolicyAssignmentCommand => ({ type: 'AssignPolicy', ...inputs(of) });
const reassign = (...of: Parameters<typeof inputs>): PolicyAssignmentCommand => ({
  type: 'ReassignPolicy',
  cause: 'Revised',
  ...inputs(...of),
});
const olga: Actor = { user_id: 'olga', name: 'Olga', roles: ['operator'] };
const lena: Actor = { user_id: 'lena', name: 'Lena', roles: ['legal'] };
const said = { reason: 'Agreed with the business', by: olga, expectedVersion: null };
const override = (policy_id: string, of?: Partial<FlowSystem>, changes: object = {}): PolicyAssignmentCommand => ({
  ...{ type: 'OverridePolicy', policy_id, storage_location: null, ...said, ...changes, ...inputs(of) },
});
const resolve = (changes: object = {}): PolicyAssignmentCommand => ({
  ...{
    type: 'ResolveConflict',
    resolution: 'keep_minimum',
    reason: 'SOX binds us',
    by: lena,
    at: asOf.toISOString(),
    expectedVersion: null,
  },
  ...changes,
});

const state = (history: readonly PolicyAssignmentEvent[]) => fold(policyAssignment, history);
const after = (history: PolicyAssignmentEvent[], command: PolicyAssignmentCommand) => [
  ...history,
  ...policyAssignment.decide(command, state(history)),
];
const assignedBy = (...commands: PolicyAssignmentCommand[]): PolicyAssigned => state(commands.reduce(after, [])).assigned!;
const revised = (policy: RetentionPolicyDefined, changes: Partial<RetentionPolicyDefined> = {}) =>
  policies.map((known) => (known === policy ? { ...known, version: 2, ...changes } : known));

const both = { data_classification: ['PII'], compliance_requirements: ['GDPR', 'SOX'] };

describe('the terms', () => {
  it('lengthens a policy to a legal minimum, and says by which clause and to which date', () => {
    const assigned = assignedBy(assign({ compliance_requirements: ['SOX'] }));
    expect(assigned).toMatchObject({
      policy_name: 'System Logs',
      retention_period_days: 365,
      minima: [{ duration: 'P7Y', requirement: 'SOX' }],
    });
    expect(assigned.lengthened_by).toMatchObject({ duration: 'P7Y', requirement: 'SOX' });
    expect(assigned.explanation[2]!.reason).toContain('17 CFR 210.2-06(a)) requires P7Y, which lengthens that to 2033-11-22');
  });

  it('asks for a reconciled copy of a business critical database and a readable one of files', () => {
    const level = (of: Partial<FlowSystem>) => assignedBy(assign({ data_classification: ['PII'], ...of })).verification_level;
    expect([level({}), level({ source: { kind: 'directory', path: '/srv' } })]).toEqual(['reconciled', 'readable']);
  });

  it('never lets an archive end before the policy, 365 days, or any minimum of the system', () => {
    const system = fc.record({
      data_classification: fc.subarray([...dataClassifications]),
      compliance_requirements: fc.subarray([...complianceRequirements]),
    });
    const terms = fc.record({ days: fc.integer({ min: 1, max: 4000 }), overridden: fc.boolean() });
    const moment = fc.date({ min: new Date('2024-01-01T00:00:00Z'), max: new Date('2060-01-01T00:00:00Z'), noInvalidDate: true });
    fc.assert(
      fc.property(system, terms, moment, (of, { days, overridden }, at) => {
        const known = policies.map((policy) => ({ ...policy, retention_period_days: days }));
        const commands: PolicyAssignmentCommand[] = [{ type: 'AssignPolicy', ...inputs(of, known, at) }];
        if (overridden)
          commands.push({
            ...{ type: 'OverridePolicy', policy_id: logs.policy_id, storage_location: null, ...said },
            ...inputs(of, known, at),
          });
        const assigned = assignedBy(...commands);
        const ends = assigned.minima.map(({ duration }) => addDuration(at, duration));
        const until = [addDays(at, assigned.retention_period_days), ...ends].reduce((a, b) => (a > b ? a : b));
        const least = regulations.filter(
          ({ requirement, minimum }) => minimum && of.compliance_requirements.includes(requirement as never),
        );
        for (const { minimum } of least) expect(until >= addDuration(at, minimum!)).toBe(true);
        expect(until >= addDays(at, Math.max(days, 365))).toBe(true);
      }),
    );
  });
});

describe('assigning', () => {
  it('refuses where the policy is unknown', () => {
    given([])
      .when(assign({ retention_policy_id: randomUUID() }))
      .thenRejected('POLICY_UNKNOWN');
  });

  it('decides nothing when it is repeated, on another day as well', () => {
    const assigned = after([], assign(both));
    given(assigned).when(assign(both)).thenNothing();
    given(assigned)
      .when(reassign(both, policies, new Date('2027-03-01T00:00:00Z')))
      .thenNothing();
    given(assigned)
      .when(reassign({ ...both, compliance_requirements: ['SOX', 'GDPR'] }))
      .thenNothing();
  });

  it('follows a new version of the policy, and a system whose data turns out to be another', () => {
    const assigned = after([], assign({ data_classification: ['User Data'] }));
    const version = state(after(assigned, reassign({ data_classification: ['User Data'] }, revised(application)))).assigned;
    expect(version).toMatchObject({ policy_id: application.policy_id, policy_version: 2, reason: 'Revised' });
    expect(state(after(assigned, reassign({ data_classification: ['PII'] }))).assigned).toMatchObject({ policy_id: critical.policy_id });
  });

  it('keeps a policy that came under review, and refuses one that was retired', () => {
    const assigned = after([], assign({ data_classification: ['User Data'] }));
    given(assigned)
      .when(reassign({ data_classification: ['User Data'] }, revised(application, { version: 1, status: 'under_review' })))
      .thenNothing();
    given(assigned)
      .when(reassign({ data_classification: ['User Data'] }, revised(application, { status: 'inactive' })))
      .thenRejected('POLICY_UNKNOWN');
  });
});

describe('a choice of a person', () => {
  const chosen = after([], override(logs.policy_id, both));

  it('says who chose what instead of what, and why; and is lengthened to the minima all the same', () => {
    const { assigned } = state(chosen);
    expect(assigned).toMatchObject({
      ...{ rule: 'override', policy_id: logs.policy_id, assigned_by: 'olga', lengthened_by: { requirement: 'SOX' } },
      override: { suggested_policy_name: 'Business Critical Data', suggested_rule: 'sensitivity', reason: 'Agreed with the business' },
    });
    expect(assigned!.explanation.map(({ rule, outcome }) => [rule, outcome])).toEqual([
      ['override', 'chosen'],
      ['explicit', 'rejected'],
      ['sensitivity', 'overridden'],
      ['compliance', 'not_reached'],
      ['default', 'not_reached'],
    ]);
    expect(assigned!.explanation[0]!.reason).toContain(
      'Olga (olga) chose "System Logs" instead of "Business Critical Data", which the rule "sensitivity" suggests: Agreed with the business',
    );
    expect(assigned!.considered!.filter(({ outcome }) => outcome === 'chosen')).toMatchObject([{ policy_id: logs.policy_id }]);
  });

  it('stays when policy or system are revised, on the new version, and says so', () => {
    const { assigned } = state(after(chosen, reassign(both, revised(logs))));
    expect(assigned).toMatchObject({
      rule: 'override',
      policy_version: 2,
      assigned_by: 'olga',
      reason: 'Revised. The choice of Olga stays',
    });
    given(chosen)
      .when(reassign(both, revised(critical)))
      .thenNothing();
  });

  it('may be a place of its own, may be repeated, and is taken back', () => {
    const place = override(logs.policy_id, both, { storage_location: 's3://archive-bucket/eu/' });
    const placed = after(chosen, place);
    expect(state(placed).assigned!.storage_location).toBe('s3://archive-bucket/eu/');
    given(placed).when(place).thenNothing();
    const reset: PolicyAssignmentCommand = { type: 'ResetAssignment', ...said, ...inputs(both) };
    const back = after(placed, reset);
    expect(state(back).assigned).toMatchObject({ rule: 'sensitivity', policy_id: critical.policy_id });
    expect(state(back).assigned!.override).toBeUndefined();
    given(back).when(reset).thenNothing();
  });

  it('helps a system that the rules find no policy for', () => {
    const lost = { retention_policy_id: randomUUID() };
    expect(assignedBy(override(critical.policy_id, lost))).toMatchObject({ rule: 'override', override: { suggested_policy_id: null } });
  });

  it.each([
    ['unknown', policies, randomUUID()],
    ['retired', revised(logs, { status: 'inactive' }), logs.policy_id],
    ['under review', revised(logs, { status: 'under_review' }), logs.policy_id],
  ] as const)('is refused for a policy that is %s', (_what, known, policy_id) => {
    const asked = { type: 'OverridePolicy', policy_id, storage_location: null, ...said } as const;
    const command: PolicyAssignmentCommand = { ...asked, ...inputs(both, [...known]) };
    given([]).when(command).thenRejected('POLICY_UNKNOWN');
  });

  it('is refused when the assignment has changed since the person looked', () => {
    given(chosen)
      .when(override(critical.policy_id, both, { expectedVersion: 2 }))
      .thenRejected('PRECONDITION_FAILED');
    expect(state(after(chosen, override(critical.policy_id, both, { expectedVersion: 1 }))).version).toBe(2);
  });
});

describe('a conflict of a maximum with a minimum', () => {
  const conflicting = after([], assign(both));

  it('is shown in the assignment, and is not there where only one side is', () => {
    expect(state(conflicting).assigned!.conflicts).toMatchObject([{ requirement: 'GDPR', against: 'SOX' }]);
    expect(assignedBy(assign({ ...both, compliance_requirements: ['SOX'] })).conflicts).toEqual([]);
    expect(state(conflicting).resolution).toBeNull();
  });

  it.each<[string, Partial<Actor>]>([
    ['an operator', olga],
    ['the data owner', { roles: ['data_owner'] }],
    ['a machine', { roles: ['legal'], service_account: true }],
  ])('is not resolved by %s', (_who, changes) => {
    given(conflicting)
      .when(resolve({ by: { ...lena, ...changes } }))
      .thenRejected('APPROVER_NOT_ALLOWED');
  });

  it('is resolved by legal or compliance, once', () => {
    const resolved = after(conflicting, resolve());
    expect(state(resolved).resolution).toMatchObject({ resolution: 'keep_minimum', reason: 'SOX binds us', resolved_by: 'lena' });
    given(resolved).when(resolve()).thenNothing();
    expect(after(conflicting, resolve({ by: { ...lena, roles: ['compliance'] } }))).toHaveLength(2);
    given(after([], assign())).when(resolve()).thenRejected('FLOW_STATE');
    given([]).when(resolve()).thenRejected('NOT_FOUND');
  });

  it('is asked for where an assignment was made before anybody looked, and nothing else moves', () => {
    const { conflicts, ...before } = assignedBy(assign(both));
    const old: PolicyAssignmentEvent[] = [{ type: 'PolicyAssigned', data: before }];
    const asked = after(old, { type: 'AssignPolicy', ...inputs(both, revised(critical)) });
    expect(asked.slice(1)).toEqual([{ type: 'PolicyAssigned', data: { ...before, conflicts, reason: expect.stringContaining('before') } }]);
    given(asked).when(assign(both)).thenNothing();
    const resolved = after(asked, resolve());
    expect(resolved).toHaveLength(3);
    given(resolved).when(assign(both)).thenNothing();
    const { conflicts: none, ...calm } = assignedBy(assign());
    expect(none).toEqual([]);
    const looked = { type: 'PolicyAssigned', data: { ...calm, conflicts: [], reason: expect.stringContaining('before') } };
    const calmly = after([{ type: 'PolicyAssigned', data: calm }], assign());
    expect(calmly.slice(1)).toEqual([looked]);
    given(calmly).when(assign()).thenNothing();
  });

  it('stays resolved in a new assignment with the same conflicts, and is open again with others', () => {
    const resolved = after(conflicting, resolve());
    const same = after(resolved, reassign(both, revised(critical)));
    expect(same.at(-1)!.data).toMatchObject({ policy_version: 2, resolution: { resolved_by: 'lena' } });
    expect(state(same).resolution).not.toBeNull();
    const more = after(resolved, reassign({ ...both, compliance_requirements: ['GDPR', 'SOX', 'HIPAA'] }));
    expect(state(more).assigned!.conflicts!.length).toBeGreaterThan(1);
    expect(state(more).resolution).toBeNull();
  });
});
