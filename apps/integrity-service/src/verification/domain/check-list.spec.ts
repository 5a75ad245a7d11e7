import { CheckList, maxListedChecks } from './check-list.js';

it('lists what was compared, and shortens long values', () => {
  const checks = new CheckList();
  expect(checks.compare('readable: table 1 rows', 3, 3)).toBe(true);
  expect(checks.compare('readable: table 2 rows', 3, 'x'.repeat(1000))).toBe(false);
  const [first, second] = checks.listed();
  expect(first).toEqual({ name: 'readable: table 1 rows', passed: true, expected: '3', actual: '3' });
  expect(second!.actual).toHaveLength(300);
});

it('never loses a failure among many checks, and counts what it leaves out', () => {
  const checks = new CheckList();
  for (let table = 1; table <= 5000; table += 1) checks.compare(`restored: table ${table} rows`, table, table === 4711 ? 0 : table);
  const listed = checks.listed();
  expect(listed).toHaveLength(maxListedChecks);
  expect(listed).toContainEqual({ name: 'restored: table 4711 rows', passed: false, expected: '4711', actual: '0' });
  expect(listed.at(-1)).toEqual({ name: 'further checks', passed: true, expected: '4701 passed', actual: '4701 passed' });
  expect(checks.all).toHaveLength(5000);
});
