import { randomUUID } from 'node:crypto';
import { mkdir, open, readFile, rename } from 'node:fs/promises';
import path from 'node:path';
import { calculateJwkThumbprint, exportJWK, generateKeyPair, type JSONWebKeySet, type JWK } from 'jose';
import { CodedError } from '@lastcopy/kernel';
import { placeOnce } from '@lastcopy/durable-file';

const privateFile = (dir: string, name: string) => path.join(dir, `${name}.jwk.json`);
const publicFile = (dir: string, name: string) => path.join(dir, `${name}.jwks.json`);

async function readJson<T>(file: string): Promise<T> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as T;
  } catch (cause) {
    throw new CodedError('CONFIGURATION_INVALID', `Key file ${file} cannot be read: ${(cause as Error).message}`, { cause });
  }
}

async function readIfPresent<T>(file: string): Promise<T | undefined> {
  try {
    return await readJson<T>(file);
  } catch (error) {
    if (((error as Error).cause as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

async function generate(): Promise<JWK> {
  const { privateKey } = await generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true });
  const jwk = await exportJWK(privateKey);
  return { ...jwk, kid: await calculateJwkThumbprint(jwk), alg: 'EdDSA' };
}

/** Whole or not at all: another process may read the file at any moment. */
async function replace(file: string, value: unknown): Promise<void> {
  const staging = `${file}.${randomUUID()}`;
  const handle = await open(staging, 'wx', 0o644);
  try {
    await handle.writeFile(JSON.stringify(value, null, 2));
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(staging, file);
}

/** Adds the public half where it is missing. Keys of before stay: what they signed must still be verified. */
async function publish(dir: string, name: string, key: JWK): Promise<void> {
  const file = publicFile(dir, name);
  const published = (await readIfPresent<JSONWebKeySet>(file))?.keys ?? [];
  if (published.some(({ kid, x }) => kid === key.kid && x === key.x)) return;
  await mkdir(dir, { recursive: true });
  const { kty, crv, x, kid, alg } = key;
  await replace(file, { keys: [{ kty, crv, x, kid, alg, use: 'sig' }, ...published] });
}

export interface SigningKeyOptions {
  /** Make the key and its public set when absent: development only. */
  readonly create: boolean;
  /** Folder of the public set; the private key's own when absent. */
  readonly publishTo?: string;
}

/**
 * The Ed25519 key that `name` signs with (`<name>.jwk.json`, with `<name>.jwks.json` for those who verify). Of several processes that make
 * it at once, all use the key of the first. Production provides its own.
 * @throws CONFIGURATION_INVALID when the file cannot be read
 */
export async function signingKey(dir: string, name: string, { create, publishTo = dir }: SigningKeyOptions): Promise<JWK> {
  const file = privateFile(dir, name);
  if (!create) return readJson<JWK>(file);
  if (!(await readIfPresent<JWK>(file))) await placeOnce(file, JSON.stringify(await generate(), null, 2));
  const key = await readJson<JWK>(file);
  await publish(publishTo, name, key);
  return key;
}

/** The public keys whose signatures by `name` are trusted. */
export const trustedKeys = (dir: string, name: string): Promise<JSONWebKeySet> => readJson(publicFile(dir, name));
