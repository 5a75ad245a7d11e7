import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { ApiHeader } from '@nestjs/swagger';
import type { Request } from 'express';
import { CodedError } from '@lastcopy/kernel';

/** The route changes what somebody looked at, and says so in the API's description. @param required not for what may not exist yet */
export const TakesIfMatch = ({ required = true }: { required?: boolean } = {}) =>
  ApiHeader({ name: 'If-Match', required, schema: { type: 'string' } });

/** The header If-Match, if it was sent. */
export const IfMatch = createParamDecorator((_: unknown, context: ExecutionContext): string | undefined =>
  context.switchToHttp().getRequest<Request>().get('If-Match'),
);

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

/**
 * The version that If-Match names; null for any (`*`). Throws PRECONDITION_REQUIRED when the header is missing, and VALIDATION_FAILED.
 * @param what the thing that changes, with its article
 */
export function requiredVersion(ifMatch: string | undefined, what: string): number | null {
  if (ifMatch !== undefined) return versionOf(ifMatch);
  throw new CodedError(
    'PRECONDITION_REQUIRED',
    `A change of ${what} needs If-Match with the ETag of what was looked at: it may have changed since`,
  );
}
