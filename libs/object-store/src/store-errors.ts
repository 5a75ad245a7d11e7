import { CodedError, isCodedError, type ErrorCode } from '@lastcopy/kernel';
import { formatLocation } from './location.js';
import type { ObjectLocation } from './object-store.js';

interface SdkError {
  readonly name?: string;
  readonly code?: string;
  readonly message?: string;
  readonly $metadata?: { readonly httpStatusCode?: number; readonly attempts?: number };
}

const BY_NAME: Record<string, ErrorCode> = {
  NoSuchKey: 'ARCHIVE_OBJECT_MISSING',
  NoSuchVersion: 'ARCHIVE_OBJECT_MISSING',
  NotFound: 'ARCHIVE_OBJECT_MISSING',
  NoSuchUpload: 'STORE_FAILED',
  NoSuchBucket: 'STORE_BUCKET_MISSING',
  PreconditionFailed: 'STORE_CONFLICT',
  AccessDenied: 'STORE_DENIED',
  InvalidAccessKeyId: 'STORE_DENIED',
  SignatureDoesNotMatch: 'STORE_DENIED',
  ExpiredToken: 'STORE_DENIED',
  InvalidToken: 'STORE_DENIED',
  TimeoutError: 'STORE_STALLED',
  ObjectLocked: 'STORE_LOCKED',
};

const BY_STATUS: Record<number, ErrorCode> = {
  403: 'STORE_DENIED',
  404: 'ARCHIVE_OBJECT_MISSING',
  // a version id that names a delete marker
  405: 'ARCHIVE_OBJECT_MISSING',
  412: 'STORE_CONFLICT',
};

const NETWORK = new Set(['ECONNREFUSED', 'ECONNRESET', 'ENOTFOUND', 'EAI_AGAIN', 'EPIPE', 'EHOSTUNREACH', 'ENETUNREACH', 'ETIMEDOUT']);

export const sdkStatus = (error: unknown): number | undefined => (error as SdkError).$metadata?.httpStatusCode;
export const sdkName = (error: unknown): string => (error as SdkError).name ?? '';
export const sdkAttempts = (error: unknown): number => (error as SdkError).$metadata?.attempts ?? 1;

/** The SDK's retries may wrap the error of the socket and keep only its message. */
const isNetworkError = ({ code, message }: SdkError): boolean =>
  NETWORK.has(code ?? '') || (message ?? '').split(/\W+/).some((word) => NETWORK.has(word));

/** What a call asks of the store: an object that must stand there already, or to make one. */
export type Asked = 'standing' | 'new';

function codeOf(error: SdkError, asked: Asked): ErrorCode {
  const code = meaningOf(error);
  // a new object cannot be missing: what is gone is an upload (swept, or expired), and a next attempt begins its own
  return asked === 'new' && code === 'ARCHIVE_OBJECT_MISSING' ? 'STORE_FAILED' : code;
}

function meaningOf(error: SdkError): ErrorCode {
  const status = error.$metadata?.httpStatusCode;
  // SlowDown, throttling and every 5xx pass; a 404 without a body has only its status.
  if (status !== undefined && status >= 500) return 'STORE_FAILED';
  const named = BY_NAME[error.name ?? ''] ?? BY_NAME[error.code ?? ''];
  if (named) return named;
  if (isNetworkError(error)) return 'STORE_UNREACHABLE';
  return BY_STATUS[status ?? 0] ?? 'STORE_FAILED';
}

/** What a failed call means to us; keeps the SDK's error as `cause`, and passes coded errors and aborts through. */
export function toStoreError(
  error: unknown,
  operation: string,
  location: ObjectLocation,
  signal?: AbortSignal,
  asked: Asked = 'standing',
): Error {
  if (signal?.aborted) return signal.reason as Error;
  if (isCodedError(error)) return error;
  const sdkError = error as SdkError;
  const attempts = sdkAttempts(error);
  const said = [sdkError.name, sdkError.message].filter(Boolean).join(': ');
  return new CodedError(
    codeOf(sdkError, asked),
    `${operation} of ${formatLocation(location)} failed after ${attempts} attempt(s): ${said}`,
    {
      cause: error,
      details: { bucket: location.bucket, key: location.key, operation },
    },
  );
}
