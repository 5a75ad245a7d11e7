import { randomUUID } from 'node:crypto';
import type { FlowSystem } from '@lastcopy/contracts';
import { standardPolicies } from '../../retention-policy/domain/standard-policies.js';
import { choosePolicy } from './choose-policy.js';

const policies = standardPolicies.map((terms) => ({ policy_id: randomUUID(), version: 1, ...terms }));
const [critical, application, logs] = policies as [(typeof policies)[0], (typeof policies)[0], (typeof policies)[0]];

const system = (
  data_classification: string[],
  compliance_requirements: string[],
  retention_policy_id: string | null = null,
): FlowSystem => ({
  system_id: randomUUID(),
  system_name: 'Billing',
  data_classification,
  compliance_requirements,
  retention_policy_id,
  source: { kind: 'directory', path: '/srv/share' },
});

// Expected answers written out by hand from the four rules.
it.each([
  [['PII'], [], 'Business Critical Data', 'sensitivity'],
  [['PHI'], ['PCI-DSS'], 'Business Critical Data', 'sensitivity'],
  [['Financial'], ['CCPA'], 'Business Critical Data', 'sensitivity'],
  [['User Data'], [], 'Application Data', 'sensitivity'],
  [['User Data'], ['SOX'], 'Application Data', 'sensitivity'],
  [['User Data', 'PII'], [], 'Business Critical Data', 'sensitivity'],
  [['Security Logs'], [], 'System Logs', 'default'],
  [[], [], 'System Logs', 'default'],
  [[], ['SOX'], 'System Logs', 'compliance'],
  [[], ['PCI-DSS'], 'System Logs', 'compliance'],
  [[], ['GDPR'], 'Application Data', 'compliance'],
  [[], ['CCPA'], 'Application Data', 'compliance'],
  [[], ['HIPAA'], 'Business Critical Data', 'compliance'],
  [[], ['GDPR', 'CCPA'], 'Application Data', 'compliance'],
  [[], ['GDPR', 'SOX'], 'Business Critical Data', 'compliance'],
  [[], ['SOX', 'PCI-DSS'], 'System Logs', 'compliance'],
  [['Public'], ['CCPA', 'PCI-DSS'], 'System Logs', 'default'],
])('%j with %j → %s by %s', (classification, requirements, policyName, rule) => {
  const choice = choosePolicy(system(classification, requirements), policies);
  expect([choice.policy?.policy_name, choice.rule]).toEqual([policyName, rule]);
  expect(choice.steps.map((step) => step.rule)).toEqual(['explicit', 'sensitivity', 'compliance', 'default']);
  expect(choice.steps.filter((step) => step.outcome === 'chosen')).toHaveLength(1);
});

it.each([critical, application, logs])('an explicit policy wins over every other rule: $policy_name', (policy) => {
  expect(choosePolicy(system(['PII'], ['HIPAA'], policy.policy_id), policies)).toMatchObject({ policy, rule: 'explicit' });
});

it('never guesses when the explicit policy is unknown or retired', () => {
  expect(choosePolicy(system(['PII'], [], randomUUID()), policies)).toMatchObject({ policy: null, rule: 'explicit' });
  const retired = policies.map((policy) => (policy === logs ? { ...policy, status: 'inactive' as const } : policy));
  expect(choosePolicy(system([], [], logs.policy_id), retired)).toMatchObject({ policy: null, rule: 'explicit' });
  expect(choosePolicy(system([], []), retired)).toMatchObject({ policy: null, rule: 'default' });
});
