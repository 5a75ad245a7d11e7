import fc from 'fast-check';
import { retainUntil } from './retain-until.js';

const until = (archivedAt: string, days: number, ...durations: string[]) =>
  retainUntil(
    new Date(archivedAt),
    days,
    durations.map((duration) => ({ duration })),
  ).toISOString();

it('takes the later of the days and every minimum', () => {
  expect(until('2026-03-01T12:00:00Z', 2555)).toBe('2033-02-27T12:00:00.000Z');
  expect(until('2026-03-01T12:00:00Z', 2555, 'P7Y')).toBe('2033-03-01T12:00:00.000Z');
  expect(until('2026-03-01T12:00:00Z', 3650, 'P7Y', 'P6Y')).toBe('2036-02-27T12:00:00.000Z');
  expect(until('2026-03-01T12:00:00Z', 1, 'P18M', 'P400D')).toBe('2027-09-01T12:00:00.000Z');
});

it('never ends early where the calendar lacks the day', () => {
  expect(until('2028-02-29T00:00:00Z', 1, 'P7Y')).toBe('2035-03-01T00:00:00.000Z');
  expect(until('2026-01-31T00:00:00Z', 1, 'P1M')).toBe('2026-03-01T00:00:00.000Z');
});

it('rounds up to the seconds that stores keep', () => {
  expect(until('2026-03-01T12:00:00.001Z', 1)).toBe('2026-03-02T12:00:01.000Z');
});

it('refuses a duration that it does not understand', () => {
  expect(() => until('2026-03-01T12:00:00Z', 1, 'P1Y6M')).toThrow(expect.objectContaining({ code: 'VALIDATION_FAILED' }));
});

it('is never before any of its parts', () => {
  const start = fc.date({ min: new Date('2020-01-01T00:00:00Z'), max: new Date('2060-01-01T00:00:00Z'), noInvalidDate: true });
  fc.assert(
    fc.property(start, fc.integer({ min: 1, max: 20_000 }), fc.array(fc.integer({ min: 1, max: 40 })), (at, days, years) => {
      const end = retainUntil(
        at,
        days,
        years.map((each) => ({ duration: `P${each}Y` })),
      ).getTime();
      expect(end).toBeGreaterThanOrEqual(at.getTime() + days * 86_400_000);
      for (const each of years)
        expect(end).toBeGreaterThanOrEqual(new Date(at).setUTCFullYear(at.getUTCFullYear() + each, at.getUTCMonth(), 1));
    }),
  );
});
