import { randomUUID } from 'node:crypto';
import { fold } from '@lastcopy/kernel';
import { regulations } from '../../regulation/regulations.js';
import { standardPolicies } from '../../retention-policy/domain/standard-policies.js';
import { policyAssignment, type AssignPolicy } from './policy-assignment.js';

const policies = standardPolicies.map((terms) => ({ policy_id: randomUUID(), version: 1, ...terms }));
const command = (overrides: Partial<AssignPolicy['system']>): AssignPolicy => ({
  type: 'AssignPolicy',
  assignment_id: randomUUID(),
  flow_id: randomUUID(),
  policies,
  regulations,
  asOf: new Date('2026-11-22T12:00:00Z'),
  system: {
    system_id: randomUUID(),
    system_name: 'Billing',
    data_classification: [],
    compliance_requirements: [],
    source: { kind: 'postgresql', host: 'db', port: 5432, database: 'billing', user: 'reader', secret_ref: 'billing' },
    ...overrides,
  },
});

it('lengthens a policy to a legal minimum, and says by which clause and to which date', () => {
  const [event] = policyAssignment.decide(command({ compliance_requirements: ['SOX'] }), policyAssignment.initial);
  expect(event!.data).toMatchObject({
    policy_name: 'System Logs',
    retention_period_days: 365,
    minima: [{ duration: 'P7Y', requirement: 'SOX' }],
  });
  expect(event!.data.explanation[2]!.reason).toContain('17 CFR 210.2-06(a)) requires P7Y, which lengthens that to 2033-11-22');
});

it('asks for a reconciled copy of a business critical database and a readable one of files', () => {
  const level = (overrides: Partial<AssignPolicy['system']>) =>
    policyAssignment.decide(command({ data_classification: ['PII'], ...overrides }), policyAssignment.initial)[0]!.data.verification_level;
  expect(level({})).toBe('reconciled');
  expect(level({ source: { kind: 'directory', path: '/srv' } })).toBe('readable');
});

it('refuses to assign where the policy is unknown', () => {
  expect(() => policyAssignment.decide(command({ retention_policy_id: randomUUID() }), policyAssignment.initial)).toThrow(
    expect.objectContaining({ code: 'POLICY_UNKNOWN' }),
  );
});

it('decides nothing when it is repeated', () => {
  const repeated = command({});
  const state = fold(policyAssignment, policyAssignment.decide(repeated, policyAssignment.initial));
  expect(policyAssignment.decide(repeated, state)).toEqual([]);
});
