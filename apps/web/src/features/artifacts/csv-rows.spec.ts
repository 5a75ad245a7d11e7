import { expect, it } from '@jest/globals';
import { delimiterOf, firstRows, shownRows } from './csv-rows.js';

it('knows by the first line what separates the fields', () => {
  expect(delimiterOf('system;policy, if any;days\n1,2,3,4')).toBe(';');
  expect(delimiterOf('system\tdays\n')).toBe('\t');
  expect(delimiterOf('system,days')).toBe(',');
  expect(delimiterOf('')).toBe(',');
});

it('reads quoted fields, a byte order mark and rows of uneven length', async () => {
  expect(await firstRows('\ufeffsystem;policy\n"a;b";"say ""yes"""\n\nc\n')).toEqual([['system', 'policy'], ['a;b', 'say "yes"'], ['c']]);
});

it('reads no further than it takes to know that there is more', async () => {
  const rows = Array.from({ length: 5_000 }, (_, row) => `${row},x`).join('\n');
  expect(await firstRows(`id,name\n${rows}`)).toHaveLength(shownRows + 2);
});
