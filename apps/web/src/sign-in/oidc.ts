import * as oidc from 'openid-client';
import type { SignInSettings } from './settings.js';
import type { LastSeen, SignedIn } from './session.js';

/** What has to be remembered while the person is at the issuer. */
interface UnderWay {
  verifier: string;
  state: string;
  nonce: string;
  /** Where in the web app to go on. */
  returnTo: string;
}

const underWayKey = 'lastcopy.sign-in';
const callbackPath = '/signed-in';
const isLoopback = ({ hostname }: URL): boolean => ['127.0.0.1', 'localhost', '[::1]'].includes(hostname);

/** The issuer as it describes itself. @param timeout seconds that each of its answers may take */
export async function issuerOf({ issuer, client_id }: SignInSettings, timeout = 30): Promise<oidc.Configuration> {
  const url = new URL(issuer);
  const execute = isLoopback(url) ? [oidc.allowInsecureRequests] : [];
  return oidc.discovery(url, client_id, undefined, oidc.None(), { execute, timeout });
}

/** Leaves the page for the issuer: authorization code with PKCE. @param again the person proves anew who they are, as a signature asks */
export async function leaveToSignIn(settings: SignInSettings, { returnTo, again }: { returnTo: string; again: boolean }): Promise<void> {
  const [verifier, state, nonce] = [oidc.randomPKCECodeVerifier(), oidc.randomState(), oidc.randomNonce()];
  sessionStorage.setItem(underWayKey, JSON.stringify({ verifier, state, nonce, returnTo } satisfies UnderWay));
  const url = oidc.buildAuthorizationUrl(await issuerOf(settings), {
    ...{ redirect_uri: new URL(callbackPath, location.origin).href, scope: settings.scope, state, nonce, ...settings.parameters },
    ...{ code_challenge: await oidc.calculatePKCECodeChallenge(verifier), code_challenge_method: 'S256' },
    ...(again ? { prompt: 'login', max_age: '0' } : {}),
  });
  location.assign(url);
}

const claimsOf = (token: string): Record<string, unknown> => {
  const [, payload = ''] = token.split('.');
  const text = atob(payload.replaceAll('-', '+').replaceAll('_', '/'));
  return JSON.parse(new TextDecoder().decode(Uint8Array.from(text, (character) => character.charCodeAt(0)))) as Record<string, unknown>;
};

/** A claim by its name, or by the path to it: `realm_access.tenant`. */
const claimAt = (claims: Record<string, unknown>, name: string): unknown =>
  name in claims ? claims[name] : name.split('.').reduce<unknown>((at, key) => (at as Record<string, unknown> | undefined)?.[key], claims);

const texts = (value: unknown): string[] =>
  (Array.isArray(value) ? value : [value]).filter((each): each is string => typeof each === 'string');

type Tokens = oidc.TokenEndpointResponse & oidc.TokenEndpointResponseHelpers;

/** The issuer knows the person, and gives them nothing to do here. */
export class NoEngagementError extends Error {
  override readonly name = 'NoEngagementError';
}

/** @param before goes on in the engagement that the same person worked in last */
function signedIn(settings: SignInSettings, tokens: Tokens, before?: LastSeen & Partial<SignedIn>): SignedIn {
  const claims = claimsOf(tokens.access_token);
  const user_id = String(claims.sub);
  const engagement_ids = texts(claimAt(claims, settings.engagements_claim));
  const [client_account_id] = texts(claimAt(claims, settings.client_account_claim));
  const last = before?.user_id === user_id ? before.engagement_id : undefined;
  const engagement_id = engagement_ids.find((id) => id === last) ?? engagement_ids[0];
  if (!client_account_id || !engagement_id)
    throw new NoEngagementError('Your account belongs to no client account and engagement. Ask who runs Lastcopy to add you.');
  const refresh_token = tokens.refresh_token ?? before?.refresh_token;
  const id_token = tokens.id_token ?? before?.id_token;
  return {
    ...{ access_token: tokens.access_token, user_id, client_account_id, engagement_ids, engagement_id },
    expires_at: Date.now() + (tokens.expiresIn() ?? 300) * 1000,
    ...(refresh_token ? { refresh_token } : {}),
    ...(id_token ? { id_token } : {}),
  };
}

/** Back from the issuer: who signed in, and where to go on. Throws with what to tell the person. @param before who worked in this tab last */
export async function comeBack(settings: SignInSettings, url: URL, before?: LastSeen): Promise<{ signedIn: SignedIn; returnTo: string }> {
  const text = sessionStorage.getItem(underWayKey);
  if (!text) throw new Error('This sign-in was begun in another tab, or it is over. Begin again.');
  const { verifier, state, nonce, returnTo } = JSON.parse(text) as UnderWay;
  const checks = { pkceCodeVerifier: verifier, expectedState: state, expectedNonce: nonce, idTokenExpected: true };
  const tokens = await oidc.authorizationCodeGrant(await issuerOf(settings), url, checks);
  sessionStorage.removeItem(underWayKey);
  return { signedIn: signedIn(settings, tokens, before), returnTo };
}

/** The same person's sign-in with a new access token; when they proved who they are does not change. */
export async function refresh(settings: SignInSettings, before: SignedIn): Promise<SignedIn> {
  return signedIn(settings, await oidc.refreshTokenGrant(await issuerOf(settings), before.refresh_token!), before);
}
