import fc from 'fast-check';
import { comparableJson } from './index.js';

it.each<[string, unknown, unknown]>([
  ['fields in another order', { a: 1, b: { c: 2, d: 3 } }, { b: { d: 3, c: 2 }, a: 1 }],
  ['absent, null and undefined', { a: 1 }, { a: 1, b: null, c: undefined }],
  ['the same within a list', [{ a: 1, b: null }], [{ a: 1 }]],
  ['nothing at all', undefined, null],
])('is the same text for %s', (_what, one, other) => {
  expect(comparableJson(one)).toBe(comparableJson(other));
});

it.each<[string, unknown, unknown]>([
  ['a list in another order', [1, 2], [2, 1]],
  ['a list with a gap', [1, null], [1]],
  ['a number and its text', { a: 1 }, { a: '1' }],
  ['false and absent', { a: false }, {}],
  ['an empty text and absent', { a: '' }, {}],
])('is another text for %s', (_what, one, other) => {
  expect(comparableJson(one)).not.toBe(comparableJson(other));
});

it('follows no order of fields, whatever they are', () => {
  const fields = fc.dictionary(fc.string(), fc.jsonValue());
  fc.assert(fc.property(fields, (all) => comparableJson(all) === comparableJson(Object.fromEntries(Object.entries(all).reverse()))));
});
