import type { Authenticated } from '../auth/authenticate.js';
import type { Answer } from '../http/answer.js';
import { queryValue, type S3Request } from '../http/s3-request.js';
import { S3Error } from '../s3-error.js';
import type { ObjectFiles } from '../store/object-files.js';

/** One authenticated request, and what it works on. */
export interface Call {
  readonly request: S3Request;
  readonly auth: Authenticated;
  readonly store: ObjectFiles;
  /** When the request was taken up: milliseconds since 1970. */
  readonly nowMs: number;
}

export type Operation = (call: Call) => Answer | Promise<Answer>;

export const maxDocumentBytes = 4 * 1024 ** 2;

export const header = (call: Call, name: string): string | undefined => call.request.headers[name];

export const bypassesGovernance = (call: Call): boolean => header(call, 'x-amz-bypass-governance-retention')?.toLowerCase() === 'true';

/** A whole number of the query within bounds. Throws InvalidArgument. */
export const queryNumber = (call: Call, name: string, fallback: number, max: number): number => {
  const text = queryValue(call.request, name);
  if (text === undefined || text === '') return fallback;
  if (!/^\d{1,9}$/.test(text)) throw new S3Error('InvalidArgument', `${name} must be a whole number.`);
  return Math.min(Number(text), max);
};

/** Blobs that the index no longer names. If this fails the next start removes them, so the answer does not depend on it. */
export const removeOrphans = async (call: Call, orphans: readonly string[]): Promise<void> => {
  await call.store.blobs.remove(orphans).catch(() => undefined);
};
