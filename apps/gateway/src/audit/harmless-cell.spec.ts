import { harmlessCell } from './harmless-cell.js';

it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '\n=1+1', ' =1+1', '＝1+1', '＋1', '－1', '＠SUM'])(
  'keeps %j from being a formula',
  (text) => {
    expect(harmlessCell(text)).toBe(`'${text}`);
  },
);

it.each(['', 'plain', '1-2', 'a=b', '2026-11-23', '’=1'])('leaves %j as it is', (text) => {
  expect(harmlessCell(text)).toBe(text);
});
