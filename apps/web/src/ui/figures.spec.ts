import { bytes, counted, duration, isoDuration, retention } from './figures.js';

it.each([
  [0, '0 B'],
  [999, '999 B'],
  [1_000, '1 kB'],
  [165_300_000, '165.3 MB'],
  [4_000_000_000_000, '4 TB'],
])('says %d bytes as %s', (value, said) => {
  expect(bytes(value)).toBe(said);
});

it.each([
  [0, '0 s'],
  [0.4, 'under 1 s'],
  [59, '59 s'],
  [60, '1 min'],
  [61, '1 min 1 s'],
  [3_600, '1 h'],
  [7_505, '2 h 5 min'],
  [90_061, '1 d 1 h'],
])('says %d seconds as %s', (seconds, said) => {
  expect(duration(seconds)).toBe(said);
});

it('counts in words', () => {
  expect(counted(1, 'system')).toBe('1 system');
  expect(counted(1_200, 'system')).toBe('1,200 systems');
  expect(retention(365)).toBe('365 days (1 year)');
  expect(retention(2_555)).toBe('2,555 days (7 years)');
  expect(retention(400)).toBe('400 days');
});

it.each([
  ['P7Y', '7 years'],
  ['P1Y', '1 year'],
  ['P18M', '18 months'],
  ['P1Y6M', 'P1Y6M'],
])('says the period %s as %s', (value, said) => {
  expect(isoDuration(value)).toBe(said);
});
