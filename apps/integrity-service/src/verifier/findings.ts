import type { VerificationLevel } from '@lastcopy/contracts';
import { CodedError, isCodedError, type ErrorCode } from '@lastcopy/kernel';
import { CheckList } from '../verification/domain/check-list.js';

/** What a run has found so far, and at which level it is. */
export class Findings {
  readonly checks = new CheckList();
  level: VerificationLevel = 'stored';
  /** Data sets that were read to their end, so that all their digests were compared. */
  readonly read = new Set<string>();

  /** Notes the comparison; throws `code` naming `where` when the values differ. */
  require(
    name: string,
    expected: string | number,
    actual: string | number,
    where: string,
    code: ErrorCode = 'ARCHIVE_CONTENT_MISMATCH',
  ): void {
    if (this.checks.compare(name, expected, actual)) return;
    throw new CodedError(code, `${where}: ${name} should be ${expected} and is ${actual}.`, { details: { where, check: name } });
  }
}

/** Errors that say something about the archive itself. */
const verdicts: readonly ErrorCode[] = [
  'ARCHIVE_OBJECT_MISSING',
  'ARCHIVE_OBJECT_DAMAGED',
  'ARCHIVE_OBJECT_MISPLACED',
  'ARCHIVE_MANIFEST_INVALID',
  'ARCHIVE_CONTENT_MISMATCH',
  'ARCHIVE_KEY_UNAVAILABLE',
  'RETENTION_NOT_IN_FORCE',
];

/**
 * SQLSTATE classes with which a server refuses what it was given: data, constraints, statements. All others (resources, shutdown, a missing
 * extension or locale, privileges) are the scratch server's own trouble and say nothing about the archive.
 */
const contentStates = /^(22|23|42(?!501)|44|P0)/;

export function sqlStateOf(error: unknown): string {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    const { code } = cause as { code?: unknown };
    if (typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code)) return code;
  }
  return '';
}

/** Whether the error is a verdict over the archive. Everything else only means that the check could not be carried out. */
export function isVerdict(error: unknown): error is CodedError {
  if (!isCodedError(error)) return false;
  if (error.code === 'RESTORE_FAILED') return contentStates.test(sqlStateOf(error));
  return verdicts.includes(error.code);
}
