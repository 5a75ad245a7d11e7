import type { EventData } from '@lastcopy/contracts';
import { documentRetention } from './retention-of-documents.js';

type Assignment = Pick<EventData<'PolicyAssigned'>, 'retention_period_days' | 'minima'>;

const from = new Date('2026-03-01T10:00:00.000Z');
const retention = (assignments: Assignment[], leastDays = 100) => {
  const facts = { assignments: new Map(assignments.map((each, index) => [`system-${index}`, each])) };
  return documentRetention(facts as unknown as Parameters<typeof documentRetention>[0], leastDays, from).toISOString();
};
const days = (retention_period_days: number): Assignment => ({ retention_period_days, minima: [] });
const atLeast = (duration: string): Assignment => ({
  retention_period_days: 30,
  minima: [{ requirement: 'SOX', duration }] as unknown as Assignment['minima'],
});

it("is the deployment's least where no archive is kept longer", () => {
  expect(retention([])).toBe('2026-06-09T10:00:00.000Z');
  expect(retention([days(99)])).toBe('2026-06-09T10:00:00.000Z');
});

it.each([[[days(365), days(2555), days(30)]], [[days(2555)]], [[days(30), days(2555)]]])(
  'follows the longest assignment of the flow, wherever it stands',
  (assignments) => {
    expect(retention(assignments)).toBe('2033-02-27T10:00:00.000Z');
  },
);

it('follows a minimum of the law that is longer than the policy, by the calendar', () => {
  expect(retention([days(365), atLeast('P7Y')])).toBe('2033-03-01T10:00:00.000Z');
  expect(retention([days(2555), atLeast('P1Y')])).toBe('2033-02-27T10:00:00.000Z');
});
