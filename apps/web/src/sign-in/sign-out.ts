import { buildEndSessionUrl, randomState, tokenRevocation, type Configuration } from 'openid-client';
import { issuerOf } from './oidc.js';
import { tellOtherTabs } from './other-tabs.js';
import { session, type SignedIn } from './session.js';
import { signInSettings, type SignInSettings } from './settings.js';
import { onReturn, type SignedOut } from './signed-out.js';

/** What the login page tells of a sign-out: under way, or how it ended. */
export type SigningOut = { underWay: true } | { underWay: false; left: SignedOut };

const leftKey = 'lastcopy.signed-out';
/** Nobody waits longer for their sign-out than this for each answer. */
const patienceS = 5;
let state: SigningOut | undefined;
const listeners = new Set<() => void>();

function become(next: SigningOut | undefined): void {
  state = next;
  for (const listener of listeners) listener();
}

export const onSigningOut = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => void listeners.delete(listener);
};

const lastLeft = (): SigningOut | undefined => {
  const text = globalThis.sessionStorage?.getItem(leftKey);
  return text ? { underWay: false, left: onReturn(JSON.parse(text) as SignedOut, new URLSearchParams(location.search)) } : undefined;
};
export const signingOut = (): SigningOut | undefined => (state ??= lastLeft());
// Who comes back by the browser's own button finds the page as they left it: with a sign-out under way.
globalThis.addEventListener?.('pageshow', ({ persisted }) => persisted && state && become(lastLeft()));

/** Who goes on to sign in has read how the sign-out ended. */
export function forgetSignOut(): void {
  sessionStorage.removeItem(leftKey);
  become(undefined);
}

/** Takes the refresh token back (RFC 7009), and with it at most providers all that came of it. */
async function revoked(issuer: Configuration, { refresh_token }: SignedIn): Promise<SignedOut['refreshToken']> {
  if (!refresh_token) return 'none';
  if (!issuer.serverMetadata().revocation_endpoint) return 'kept';
  return tokenRevocation(issuer, refresh_token, { token_type_hint: 'refresh_token' }).then(
    () => 'revoked',
    () => 'kept',
  );
}

/** What the provider was brought to do, and where the browser goes on to. */
interface Gone {
  left: SignedOut;
  onward?: URL;
}

/** Signs out at the provider as far as it can be asked from here. `onward` is where the browser goes to end the session there. */
export async function leaveProvider(settings: SignInSettings, signedIn: SignedIn, home: string): Promise<Gone> {
  const provider = new URL(settings.issuer).host;
  const issuer = await issuerOf(settings, patienceS).catch(() => undefined);
  if (!issuer) return { left: { provider, refreshToken: signedIn.refresh_token ? 'kept' : 'none', providerSession: 'unreached' } };
  const refreshToken = await revoked(issuer, signedIn);
  if (!issuer.serverMetadata().end_session_endpoint) return { left: { provider, refreshToken, providerSession: 'not_offered' } };
  const [drawn, { id_token }] = [randomState(), signedIn];
  try {
    const onward = buildEndSessionUrl(issuer, {
      ...{ post_logout_redirect_uri: home, state: drawn },
      ...(id_token ? { id_token_hint: id_token } : {}),
    });
    return { left: { provider, refreshToken, providerSession: 'asked', state: drawn }, onward };
  } catch {
    // An address that no browser may be sent to is none.
    return { left: { provider, refreshToken, providerSession: 'not_offered' } };
  }
}

const withinPatience = <T>(answer: Promise<T | undefined>, otherwise: T | undefined): Promise<T | undefined> =>
  Promise.race([answer, new Promise<T | undefined>((resolve) => setTimeout(() => resolve(otherwise), patienceS * 1000))]);

/** Leaves nothing in this tab, whatever the network does, and then the provider. Answers nothing when nobody was signed in. */
async function leave(): Promise<Gone | undefined> {
  const before = session.get();
  become({ underWay: true });
  const signedIn = await withinPatience(session.forget(), before);
  if (!signedIn) return undefined;
  const refreshToken = signedIn.refresh_token ? 'kept' : 'none';
  const settings = await withinPatience(signInSettings(), undefined).catch(() => undefined);
  if (!settings) return { left: { refreshToken, providerSession: 'unreached' } };
  return leaveProvider(settings, signedIn, new URL('/login', location.origin).href);
}

function tellHowItEnded(left: SignedOut, onward?: URL): void {
  sessionStorage.setItem(leftKey, JSON.stringify(left));
  if (onward) location.assign(onward);
  else become({ underWay: false, left });
}

/** Whatever fails on the way: this tab holds nothing any more, and the page says that the provider was not reached. */
const leaveSurely = (): Promise<Gone | undefined> =>
  leave().catch(() => ({ left: { refreshToken: 'kept', providerSession: 'unreached' } }));

/** Signs the person out: in this browser at once, and then at the provider. */
export async function signOut(): Promise<void> {
  const before = session.get();
  const leaving = leaveSurely();
  if (before) tellOtherTabs(before.user_id);
  const gone = await leaving;
  if (gone) tellHowItEnded(gone.left, gone.onward);
  else become(undefined);
}

/** Another tab signs this person out: what was given to this tab is taken back too. */
export async function signOutToo(userId: string): Promise<void> {
  if (session.get()?.user_id !== userId) return;
  const gone = await leaveSurely();
  if (gone) tellHowItEnded({ ...gone.left, providerSession: 'elsewhere' });
}
