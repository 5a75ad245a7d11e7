import { CodedError, isCodedError } from '@lastcopy/kernel';
import { describeConnection, type PostgresConnection } from './postgres-connection.js';
import { asError, sourceError } from './source-errors.js';

const transient = new Set(['SOURCE_LOST', 'SOURCE_UNREACHABLE', 'SOURCE_STALLED']);

/** A lost connection stays what it is, since trying again helps; whatever else the target answers is RESTORE_FAILED with its words. */
export function restoreError(error: unknown, connection: PostgresConnection, doing: string): unknown {
  const { code, message } = asError(error) as Error & { code?: string };
  const isServers = /^[0-9A-Z]{5}$/.test(code ?? '');
  if (isCodedError(error) && (transient.has(error.code) || !error.code.startsWith('SOURCE_'))) return error;
  if (!isCodedError(error) && !isServers && !/^Connection terminated|ECONN|EPIPE/.test(message)) return error;
  const cause = sourceError(error, connection, doing);
  if (transient.has(cause.code)) return cause;
  const server = (isServers ? error : cause.cause) as { message?: string; detail?: string; where?: string } | undefined;
  const words = [server?.message ?? cause.message, server?.detail, server?.where].filter((part) => part !== undefined).join('; ');
  return new CodedError('RESTORE_FAILED', `${doing} into ${describeConnection(connection)} failed: ${words}`, { cause: error });
}
