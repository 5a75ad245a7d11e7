import { createRemoteJWKSet, errors, type JWTVerifyGetKey } from 'jose';
import { CodedError } from '@lastcopy/kernel';
import { isWebUrl } from './sign-in-config.js';

const timeoutMs = 5_000;

/** A key that the issuer does not publish is the token's fault; everything else is the issuer's. */
const isTokensFault = (error: unknown): boolean =>
  error instanceof errors.JWKSNoMatchingKey || error instanceof errors.JWKSMultipleMatchingKeys || error instanceof errors.JOSENotSupported;

function unavailable(what: string, cause: unknown): CodedError {
  return new CodedError('SERVICE_UNAVAILABLE', `Nobody can be signed in now: ${what} (${(cause as Error).message})`, { cause });
}

/** Keys at an address, kept for ten minutes; a key that is not among them is looked for again, at most every 30 s. */
export function keysAt(uri: string): JWTVerifyGetKey {
  const remote = createRemoteJWKSet(new URL(uri), { timeoutDuration: timeoutMs });
  return async (header, token) => {
    try {
      return await remote(header, token);
    } catch (error) {
      throw isTokensFault(error) ? error : unavailable('the keys of the sign-in provider cannot be read', error);
    }
  };
}

async function discover(issuer: string): Promise<string> {
  const response = await fetch(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`, {
    signal: AbortSignal.timeout(timeoutMs),
    redirect: 'error',
  });
  if (!response.ok) throw new Error(`HTTP ${response.status}`);
  const { issuer: named, jwks_uri } = (await response.json()) as { issuer?: unknown; jwks_uri?: unknown };
  if (named !== issuer) throw new Error('it names another issuer than AUTH_ISSUER');
  if (typeof jwks_uri !== 'string' || !isWebUrl(jwks_uri)) throw new Error('it names no jwks_uri');
  if (issuer.startsWith('https:') && !jwks_uri.startsWith('https:')) throw new Error('its jwks_uri is not https');
  return jwks_uri;
}

/** Keys of an issuer that says in its discovery document where they are. What failed is tried again with the next token. */
export function keysOfIssuer(issuer: string): JWTVerifyGetKey {
  let found: Promise<JWTVerifyGetKey> | undefined;
  return async (header, token) => {
    found ??= discover(issuer).then(keysAt);
    let keys: JWTVerifyGetKey;
    try {
      keys = await found;
    } catch (error) {
      found = undefined;
      throw unavailable("the sign-in provider's discovery document cannot be used", error);
    }
    return keys(header, token);
  };
}
