import { randomUUID } from 'node:crypto';
import type { FlowSystem, RetentionPolicyDefined } from '@lastcopy/contracts';
import { standardPolicies } from '../../retention-policy/domain/standard-policies.js';
import { choosePolicy } from './choose-policy.js';

const standard = standardPolicies.map((terms) => ({ policy_id: randomUUID(), version: 1, ...terms }));
const [critical, application, logs] = standard as [RetentionPolicyDefined, RetentionPolicyDefined, RetentionPolicyDefined];
const retired: RetentionPolicyDefined = { ...application, policy_id: randomUUID(), policy_name: 'Old Records', status: 'inactive' };
const reviewed: RetentionPolicyDefined = { ...application, policy_id: randomUUID(), policy_name: 'Draft Records', status: 'under_review' };
const policies = [...standard, retired, reviewed];

const system = (
  data_classification: string[],
  compliance_requirements: string[],
  retention_policy_id: string | null = null,
): FlowSystem => ({
  ...{ system_id: randomUUID(), system_name: 'Billing', data_classification, compliance_requirements, retention_policy_id },
  source: { kind: 'directory', path: '/srv/share' },
});

// What is expected, written by hand from the four rules.
const bySensitivity: Record<string, string | null> = {
  PII: 'Business Critical Data',
  PHI: 'Business Critical Data',
  Financial: 'Business Critical Data',
  'User Data': 'Application Data',
  'Application Logs': null,
  'Configuration Files': null,
  'Security Logs': null,
  'System Events': null,
  'Monitoring Data': null,
  Public: null,
};
/** All 32 subsets of the five requirements; null where no policy covers all of one, so that the default decides. */
const byRequirements: [string, string | null][] = [
  ['', null],
  ['GDPR', 'Application Data'],
  ['SOX', 'System Logs'],
  ['HIPAA', 'Business Critical Data'],
  ['CCPA', 'Application Data'],
  ['PCI-DSS', 'System Logs'],
  ['GDPR SOX', 'Business Critical Data'],
  ['GDPR HIPAA', 'Business Critical Data'],
  ['GDPR CCPA', 'Application Data'],
  ['GDPR PCI-DSS', null],
  ['SOX HIPAA', 'Business Critical Data'],
  ['SOX CCPA', null],
  ['SOX PCI-DSS', 'System Logs'],
  ['HIPAA CCPA', null],
  ['HIPAA PCI-DSS', null],
  ['CCPA PCI-DSS', null],
  ['GDPR SOX HIPAA', 'Business Critical Data'],
  ['GDPR SOX CCPA', null],
  ['GDPR SOX PCI-DSS', null],
  ['GDPR HIPAA CCPA', null],
  ['GDPR HIPAA PCI-DSS', null],
  ['GDPR CCPA PCI-DSS', null],
  ['SOX HIPAA CCPA', null],
  ['SOX HIPAA PCI-DSS', null],
  ['SOX CCPA PCI-DSS', null],
  ['HIPAA CCPA PCI-DSS', null],
  ['GDPR SOX HIPAA CCPA', null],
  ['GDPR SOX HIPAA PCI-DSS', null],
  ['GDPR SOX CCPA PCI-DSS', null],
  ['GDPR HIPAA CCPA PCI-DSS', null],
  ['SOX HIPAA CCPA PCI-DSS', null],
  ['GDPR SOX HIPAA CCPA PCI-DSS', null],
];
const byName: Record<string, string | null | undefined> = {
  'no policy of its own': undefined,
  'Business Critical Data': 'Business Critical Data',
  'Application Data': 'Application Data',
  'System Logs': 'System Logs',
  'a retired policy': null,
  'a policy under review': null,
  'an unknown policy': null,
};
const idNamed: Record<string, string | null> = {
  'no policy of its own': null,
  'Business Critical Data': critical.policy_id,
  'Application Data': application.policy_id,
  'System Logs': logs.policy_id,
  'a retired policy': retired.policy_id,
  'a policy under review': reviewed.policy_id,
  'an unknown policy': randomUUID(),
};

const labels = Object.keys(bySensitivity);
const pairs = labels.flatMap((one, index) => labels.slice(index + 1).map((other) => [one, other]));
const classifications: string[][] = [[], ...labels.map((label) => [label]), ...pairs, labels];

/** The strongest of the labels; the classification decides nothing when it is null. */
const strongest = (classification: string[]): string | null =>
  ['Business Critical Data', 'Application Data'].find((name) => classification.some((label) => bySensitivity[label] === name)) ?? null;

it.each(byRequirements)('requirements [%s]: every classification, every policy named, in both orders', (requirements, covering) => {
  const required = requirements === '' ? [] : requirements.split(' ');
  for (const [naming, named] of Object.entries(byName)) {
    for (const classification of classifications) {
      const sensitive = strongest(classification);
      const rule = named !== undefined ? 'explicit' : sensitive ? 'sensitivity' : covering ? 'compliance' : 'default';
      const expected = named !== undefined ? named : (sensitive ?? covering ?? 'System Logs');
      for (const reversed of [false, true]) {
        const inOrder = <T>(values: T[]) => (reversed ? values.toReversed() : values);
        const choice = choosePolicy(system(inOrder(classification), inOrder(required), idNamed[naming]!), inOrder(policies));
        const what = `${naming}, [${classification.join(', ')}]`;
        expect([what, choice.policy?.policy_name ?? null, choice.rule]).toEqual([what, expected, rule]);
      }
    }
  }
});

it('has a row for every subset of the requirements, and for every classification', () => {
  expect(new Set(byRequirements.map(([requirements]) => requirements)).size).toBe(32);
  expect(classifications).toHaveLength(1 + 10 + 45 + 1);
});

it.each(byRequirements)('requirements [%s]: each answer explains itself', (requirements) => {
  for (const classification of classifications) {
    const choice = choosePolicy(system(classification, requirements === '' ? [] : requirements.split(' ')), policies);
    expect(choice.steps.map((step) => step.rule)).toEqual(['explicit', 'sensitivity', 'compliance', 'default']);
    expect(choice.steps.filter((step) => step.outcome === 'chosen').map((step) => step.rule)).toEqual([choice.rule]);
    expect(choice.considered.map(({ policy_name }) => policy_name)).toEqual([
      'Application Data',
      'Business Critical Data',
      'Draft Records',
      'Old Records',
      'System Logs',
    ]);
    expect(choice.considered.filter(({ outcome }) => outcome === 'chosen').map(({ policy_id }) => policy_id)).toEqual([
      choice.policy!.policy_id,
    ]);
    expect([...choice.steps, ...choice.considered].every(({ reason }) => reason.length > 8)).toBe(true);
  }
});

it('says of each policy why it was not chosen', () => {
  const reasons = (...of: Parameters<typeof system>) =>
    Object.fromEntries(choosePolicy(system(...of), policies).considered.map(({ policy_name, reason }) => [policy_name, reason]));
  expect(reasons([], ['GDPR'])).toEqual({
    'Application Data': 'Of the policies that cover GDPR, "Application Data" keeps the data for the shortest time',
    'Business Critical Data': 'keeps data for 2555 days, longer than the 1095 of "Application Data"',
    'Draft Records': 'is under review and not given out newly',
    'Old Records': 'is retired',
    'System Logs': 'does not cover GDPR',
  });
  expect(reasons(['PII'], ['HIPAA'])['System Logs']).toBe('the rule "sensitivity" decided: Holds PII; does not cover HIPAA');
});

it('never guesses when the standard policy that a rule calls for is gone', () => {
  const without = policies.map((policy) => (policy === logs ? { ...policy, status: 'inactive' as const } : policy));
  const choice = choosePolicy(system([], []), without);
  expect(choice).toMatchObject({ policy: null, rule: 'default' });
  expect(choice.steps.at(-1)).toMatchObject({ outcome: 'rejected', reason: expect.stringContaining('"System Logs" is retired') });
});

it('leaves a policy under review where it is assigned already, and gives it to nobody else', () => {
  const under = policies.map((policy) => (policy === critical ? { ...policy, status: 'under_review' as const } : policy));
  expect(choosePolicy(system(['PII'], []), under).policy).toBeNull();
  expect(choosePolicy(system(['PII'], []), under, critical.policy_id).policy?.policy_id).toBe(critical.policy_id);
});
