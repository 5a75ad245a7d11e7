import { randomUUID } from 'node:crypto';
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { CodedError } from '@lastcopy/kernel';

/** What `lastcopy login` keeps between commands. Whoever reads the file can act as the person until it ends. */
export interface StoredSignIn {
  issuer: string;
  client_id: string;
  /** The person, as the issuer names them. */
  user_id: string;
  access_token: string;
  refresh_token?: string;
  /** ISO 8601; absent when the issuer did not say. */
  expires_at?: string;
}

/** Beside the profile that it belongs to. */
export const signInFile = (profilePath: string): string => profilePath.replace(/(\.json)?$/, '.sign-in.json');

/** What stands in `file`; null when nobody has signed in. Throws CONFIGURATION_INVALID for a file that cannot be read. */
export function loadSignIn(file: string): StoredSignIn | null {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as StoredSignIn;
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return null;
    // The parser's own message repeats what it read, and that is a token.
    throw new CodedError('CONFIGURATION_INVALID', `The sign-in in ${file} cannot be read: \`lastcopy logout\`, then \`lastcopy login\`.`);
  }
}

/** Replaces the file in one step, readable by its owner alone. */
export function keepSignIn(file: string, signIn: StoredSignIn): void {
  const fresh = `${file}.${randomUUID()}`;
  try {
    writeFileSync(fresh, JSON.stringify(signIn, null, 2), { mode: 0o600, flag: 'wx' });
    renameSync(fresh, file);
  } finally {
    rmSync(fresh, { force: true });
  }
}

export const forgetSignIn = (file: string): void => rmSync(file, { force: true });
