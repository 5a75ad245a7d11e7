import type { VerificationLevel } from '@lastcopy/contracts';
import { isCodedError } from '@lastcopy/kernel';

export type OfflineLevel = Extract<VerificationLevel, 'stored' | 'fixity' | 'readable'>;
export const offlineLevels: readonly OfflineLevel[] = ['stored', 'fixity', 'readable'];

export interface OfflineCheck {
  readonly level: OfflineLevel;
  readonly name: string;
  /** Object or data set that the check is about. */
  readonly where: string;
  readonly passed: boolean;
  readonly expected: string;
  readonly actual: string;
}

/** Collects checks; each is looked at even when another failed, so that one run names all that is wrong. */
export class CheckReport {
  readonly checks: OfflineCheck[] = [];

  get failed(): OfflineCheck[] {
    return this.checks.filter(({ passed }) => !passed);
  }

  compare(level: OfflineLevel, name: string, where: string, expected: string | number, actual: string | number): void {
    this.checks.push({ level, name, where, passed: expected === actual, expected: String(expected), actual: String(actual) });
  }

  /** Runs a check; an error that is a verdict on the archive is its failure. Anything else means it could not be made, and is thrown. */
  async attempt(level: OfflineLevel, name: string, where: string, expected: string, check: () => Promise<void>): Promise<boolean> {
    try {
      await check();
      this.checks.push({ level, name, where, passed: true, expected, actual: expected });
      return true;
    } catch (error) {
      const verdict = isCodedError(error) && (error.errorClass === 'integrity' || error.code === 'ARCHIVE_KEY_UNAVAILABLE');
      if (!verdict) throw error;
      this.checks.push({ level, name, where, passed: false, expected, actual: `${error.code}: ${error.message}` });
      return false;
    }
  }
}
