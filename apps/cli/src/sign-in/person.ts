import { CodedError } from '@lastcopy/kernel';
import { bearerToken } from '../bearer-token.js';
import type { CliEnvironment, Profile } from '../config.js';
import { refreshSignIn, type SignInSettings } from './browser-sign-in.js';
import { keepSignIn, loadSignIn, signInFile, type StoredSignIn } from './stored-sign-in.js';

/** Who a command acts as. */
export interface Person {
  token(): Promise<string>;
  /** Set for a person who signed in with `lastcopy login`, and so can sign in again in the middle of a command. */
  signedInAs?: string;
}

const renewBeforeMs = 60_000;

export function signInSettings({ sign_in }: Profile): SignInSettings {
  if (!sign_in)
    throw new CodedError('CONFIGURATION_INVALID', 'The profile has no `sign_in` with the issuer and client_id to sign in with.');
  return sign_in;
}

const endsSoon = ({ expires_at }: StoredSignIn): boolean => expires_at !== undefined && Date.parse(expires_at) - Date.now() < renewBeforeMs;

/** The kept access token, renewed when it is about to end. Throws UNAUTHENTICATED when that is not possible. */
async function keptToken(file: string, profile: Profile): Promise<string> {
  const signIn = loadSignIn(file);
  if (!signIn) throw new CodedError('UNAUTHENTICATED', 'You signed out meanwhile. Sign in with `lastcopy login`.');
  if (!endsSoon(signIn)) return signIn.access_token;
  if (!signIn.refresh_token) throw new CodedError('UNAUTHENTICATED', 'Your sign-in is over. Sign in again with `lastcopy login`.');
  try {
    const renewed = await refreshSignIn(signInSettings(profile), signIn);
    keepSignIn(file, renewed);
    return renewed.access_token;
  } catch (error) {
    // Another command may have renewed it: a refresh token is good for once.
    const present = loadSignIn(file);
    if (present && !endsSoon(present)) return present.access_token;
    throw error;
  }
}

const ofProfile = (profile: Profile, name: string): Person => {
  const token = profile.tokens?.[name];
  if (token) return { token: () => bearerToken(token, profile.dev_token_secret) };
  const known = Object.keys(profile.tokens ?? {}).join(', ') || 'nobody';
  throw new CodedError('UNAUTHENTICATED', `The profile has no token for "${name}"; it knows ${known}. Sign in with \`lastcopy login\`.`);
};

/** `--as`, else LASTCOPY_TOKEN, else who signed in with `lastcopy login`, else the profile's default person. Throws UNAUTHENTICATED. */
export function personOf(environment: CliEnvironment, profile: Profile, as: string | undefined): Person {
  if (as) return ofProfile(profile, as);
  const { token } = environment;
  // A token from the environment is the caller's own, of whatever issuer.
  if (token) return { token: async () => token };
  const file = signInFile(environment.profilePath);
  const signIn = loadSignIn(file);
  // Another issuer than the profile's: the sign-in belongs to a stack that is no more.
  if (signIn && signIn.issuer === profile.sign_in?.issuer) return { token: () => keptToken(file, profile), signedInAs: signIn.user_id };
  if (profile.default_person) return ofProfile(profile, profile.default_person);
  throw new CodedError('UNAUTHENTICATED', 'You are not signed in. Sign in with `lastcopy login`.');
}
