import { requiredVersion, versionOf, versionTag } from './version-tag.js';

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

it('asks for the version of what was looked at; any is an answer, none is not', () => {
  expect([requiredVersion('"3"', 'a policy'), requiredVersion('*', 'a policy')]).toEqual([3, null]);
  expect(() => requiredVersion(undefined, 'a policy')).toThrow(expect.objectContaining({ code: 'PRECONDITION_REQUIRED' }));
});
