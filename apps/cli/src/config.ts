import { readFileSync } from 'node:fs';
import path from 'node:path';
import { CodedError } from '@lastcopy/kernel';
import type { SignInSettings } from './sign-in/browser-sign-in.js';

/** Where a running Lastcopy is, as `npm start` writes it to `.data/stack.json`; an operator can write one for any deployment. */
export interface Profile {
  api_url: string;
  nats_url?: string;
  /** PEM file of the authority of the bus, where it is not on this machine. */
  nats_ca_file?: string;
  /** Seed of the operator's user of the bus: `doctor` and `events unpark`. */
  nats_operator_seed_file?: string;
  /** The tenant's read-only subscriber: `events tail`. */
  nats_subscriber?: { name: string; seed_file: string };
  client_account_id: string;
  engagement_id: string;
  /** How people sign in: `login`. */
  sign_in?: SignInSettings;
  /** Bearer tokens by person. */
  tokens?: Record<string, string>;
  /** Of a development stack alone: signs its demo people in anew, as a signature asks for a sign-in of the last minutes. */
  dev_token_secret?: string;
  /** Whose token is used unless somebody signed in, or `--as` names another. */
  default_person?: string;
  s3?: StoreSettings;
  /** Folder of wrapping keys and of the archive signers' public keys, for `restore` and `verify`. */
  keys_dir?: string;
  /** Read access to the services' databases, for `doctor`. */
  databases?: Record<string, string>;
}

export interface StoreSettings {
  endpoint?: string;
  region: string;
  access_key_id: string;
  secret_access_key: string;
}

export interface CliEnvironment {
  profilePath: string;
  token?: string;
  store?: StoreSettings;
  keysDir?: string;
}

/** All that the CLI takes from the process environment. */
export function readEnvironment(env: NodeJS.ProcessEnv, cwd: string): CliEnvironment {
  const { S3_ACCESS_KEY_ID, S3_SECRET_ACCESS_KEY, S3_ENDPOINT, S3_REGION, KEYS_DIR, LASTCOPY_TOKEN, LASTCOPY_PROFILE, LASTCOPY_DATA_DIR } =
    env;
  const store =
    S3_ACCESS_KEY_ID && S3_SECRET_ACCESS_KEY
      ? {
          region: S3_REGION ?? 'us-east-1',
          access_key_id: S3_ACCESS_KEY_ID,
          secret_access_key: S3_SECRET_ACCESS_KEY,
          ...(S3_ENDPOINT ? { endpoint: S3_ENDPOINT } : {}),
        }
      : undefined;
  return {
    profilePath: path.resolve(cwd, LASTCOPY_PROFILE ?? path.join(LASTCOPY_DATA_DIR ?? '.data', 'stack.json')),
    ...(LASTCOPY_TOKEN ? { token: LASTCOPY_TOKEN } : {}),
    ...(store ? { store } : {}),
    ...(KEYS_DIR ? { keysDir: path.resolve(cwd, KEYS_DIR) } : {}),
  };
}

export function loadProfile(file: string): Profile {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Profile;
  } catch (cause) {
    throw new CodedError(
      'CONFIGURATION_INVALID',
      `No profile at ${file}. Start Lastcopy with \`npm start\`, or set LASTCOPY_PROFILE to a profile file.`,
      { cause },
    );
  }
}
