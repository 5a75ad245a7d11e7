import { findConflicts } from './find-conflicts.js';
import { regulationCatalogue } from './regulation-catalogue.js';

const conflicts = (data_classification: string[], compliance_requirements: string[], retention_period_days = 2555) =>
  findConflicts({ data_classification, compliance_requirements, retention_period_days }).map(
    ({ requirement, against }) => `${requirement} against ${against}`,
  );

// Written by hand: classification, requirements, the policy's days → what a person has to resolve.
it.each([
  [['PII'], ['GDPR', 'SOX'], 2555, ['GDPR against SOX']],
  [['PHI'], ['GDPR', 'HIPAA'], 2555, ['GDPR against HIPAA']],
  [['PII'], ['HIPAA', 'GDPR', 'SOX'], 2555, ['GDPR against SOX', 'GDPR against HIPAA']],
  [['User Data'], ['SOX', 'GDPR'], 1095, ['GDPR against SOX']],
  [['Financial'], ['SOX', 'GDPR'], 2555, ['GDPR against SOX']],
  [[], ['SOX', 'GDPR'], 2555, ['GDPR against SOX']],
  [['Payroll of Lyon'], ['SOX', 'GDPR'], 2555, ['GDPR against SOX']],
  [['Public'], ['SOX', 'GDPR'], 2555, []],
  [['Configuration Files', 'System Events'], ['SOX', 'GDPR'], 2555, []],
  [['Public', 'PII'], ['SOX', 'GDPR'], 2555, ['GDPR against SOX']],
  [['PII'], ['GDPR'], 2555, []],
  [['PII'], ['SOX', 'HIPAA'], 2555, []],
  [['User Data'], ['GDPR', 'CCPA'], 1095, []],
  [['User Data'], ['GDPR', 'CCPA'], 365, ['GDPR against CCPA']],
  [['Security Logs'], ['GDPR', 'PCI-DSS'], 365, []],
  [['PII'], ['CCPA', 'SOX'], 2555, []],
  [['Financial'], ['PCI-DSS', 'SOX'], 365, []],
  [[], [], 365, []],
])('%j under %j with a policy of %i days: %j', (classification, requirements, days, expected) => {
  expect(conflicts(classification, requirements, days)).toEqual(expected);
});

it('says both clauses, and that the maximum has no number', () => {
  const [conflict] = findConflicts({ data_classification: ['PII'], compliance_requirements: ['GDPR', 'SOX'], retention_period_days: 2555 });
  expect(conflict).toMatchObject({
    maximum: null,
    clause: expect.stringContaining('5(1)(e)'),
    against_clause: expect.stringContaining('210.2-06'),
  });
  expect(conflict!.statement).toContain('no longer than its purpose needs');
});

it('compares a maximum that has a number with the minimum', () => {
  const limited = (duration: string) => regulationCatalogue.map((rule) => (rule.requirement === 'GDPR' ? { ...rule, duration } : rule));
  const system = { data_classification: ['PII'], compliance_requirements: ['GDPR', 'HIPAA'], retention_period_days: 400 };
  expect(findConflicts(system, limited('P10Y'))).toEqual([]);
  expect(findConflicts(system, limited('P5Y'))).toHaveLength(1);
});
