import { determineRetentionPeriod, getComplianceRequirements } from './advise-retention.js';
import { regulationCatalogue } from './regulation-catalogue.js';

const asOf = new Date('2026-11-22T12:00:00Z');
const until = (compliance_requirements: string[], retention_period_days?: number) =>
  determineRetentionPeriod({
    compliance_requirements,
    data_types: [],
    asOf,
    retention_period_days: retention_period_days ?? null,
  }).retain_until_if_archived_now.slice(0, 10);

it.each([
  [[], undefined, '2027-11-22'],
  [[], 30, '2027-11-22'],
  [['SOX'], undefined, '2033-11-22'],
  [['HIPAA', 'SOX'], undefined, '2033-11-22'],
  [['HIPAA'], undefined, '2032-11-22'],
  [['CCPA'], 3650, '2036-11-19'],
  [['PCI-DSS'], undefined, '2027-11-22'],
  [['GDPR'], undefined, '2027-11-22'],
])('%j with %s days in mind is kept until %s', (requirements, days, expected) => {
  expect(until(requirements, days)).toBe(expected);
});

it('explains itself, and names what nobody asked about', () => {
  const advice = determineRetentionPeriod({ compliance_requirements: ['GDPR', 'SOX'], data_types: ['PHI'], asOf });
  expect(advice.conflicts).toHaveLength(1);
  expect(advice.consider).toEqual(['HIPAA']);
  const words = advice.explanation.join('\n');
  for (const part of ['17 CFR 210.2-06(a)) requires P7Y, which lengthens that to 2033-11-22', 'Conflict: ', 'HIPAA'])
    expect(words).toContain(part);
});

it('finds the requirements that speak of a type of data', () => {
  expect(getComplianceRequirements(['PHI']).consider).toEqual(['GDPR', 'HIPAA']);
  expect(getComplianceRequirements(['Public']).consider).toEqual([]);
});

it('cites a clause and carries a note for every entry, and a source for every number', () => {
  for (const { clause, note, says, duration, number_source } of regulationCatalogue) {
    expect([clause, note, says].every((text) => text.length > 10)).toBe(true);
    expect(duration === null).toBe(number_source === null);
  }
});
