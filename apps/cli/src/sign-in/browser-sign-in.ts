import * as oidc from 'openid-client';
import { CodedError } from '@lastcopy/kernel';
import { listenForBrowser } from './loopback.js';
import type { StoredSignIn } from './stored-sign-in.js';

/** How people sign in, as the profile says it. */
export interface SignInSettings {
  issuer: string;
  /** A public client of the issuer that may lead back to any port of 127.0.0.1. */
  client_id: string;
  /** @default openid profile email offline_access */
  scope?: string;
  /** What else the issuer wants to be asked with, for instance `{"audience": "lastcopy"}`. */
  parameters?: Record<string, string>;
}

const usualScope = 'openid profile email offline_access';
const timeoutMs = 5 * 60_000;
const isLoopback = ({ hostname }: URL): boolean => ['127.0.0.1', 'localhost', '[::1]'].includes(hostname);

const refused = (what: string, cause: unknown): CodedError => {
  const { error, error_description } = cause as { error?: string; error_description?: string };
  const reason = [error, error_description].filter(Boolean).join(': ') || (cause as Error).message;
  return new CodedError('UNAUTHENTICATED', `${what}: ${reason}`, { cause });
};

async function issuerOf({ issuer, client_id }: SignInSettings): Promise<oidc.Configuration> {
  const url = new URL(issuer);
  const execute = isLoopback(url) ? [oidc.allowInsecureRequests] : [];
  try {
    return await oidc.discovery(url, client_id, undefined, oidc.None(), { execute });
  } catch (cause) {
    throw new CodedError('SERVICE_UNAVAILABLE', `The issuer ${issuer} does not say how to sign in: ${(cause as Error).message}`, { cause });
  }
}

type Tokens = oidc.TokenEndpointResponse & oidc.TokenEndpointResponseHelpers;
const kept = ({ issuer, client_id }: SignInSettings, tokens: Tokens, before?: StoredSignIn): StoredSignIn => {
  const refresh = tokens.refresh_token ?? before?.refresh_token;
  const lastsS = tokens.expiresIn();
  return {
    ...{ issuer, client_id, user_id: tokens.claims()?.sub ?? before!.user_id, access_token: tokens.access_token },
    ...(refresh ? { refresh_token: refresh } : {}),
    ...(lastsS === undefined ? {} : { expires_at: new Date(Date.now() + lastsS * 1000).toISOString() }),
  };
};

/**
 * Signs a person in with their browser: authorization code with PKCE, back to this machine. `show` is given the page to open.
 * @param again the person has to prove who they are, even if the issuer knows the browser
 */
export async function signInWithBrowser(
  settings: SignInSettings,
  { again, show }: { again: boolean; show(url: string): void },
): Promise<StoredSignIn> {
  const issuer = await issuerOf(settings);
  const [verifier, state, nonce] = [oidc.randomPKCECodeVerifier(), oidc.randomState(), oidc.randomNonce()];
  const loopback = await listenForBrowser(state, timeoutMs);
  try {
    const url = oidc.buildAuthorizationUrl(issuer, {
      ...{ redirect_uri: loopback.redirectUri, scope: settings.scope ?? usualScope, state, nonce, ...settings.parameters },
      ...{ code_challenge: await oidc.calculatePKCECodeChallenge(verifier), code_challenge_method: 'S256' },
      ...(again ? { prompt: 'login', max_age: '0' } : {}),
    });
    show(url.href);
    const back = await loopback.cameBack();
    const checks = { pkceCodeVerifier: verifier, expectedState: state, expectedNonce: nonce, idTokenExpected: true };
    return kept(settings, await oidc.authorizationCodeGrant(issuer, back, checks));
  } catch (cause) {
    throw cause instanceof CodedError ? cause : refused('The sign-in did not work', cause);
  } finally {
    loopback.close();
  }
}

/** The same person's sign-in with a new access token; when they proved who they are does not change. Throws UNAUTHENTICATED. */
export async function refreshSignIn(settings: SignInSettings, before: StoredSignIn): Promise<StoredSignIn> {
  const issuer = await issuerOf(settings);
  try {
    return kept(settings, await oidc.refreshTokenGrant(issuer, before.refresh_token!), before);
  } catch (cause) {
    throw refused('Your sign-in is over. Sign in again with `lastcopy login`', cause);
  }
}
