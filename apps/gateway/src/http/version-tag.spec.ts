import { versionOf, versionTag } from './version-tag.js';

it.each([
  ['"3"', 3],
  ['W/"3"', 3],
  ['3', 3],
  ['*', null],
  [undefined, null],
])('reads %s', (header, version) => {
  expect(versionOf(header)).toBe(version);
});

it.each(['', '"0"', '"three"', '"3", "4"', '-1'])('refuses %j', (header) => {
  expect(() => versionOf(header)).toThrow(expect.objectContaining({ code: 'VALIDATION_FAILED' }));
});

it('reads what it wrote', () => {
  expect(versionOf(versionTag(12))).toBe(12);
});
