import { access, mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { calculateJwkThumbprint, exportJWK, generateKeyPair, type JSONWebKeySet, type JWK } from 'jose';
import { CodedError } from '@lastcopy/kernel';

const privateFile = (dir: string, name: string) => path.join(dir, `${name}.jwk.json`);
const publicFile = (dir: string, name: string) => path.join(dir, `${name}.jwks.json`);

async function readJson<T>(file: string): Promise<T> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as T;
  } catch (cause) {
    throw new CodedError('CONFIGURATION_INVALID', `Key file ${file} cannot be read: ${(cause as Error).message}`, { cause });
  }
}

/** Whole or not at all: another process may read the file at any moment. */
async function writeAtomically(file: string, value: unknown, mode: number): Promise<void> {
  const staging = `${file}.${process.pid}`;
  await writeFile(staging, JSON.stringify(value, null, 2), { mode });
  await rename(staging, file);
}

/**
 * The Ed25519 key that `name` signs with (`<name>.jwk.json`, with `<name>.jwks.json` for those who verify).
 * Made when absent and `create` is set: development only; production provides its own.
 */
export async function signingKey(dir: string, name: string, options: { create: boolean }): Promise<JWK> {
  const file = privateFile(dir, name);
  const exists = await access(file).then(
    () => true,
    () => false,
  );
  if (exists || !options.create) return readJson<JWK>(file);
  await mkdir(dir, { recursive: true, mode: 0o700 });
  const { privateKey } = await generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true });
  const jwk = await exportJWK(privateKey);
  const kid = await calculateJwkThumbprint(jwk);
  const { d, ...publicPart } = { ...jwk, kid, alg: 'EdDSA' } as JWK & { d: string };
  await writeAtomically(publicFile(dir, name), { keys: [{ ...publicPart, use: 'sig' }] }, 0o644);
  await writeAtomically(file, { ...publicPart, d }, 0o600);
  return { ...publicPart, d };
}

/** The public keys whose signatures by `name` are trusted. */
export const trustedKeys = (dir: string, name: string): Promise<JSONWebKeySet> => readJson(publicFile(dir, name));
