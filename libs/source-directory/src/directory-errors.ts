import { CodedError, isCodedError, type ErrorCode } from '@lastcopy/kernel';

const codeByErrno: Record<string, ErrorCode> = {
  EACCES: 'SOURCE_PRIVILEGE',
  EPERM: 'SOURCE_PRIVILEGE',
  ENOENT: 'SOURCE_FILE_CHANGED',
  ENOTDIR: 'SOURCE_FILE_CHANGED',
  ELOOP: 'SOURCE_FILE_CHANGED',
};

const reasonByCode: Partial<Record<ErrorCode, string>> = {
  SOURCE_PRIVILEGE: 'may not be read by this process: grant read access (and search access on its folders), then archive again',
  SOURCE_FILE_CHANGED: 'went away or became something else while it was read: stop what writes there',
  SOURCE_LOST: 'could not be read: check the disk or the mount',
};

/** Quotes a path so that a newline or an escape sequence in a name cannot forge a line of a log. */
export const quoted = (path: string): string => JSON.stringify(path);

export const errnoOf = (error: unknown): string | undefined => (error as NodeJS.ErrnoException | null)?.code;

/** The coded form of a failed call to the file system below the root; all else (a coded error, a signal's reason) passes unchanged. */
export const sourceError = (error: unknown, path: string): unknown => {
  if (isCodedError(error) || typeof (error as NodeJS.ErrnoException | null)?.syscall !== 'string') return error;
  const code = codeByErrno[errnoOf(error) ?? ''] ?? 'SOURCE_LOST';
  return new CodedError(code, `${quoted(path)} ${reasonByCode[code]} (${errnoOf(error) ?? String(error)}).`, {
    cause: error,
    details: { path },
  });
};

export const fileChanged = (path: string, what: string): CodedError =>
  new CodedError('SOURCE_FILE_CHANGED', `${quoted(path)} changed while it was read (${what}): stop what writes there.`, {
    details: { path, what },
  });
