import { access, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { JSONWebKeySet } from 'jose';
import { createLocalKeyFileProvider, type KeyProvider } from '@lastcopy/archive-format';
import { CodedError } from '@lastcopy/kernel';

const SIGNERS_NAME = 'archive-signing.jwks.json';

/** One wrapping key that was found, and whose it is. */
export interface HeldKey {
  readonly role: 'tenant' | 'escrow';
  readonly provider: KeyProvider;
}

const exists = (file: string): Promise<boolean> =>
  access(file).then(
    () => true,
    () => false,
  );

async function heldKey(role: HeldKey['role'], file: string): Promise<HeldKey[]> {
  if (!(await exists(file))) return [];
  // Reading is no act of the running product: whoever holds the key's file may open the archive with it, in any environment.
  return [{ role, provider: await createLocalKeyFileProvider(file, { nodeEnv: undefined }) }];
}

/**
 * Wrapping keys as files: `tenant-<client_account_id>.key` and `escrow.key`, each `{kid, k}`.
 * @throws ARCHIVE_KEY_UNAVAILABLE naming the files that were looked for, CONFIGURATION_INVALID for one that is no key
 */
export async function readHeldKeys(dir: string, clientAccountId: string, escrowOnly: boolean): Promise<HeldKey[]> {
  const tenantFile = path.join(dir, `tenant-${clientAccountId}.key`);
  const escrowFile = path.join(dir, 'escrow.key');
  const tenant = escrowOnly ? [] : await heldKey('tenant', tenantFile);
  const keys = [...tenant, ...(await heldKey('escrow', escrowFile))];
  if (keys.length > 0) return keys;
  const files = escrowOnly ? escrowFile : `${tenantFile} nor ${escrowFile}`;
  throw new CodedError('ARCHIVE_KEY_UNAVAILABLE', `${escrowOnly ? 'There is no' : 'There is neither'} ${files}.`);
}

/** Public keys of those whose signature under a manifest counts. @throws CONFIGURATION_INVALID naming the file */
export async function readTrustedSigners(dir: string): Promise<JSONWebKeySet> {
  const file = path.join(dir, SIGNERS_NAME);
  try {
    const set = JSON.parse(await readFile(file, 'utf8')) as JSONWebKeySet;
    if (Array.isArray(set.keys) && set.keys.length > 0) return set;
  } catch (cause) {
    throw new CodedError(
      'CONFIGURATION_INVALID',
      `The archive signers' public keys cannot be read from ${file}: ${(cause as Error).message}. Name their folder with --keys.`,
      { cause },
    );
  }
  throw new CodedError('CONFIGURATION_INVALID', `${file} holds no public key: a manifest's signature could not be checked.`);
}
