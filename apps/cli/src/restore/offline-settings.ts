import { existsSync } from 'node:fs';
import path from 'node:path';
import { CodedError } from '@lastcopy/kernel';
import type { S3StoreConfig } from '@lastcopy/object-store';
import { loadProfile, type CliEnvironment, type StoreSettings } from '../config.js';

/** Flags of every command that reads an archive without the services. */
export interface OfflineFlags {
  endpoint?: string;
  region?: string;
  keys?: string;
  /** Open with the escrow key alone. */
  escrow?: boolean;
  manifestVersion?: string;
  signatureVersion?: string;
  manifestSha256?: string;
}

export interface OfflineSettings {
  readonly store: S3StoreConfig;
  readonly keysDir: string;
  readonly escrowOnly: boolean;
}

function missing(what: string, how: string): CodedError {
  return new CodedError('CONFIGURATION_INVALID', `${what} is not known. ${how}`);
}

function storeConfig(settings: StoreSettings, flags: OfflineFlags): S3StoreConfig {
  const endpoint = flags.endpoint ?? settings.endpoint;
  return {
    region: flags.region ?? settings.region,
    accessKeyId: settings.access_key_id,
    secretAccessKey: settings.secret_access_key,
    ...(endpoint ? { endpoint, forcePathStyle: true } : {}),
  };
}

/**
 * Where the store and the keys are: flags before the environment before the profile, which need not exist.
 * @throws CONFIGURATION_INVALID saying what to set
 */
export function offlineSettings(environment: CliEnvironment, flags: OfflineFlags): OfflineSettings {
  const profile = existsSync(environment.profilePath) ? loadProfile(environment.profilePath) : undefined;
  const store = environment.store ?? profile?.s3;
  if (!store)
    throw missing('The object store', 'Set S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY, and S3_ENDPOINT or --endpoint unless it is AWS.');
  const keysDir = flags.keys ?? environment.keysDir ?? profile?.keys_dir;
  if (!keysDir) throw missing('The folder of the keys', 'Name it with --keys or KEYS_DIR.');
  return { store: storeConfig(store, flags), keysDir: path.resolve(keysDir), escrowOnly: flags.escrow ?? false };
}
