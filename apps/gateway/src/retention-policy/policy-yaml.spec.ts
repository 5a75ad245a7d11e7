import type { FieldFault } from '@lastcopy/contracts';
import { isCodedError } from '@lastcopy/kernel';
import { parsePolicies } from './policy-yaml.js';

const file = (...lines: string[]) => ['lastcopy_policies: 1', 'policies:', ...lines].join('\n');
const policy = ['  - policy_name: Payroll', '    retention_period_days: 3650', '    storage_location: s3://archive-bucket/payroll/'];

function faultsIn(text: string): string[] {
  try {
    parsePolicies(text);
    return [];
  } catch (error) {
    if (!isCodedError(error) || error.code !== 'VALIDATION_FAILED') throw error;
    return ((error.details?.errors ?? []) as FieldFault[]).map(({ pointer, detail }) => `${pointer} ${detail}`);
  }
}

it('reads a policy, with what is left out as it is by default', () => {
  const [read] = parsePolicies(file(...policy)).policies;
  expect(read).toMatchObject({
    policy_name: 'Payroll',
    encryption_required: true,
    required_approvals: ['data_owner', 'compliance', 'legal'],
  });
});

it.each([
  ['an unknown key', file(...policy, '    retention_days: 7'), /\/policies\/0\/retention_days line 6: unknown key "retention_days"/],
  ['a key that stands twice', file(...policy, '    policy_name: Other'), /line 6: the key "policy_name" is there twice/],
  [
    'a wrong value',
    file('  - policy_name: P', '    retention_period_days: long', '    storage_location: s3://b-b/x/'),
    /\/policies\/0\/retention_period_days line 4: /,
  ],
  ['a missing field', file('  - policy_name: P', '    storage_location: s3://b-b/x/'), /\/policies\/0\/retention_period_days line 3: /],
  ['an alias', file(...policy, '    data_types: &a [x]', '    legal_basis: *a'), /line 7: aliases are not allowed/],
  ['a tag', file(...policy, '    description: !!js/function "x"'), /line 6: /],
  ['no list', 'lastcopy_policies: 1\npolicies: none', /\/policies line 2: must be a list/],
  ['another format', 'lastcopy_policies: 2\npolicies: []', /\/lastcopy_policies line 1: must be 1/],
  ['no map', '- a', /must be a map/],
  ['no YAML', 'policies: [', /line \d+: /],
])('names the line of %s', (_what, text, expected) => {
  expect(faultsIn(text).join('\n')).toMatch(expected);
});

it('answers a file of very many keys with few faults, and does not compare each key with every other', () => {
  const faults = faultsIn(Array.from({ length: 20_000 }, (_, index) => `k${index}: 1`).join('\n'));
  expect(faults).toHaveLength(51);
  expect(faults.at(-1)).toMatch(/and 19950 more/);
});
