import type { VerificationCheck } from '@lastcopy/contracts';

/** An event must stay far below what one message carries; the attestation's digest covers the checks that are left out. */
export const maxListedChecks = 300;
const maxTextLength = 300;

const clip = (text: string): string => (text.length <= maxTextLength ? text : `${text.slice(0, maxTextLength - 1)}…`);

/** Every check that a run made, in order. */
export class CheckList {
  private readonly made: VerificationCheck[] = [];

  /** Notes that `actual` was compared with `expected`; answers whether they are equal. */
  compare(name: string, expected: string | number, actual: string | number): boolean {
    const passed = String(expected) === String(actual);
    this.made.push({ name, passed, expected: clip(String(expected)), actual: clip(String(actual)) });
    return passed;
  }

  note(check: VerificationCheck): void {
    this.made.push({ ...check, expected: clip(check.expected), actual: clip(check.actual) });
  }

  get all(): readonly VerificationCheck[] {
    return this.made;
  }

  /** At most `maxListedChecks`, in order; failures are never the ones left out. One last entry counts what is not listed. */
  listed(): VerificationCheck[] {
    if (this.made.length <= maxListedChecks) return [...this.made];
    const room = maxListedChecks - 1;
    const failed = this.made.filter(({ passed }) => !passed).slice(0, room);
    const kept = new Set([...failed, ...this.made.filter(({ passed }) => passed).slice(0, room - failed.length)]);
    const rest = this.made.filter((check) => !kept.has(check));
    const passed = rest.filter((check) => check.passed).length;
    return [
      ...this.made.filter((check) => kept.has(check)),
      { name: 'further checks', passed: passed === rest.length, expected: `${rest.length} passed`, actual: `${passed} passed` },
    ];
  }
}
