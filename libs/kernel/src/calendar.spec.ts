import { addDuration, isoDate } from './index.js';

it.each([
  ['2026-11-22', 'P7Y', '2033-11-22'],
  ['2024-02-29', 'P1Y', '2025-03-01'],
  ['2026-01-31', 'P1M', '2026-03-01'],
  ['2026-11-22', 'P24M', '2028-11-22'],
  ['2026-12-31', 'P2D', '2027-01-02'],
])('%s plus %s is %s', (start, duration, end) => {
  expect(isoDate(addDuration(new Date(`${start}T00:00:00Z`), duration))).toBe(end);
});

it('refuses what is no duration of years, months or days', () => {
  expect(() => addDuration(new Date(), 'P1Y6M')).toThrow(expect.objectContaining({ code: 'VALIDATION_FAILED' }));
});
