import { problemOf, unreachable } from '../api/problem.js';
import type { components } from '../api/generated/schema.js';

/** How people sign in here: the issuer, our client there, and how its claims are called. */
export type SignInSettings = components['schemas']['SignInSettingsAnswer'];

let asked: Promise<SignInSettings> | undefined;

/** Asked once; a failure is asked for again. Throws `Problem`. */
export function signInSettings(): Promise<SignInSettings> {
  asked ??= fetch('/api/v1/sign-in').then(
    async (response) => {
      if (!response.ok) throw await problemOf(response);
      return (await response.json()) as SignInSettings;
    },
    () => {
      throw unreachable('GET');
    },
  );
  asked.catch(() => (asked = undefined));
  return asked;
}
