import { readFileSync } from 'node:fs';
import {
  createLocalJWKSet,
  decodeJwt,
  decodeProtectedHeader,
  errors,
  jwtVerify,
  type JSONWebKeySet,
  type JWTPayload,
  type JWTVerifyGetKey,
} from 'jose';
import { CodedError, isCodedError } from '@lastcopy/kernel';
import { keysAt, keysOfIssuer } from './published-keys.js';
import { isWebUrl, type SignInConfig } from './sign-in-config.js';

/** Only signatures that need a private key: what an issuer publishes can verify, never sign. */
const publicKeyAlgorithms = ['EdDSA', 'Ed25519', 'ES256', 'ES384', 'RS256', 'PS256'];
/** An access token says so, or is a plain JWT. Other kinds of signed messages of the same issuer are no access tokens. */
const tokenTypes = ['at+jwt', 'application/at+jwt', 'jwt', 'application/jwt'];

/** An issuer whose tokens count, and how their signatures are checked. */
export interface TrustedIssuer {
  readonly issuer: () => string | undefined;
  readonly algorithms: readonly string[];
  readonly keys: JWTVerifyGetKey;
}

function keysInFile(file: string): JWTVerifyGetKey {
  try {
    return createLocalJWKSet(JSON.parse(readFileSync(file, 'utf8')) as JSONWebKeySet);
  } catch (cause) {
    throw new CodedError('CONFIGURATION_INVALID', `AUTH_JWKS_FILE ${file} cannot be read as a set of keys: ${(cause as Error).message}`, {
      cause,
    });
  }
}

function providerKeys({ AUTH_JWKS_FILE, AUTH_JWKS_URI, AUTH_ISSUER }: SignInConfig): JWTVerifyGetKey | undefined {
  if (AUTH_JWKS_FILE) return keysInFile(AUTH_JWKS_FILE);
  if (AUTH_JWKS_URI) return keysAt(AUTH_JWKS_URI);
  return isWebUrl(AUTH_ISSUER) ? keysOfIssuer(AUTH_ISSUER) : undefined;
}

/** The issuers that the settings name. Throws CONFIGURATION_INVALID. */
export function configuredIssuers(config: SignInConfig): TrustedIssuer[] {
  const issuer = () => config.AUTH_ISSUER;
  const found: TrustedIssuer[] = [];
  const keys = providerKeys(config);
  if (keys) found.push({ issuer, algorithms: publicKeyAlgorithms, keys });
  if (config.DEV_TOKEN_SECRET && config.LASTCOPY_ENV === 'development') {
    const secret = new TextEncoder().encode(config.DEV_TOKEN_SECRET);
    found.push({ issuer, algorithms: ['HS256'], keys: async () => secret });
  }
  return found;
}

const claimFaults: Record<string, string> = {
  aud: 'it is for another audience',
  iss: 'its issuer is not trusted here',
  nbf: 'it is not valid yet',
  exp: 'it has no time of expiry',
  sub: 'it names nobody (claim sub)',
};

function faultOf(error: unknown): string {
  if (error instanceof errors.JWTExpired) return 'it has expired; sign in again';
  if (error instanceof errors.JWTClaimValidationFailed) return claimFaults[error.claim] ?? `its claim ${error.claim} is not valid`;
  if (error instanceof errors.JWKSNoMatchingKey) return 'it is signed with a key that its issuer does not publish';
  if (error instanceof errors.JWSSignatureVerificationFailed) return 'its signature does not match';
  return 'it is no signed token that can be read';
}

const refuse = (fault: string, cause?: unknown): never => {
  throw new CodedError('UNAUTHENTICATED', `The bearer token is not valid: ${fault}`, { cause });
};

function readUnverified(token: string): { alg: string | undefined; typ: string | undefined; iss: string | undefined } {
  try {
    const { alg, typ } = decodeProtectedHeader(token);
    return { alg, typ, iss: decodeJwt(token).iss };
  } catch (cause) {
    return refuse(faultOf(cause), cause);
  }
}

/** Checks bearer tokens against the issuers that are trusted. */
export class TokenChecks {
  constructor(
    private readonly config: Pick<SignInConfig, 'AUTH_AUDIENCE' | 'AUTH_CLOCK_TOLERANCE_S'>,
    private readonly trusted: readonly TrustedIssuer[],
  ) {}

  /**
   * The payload of a token that holds.
   * @throws UNAUTHENTICATED that says what is wrong with it, never what it holds
   * @throws SERVICE_UNAVAILABLE when the issuer's keys are not to be had
   */
  async verify(token: string): Promise<JWTPayload> {
    const { alg, typ, iss } = readUnverified(token);
    if (typ !== undefined && !tokenTypes.includes(String(typ).toLowerCase())) refuse('it is no access token (typ)');
    const ofIssuer = this.trusted.filter(({ issuer }) => iss !== undefined && issuer() === iss);
    if (ofIssuer.length === 0) refuse('its issuer is not trusted here');
    const found = ofIssuer.find(({ algorithms }) => algorithms.includes(alg ?? ''));
    if (!found) return refuse('its signature algorithm is not accepted');
    try {
      const { payload } = await jwtVerify(token, found.keys, {
        ...{ issuer: iss!, audience: this.config.AUTH_AUDIENCE, clockTolerance: this.config.AUTH_CLOCK_TOLERANCE_S },
        ...{ algorithms: [...found.algorithms], requiredClaims: ['exp', 'sub'] },
      });
      return payload;
    } catch (error) {
      if (isCodedError(error)) throw error;
      return refuse(faultOf(error), error);
    }
  }
}
