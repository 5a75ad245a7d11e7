import { CodedError } from '@lastcopy/kernel';
import { Findings, isVerdict } from './findings.js';

const sqlError = (code: string) => Object.assign(new Error('server says no'), { code });

it.each(['ARCHIVE_OBJECT_MISSING', 'ARCHIVE_OBJECT_DAMAGED', 'ARCHIVE_CONTENT_MISMATCH', 'RETENTION_NOT_IN_FORCE'] as const)(
  '%s is a verdict',
  (code) => {
    expect(isVerdict(new CodedError(code, 'x'))).toBe(true);
  },
);

it.each(['STORE_UNREACHABLE', 'STORE_DENIED', 'STORE_STALLED', 'SOURCE_LOST', 'SOURCE_UNREACHABLE', 'CONFIGURATION_INVALID'] as const)(
  '%s says nothing about the archive',
  (code) => {
    expect(isVerdict(new CodedError(code, 'x'))).toBe(false);
  },
);

it('tells rows that do not fit from a scratch server in trouble', () => {
  const refused = (code: string) =>
    isVerdict(new CodedError('RESTORE_FAILED', 'x', { cause: new CodedError('INTERNAL', 'y', { cause: sqlError(code) }) }));
  for (const code of ['22P02', '23505', '42P01', '22P04']) expect([code, refused(code)]).toEqual([code, true]);
  for (const code of ['53100', '53300', '57P01', '58P01', '0A000', '42501', 'XX000']) expect([code, refused(code)]).toEqual([code, false]);
  expect(isVerdict(new TypeError('a defect of ours'))).toBe(false);
});

it('notes what it compared before it refuses', () => {
  const findings = new Findings();
  expect(() => findings.require('readable: table 1 records', 3, 2, 'data/t-0001')).toThrow(
    expect.objectContaining({ code: 'ARCHIVE_CONTENT_MISMATCH', message: expect.stringContaining('data/t-0001') }),
  );
  expect(findings.checks.listed()).toEqual([{ name: 'readable: table 1 records', passed: false, expected: '3', actual: '2' }]);
});
