import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { FlattenedEncrypt, flattenedDecrypt } from 'jose';
import { CodedError } from '@lastcopy/kernel';
import { wrapDifferences, wrapHeader, type KeyProvider, type WrapContext, type WrapDocument } from './key-provider.js';
import { ARCHIVE_KEY_BYTES } from './message.js';
import { placeOnce } from '@lastcopy/durable-file';

const WRAP_TYPE = 'lastcopy-key-wrap';

export interface LocalKeyFile {
  readonly kid: string;
  /** 32 bytes, base64url */
  readonly k: string;
}

const sizedKey = (file: LocalKeyFile): Uint8Array => {
  const key = Buffer.from(file.k ?? '', 'base64url');
  if (!file.kid || key.length !== ARCHIVE_KEY_BYTES) {
    throw new CodedError('CONFIGURATION_INVALID', `A wrapping key needs a "kid" and a "k" of ${ARCHIVE_KEY_BYTES} bytes in base64url.`);
  }
  return key;
};

async function decrypt(document: WrapDocument, key: Uint8Array, keyId: string, context: WrapContext) {
  try {
    return await flattenedDecrypt(document, key, { keyManagementAlgorithms: ['A256GCMKW'], contentEncryptionAlgorithms: ['A256GCM'] });
  } catch (cause) {
    const message = `Key ${keyId} does not open wrap ${context.wrap_id} of job ${context.job_id}: it was wrapped by another key, or damaged.`;
    throw new CodedError('ARCHIVE_KEY_UNAVAILABLE', message, { cause });
  }
}

/** Wraps with a 256-bit key held in memory (JWE, A256GCMKW and A256GCM). */
export function createSymmetricKeyProvider(file: LocalKeyFile): KeyProvider {
  const key = sizedKey(file);
  const keyId = file.kid;
  return {
    keyId,
    wrap: (archiveKey, context) =>
      new FlattenedEncrypt(archiveKey)
        .setProtectedHeader({ alg: 'A256GCMKW', enc: 'A256GCM', kid: keyId, typ: WRAP_TYPE, ...wrapHeader(context) })
        .encrypt(key),
    unwrap: async (document, context) => {
      const { plaintext, protectedHeader } = await decrypt(document, key, keyId, context);
      const differing = wrapDifferences(protectedHeader ?? {}, context);
      if (differing.length > 0 || protectedHeader?.typ !== WRAP_TYPE) {
        const what = differing.length > 0 ? `${differing.join(', ')} differ` : 'it is no key wrap';
        throw new CodedError(
          'ARCHIVE_OBJECT_MISPLACED',
          `Wrap ${context.wrap_id} of job ${context.job_id} was made for another one: ${what}.`,
        );
      }
      return plaintext;
    },
  };
}

export interface LocalKeyFileOptions {
  /** Of the running process. A key that lies in a file next to the archive's keeper is no protection in production. */
  readonly nodeEnv: string | undefined;
  /** Make the file when it is absent. */
  readonly create?: boolean;
}

const readText = (file: string): Promise<string | undefined> =>
  readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
    return undefined;
  });

async function keyFile(file: string, create: boolean): Promise<LocalKeyFile> {
  const standing = create ? await readText(file) : await readFile(file, 'utf8');
  if (standing !== undefined) return JSON.parse(standing) as LocalKeyFile;
  const fresh = {
    kid: `local:${path.basename(file, '.json')}:${randomBytes(6).toString('hex')}`,
    k: randomBytes(ARCHIVE_KEY_BYTES).toString('base64url'),
  };
  await placeOnce(file, `${JSON.stringify(fresh, null, 2)}\n`);
  // what stands there counts: another process may have been first, and archives depend on the key that stays
  return JSON.parse(await readFile(file, 'utf8')) as LocalKeyFile;
}

/**
 * A wrapping key in a file `{kid, k}`: for development and demonstrations.
 * @throws CONFIGURATION_INVALID in production, and when the file cannot be read
 */
export async function createLocalKeyFileProvider(file: string, options: LocalKeyFileOptions): Promise<KeyProvider> {
  if (options.nodeEnv === 'production') {
    throw new CodedError('CONFIGURATION_INVALID', `Key file ${file} is refused in production. Configure AWS KMS or Vault transit.`);
  }
  try {
    return createSymmetricKeyProvider(await keyFile(file, options.create ?? false));
  } catch (cause) {
    throw new CodedError('CONFIGURATION_INVALID', `Key file ${file} cannot be used: ${(cause as Error).message}`, { cause });
  }
}
