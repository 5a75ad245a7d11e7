import { CodedError } from '@lastcopy/kernel';

/** The ETag of a version. */
export const versionTag = (version: number): string => `"${version}"`;

/** The version that If-Match names; null for none, or for any (`*`). Throws VALIDATION_FAILED for what is no tag of ours. */
export function versionOf(ifMatch: string | undefined): number | null {
  if (ifMatch === undefined || ifMatch.trim() === '*') return null;
  const [, digits] = /^(?:W\/)?"?(\d{1,9})"?$/.exec(ifMatch.trim()) ?? [];
  if (digits && Number(digits) > 0) return Number(digits);
  const errors = [{ pointer: '', detail: 'If-Match must be the ETag of the version that was looked at, for instance "3"' }];
  throw new CodedError('VALIDATION_FAILED', 'The header If-Match is not the tag of a version', { details: { errors } });
}
