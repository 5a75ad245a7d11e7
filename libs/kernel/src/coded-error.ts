import { errorRegistry, type ErrorClass, type ErrorCode } from './error-registry.js';

/**
 * An error that people and programs can act on: `message` says what and where, `hint` what to do next.
 * Its class decides what follows: `transient` is retried, all others are not; `integrity` also alarms.
 */
export class CodedError extends Error {
  readonly code: ErrorCode;
  readonly details?: Record<string, unknown>;

  constructor(code: ErrorCode, message: string, options: { cause?: unknown; details?: Record<string, unknown> } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'CodedError';
    this.code = code;
    if (options.details) this.details = options.details;
  }

  get errorClass(): ErrorClass {
    return errorRegistry[this.code].class;
  }

  get hint(): string {
    return errorRegistry[this.code].hint;
  }
}

/** A broken rule of an aggregate. */
export class DomainError extends CodedError {
  constructor(code: ErrorCode, message: string, details?: Record<string, unknown>) {
    super(code, message, details ? { details } : {});
    this.name = 'DomainError';
  }
}

export const isCodedError = (error: unknown): error is CodedError => error instanceof CodedError;
