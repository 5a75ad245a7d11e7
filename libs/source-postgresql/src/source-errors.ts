import { types } from 'node:util';
import { CodedError, isCodedError, type ErrorCode } from '@lastcopy/kernel';
import { describeConnection, type PostgresConnection } from './postgres-connection.js';

interface ServerError extends Error {
  code?: string;
  routine?: string;
  detail?: string;
}

const bySqlState: Record<string, ErrorCode> = {
  '28000': 'SOURCE_AUTHENTICATION',
  '28P01': 'SOURCE_AUTHENTICATION',
  '3D000': 'SOURCE_DATABASE_MISSING',
  '42501': 'SOURCE_PRIVILEGE',
  '55P03': 'SOURCE_LOCKED',
  '40P01': 'SOURCE_LOCKED',
  // before any word of the message is weighed: the server's own memory ran short, no value is too large
  '53200': 'SOURCE_LOST',
  '57P01': 'SOURCE_LOST',
  '57P02': 'SOURCE_LOST',
  '57P03': 'SOURCE_UNREACHABLE',
  '53300': 'SOURCE_UNREACHABLE',
  // a relation or column that was there a moment ago
  '42P01': 'SOURCE_SCHEMA_CHANGED',
  '42703': 'SOURCE_SCHEMA_CHANGED',
  '3F000': 'SOURCE_SCHEMA_CHANGED',
  '54000': 'SOURCE_UNSUPPORTED',
  '0A000': 'SOURCE_UNSUPPORTED',
  // a value whose text does not fit one gigabyte, or bytes that are no valid text
  '22021': 'SOURCE_UNSUPPORTED',
  '22P05': 'SOURCE_UNSUPPORTED',
};

/** Not `instanceof`: an error of another realm (a vm context, a test runner) is one too. */
export const asError = (error: unknown): Error => (types.isNativeError(error) || error instanceof Error ? error : new Error(String(error)));

const codeOf = (error: ServerError): ErrorCode => {
  if (error.routine === 'check_enable_rls') return 'SOURCE_ROW_SECURITY';
  const known = error.code === undefined ? undefined : bySqlState[error.code];
  if (known) return known;
  if (/invalid memory alloc request size|out of memory|string buffer exceeds maximum/i.test(error.message)) return 'SOURCE_UNSUPPORTED';
  // connection, rolled-back transaction, shortage of disk or memory, operator: it passes, and the data is as good as before
  if (/^(08|40|53|57)/.test(error.code ?? '') || !/^[0-9A-Z]{5}$/.test(error.code ?? '')) return 'SOURCE_LOST';
  return 'SOURCE_UNSUPPORTED';
};

/** What a statement on an open connection failed with, as a coded error that says what was done. */
export function sourceError(error: unknown, connection: PostgresConnection, doing: string): CodedError {
  if (isCodedError(error)) return error;
  const cause: ServerError = asError(error);
  const detail = cause.detail ? ` (${cause.detail})` : '';
  return new CodedError(codeOf(cause), `${doing} in ${describeConnection(connection)} failed: ${cause.message}${detail}`, { cause });
}

/** What Node says of a certificate that it does not trust, or that is another host's. */
const certificateFaults = /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|ERR_TLS/;

const unreachable: Record<string, string> = {
  ECONNREFUSED: 'the connection was refused: nothing listens there',
  ENOTFOUND: 'the host name is not known to DNS',
  EAI_AGAIN: 'the host name could not be resolved: DNS did not answer',
  ETIMEDOUT: 'the connection timed out: a firewall may drop it',
  EHOSTUNREACH: 'no route leads to the host',
  ENETUNREACH: 'no route leads to the network',
  ECONNRESET: 'the connection was reset while it was made',
};

/** What connecting failed with. Happy Eyeballs reports several addresses at once: the first tells. */
export function connectError(error: unknown, connection: PostgresConnection): CodedError {
  if (isCodedError(error)) return error;
  const outer = asError(error);
  const cause: ServerError = 'errors' in outer && Array.isArray(outer.errors) && outer.errors.length > 0 ? asError(outer.errors[0]) : outer;
  const where = describeConnection(connection);
  const known = cause.code === undefined ? undefined : bySqlState[cause.code];
  if (known) return new CodedError(known, `Connecting to ${where} failed: ${cause.message}`, { cause: outer });
  if (/does not support SSL/.test(cause.message) || certificateFaults.test(cause.code ?? '')) {
    const message = `Connecting to ${where} over TLS failed: ${cause.message}`;
    return new CodedError('SOURCE_TLS', message, { cause: outer });
  }
  if (/password|SASL|SCRAM/i.test(cause.message)) {
    return new CodedError('SOURCE_AUTHENTICATION', `Connecting to ${where} failed: ${cause.message}`, { cause: outer });
  }
  const timedOut = /timeout expired/.test(cause.message) ? unreachable.ETIMEDOUT : undefined;
  const why = timedOut ?? unreachable[cause.code ?? ''] ?? cause.message;
  return new CodedError('SOURCE_UNREACHABLE', `Connecting to ${where} failed: ${why}.`, {
    cause: outer,
    details: { host: connection.host, port: connection.port },
  });
}
