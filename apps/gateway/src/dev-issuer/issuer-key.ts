import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { calculateJwkThumbprint, exportJWK, generateKeyPair, type JWK } from 'jose';
import { placeOnce } from '@lastcopy/durable-file';
import { CodedError } from '@lastcopy/kernel';

export const issuerAlgorithm = 'ES256';

/** The private key of the development issuer: made at the first start and kept, so that a restart signs nobody out. Throws CONFIGURATION_INVALID. */
export async function issuerKey(keysDir: string): Promise<JWK> {
  const { privateKey } = await generateKeyPair(issuerAlgorithm, { extractable: true });
  const jwk = await exportJWK(privateKey);
  const file = path.join(keysDir, 'dev-issuer.jwk.json');
  const made = { ...jwk, kid: await calculateJwkThumbprint(jwk), alg: issuerAlgorithm, use: 'sig' };
  try {
    await placeOnce(file, JSON.stringify(made, null, 2));
    return JSON.parse(await readFile(file, 'utf8')) as JWK;
  } catch (cause) {
    throw new CodedError('CONFIGURATION_INVALID', `Key file ${file} cannot be made or read: ${(cause as Error).message}`, { cause });
  }
}

/** What anybody may know of it. */
export const publicHalf = ({ kty, crv, x, y, kid, alg, use }: JWK): JWK => ({ kty, crv, x, y, kid, alg, use }) as JWK;
