import { CodedError, isCodedError } from '@lastcopy/kernel';
import { QueryRunnerAlreadyReleasedError } from 'typeorm';

const transientStates = ['08', '53', '57P', '40001', '40P01', '55P03', '25P03', '57014'];
const transientErrnos = ['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH'];
const brokenConnection =
  /Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error|not queryable/;

const codeOf = (error: unknown): string => String((error as { code?: unknown } | null)?.code ?? '');

export const sqlStateOf = (error: unknown): string => codeOf((error as { driverError?: unknown }).driverError ?? error);

/** What TypeORM says of a connection that the server or the network ended between two statements: it has taken it back from us then. */
const lostBetweenStatements = (error: unknown): boolean => error instanceof QueryRunnerAlreadyReleasedError;

const isConnectionFailure = (error: unknown): boolean => {
  const code = sqlStateOf(error);
  return (
    lostBetweenStatements(error) ||
    transientErrnos.includes(code) ||
    (/^[0-9A-Z]{5}$/.test(code) && transientStates.some((state) => code.startsWith(state))) ||
    brokenConnection.test(String((error as Error | null)?.message))
  );
};

/** Whether the same thing may work when it is tried again: the database or the network failed, not the data. */
export const isTransient = (error: unknown): boolean =>
  isCodedError(error) ? error.errorClass === 'transient' : isConnectionFailure(error);

const uniqueViolation = '23505';
/** A sequence that a restore left behind: the fault of this database, no word of another log. */
const localOrder = 'received_events_log_seq_key';

/** Whether a row says something else than one that is stored. A disk, a full table or a defect says nothing of the kind. */
export function isContradiction(error: unknown): boolean {
  const cause = (error as { driverError?: { constraint?: unknown } } | null)?.driverError;
  return sqlStateOf(error) === uniqueViolation && cause?.constraint !== localOrder;
}

export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error)).replaceAll('\u0000', '');

export const errorCodeOf = (error: unknown): string => (isCodedError(error) ? error.code : 'INTERNAL');

/** A failure of the database as a coded transient error; anything else as it is. */
export const codedFailure = (error: unknown): unknown =>
  isCodedError(error) || !isConnectionFailure(error)
    ? error
    : new CodedError('SERVICE_UNAVAILABLE', `The event log's database failed: ${reasonOf(error)}. Repeat with the same command id.`, {
        cause: error,
      });

const reasonOf = (error: unknown): string =>
  lostBetweenStatements(error) ? 'the connection was lost within a transaction' : messageOf(error);
