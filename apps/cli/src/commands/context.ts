import { CodedError } from '@lastcopy/kernel';
import { ApiClient } from '../api-client.js';
import { bearerToken } from '../bearer-token.js';
import { loadProfile, type CliEnvironment, type Profile } from '../config.js';

/** What a command acts with. `api` is a client in the name of `--as <person>`. */
export interface CliContext {
  environment: CliEnvironment;
  out: NodeJS.WriteStream;
  profile(): Profile;
  api(): ApiClient;
}

export function createContext(environment: CliEnvironment, out: NodeJS.WriteStream, person: () => string | undefined): CliContext {
  const profile = () => loadProfile(environment.profilePath);
  return {
    environment,
    out,
    profile,
    api: () => {
      const loaded = profile();
      const name = person() ?? loaded.default_person;
      const token = person() ? loaded.tokens[name] : (environment.token ?? loaded.tokens[name]);
      if (!token)
        throw new CodedError(
          'UNAUTHENTICATED',
          `The profile has no token for "${name}"; it knows ${Object.keys(loaded.tokens).join(', ')}.`,
        );
      // A token from the environment is the caller's own, of whatever issuer.
      const secret = token === loaded.tokens[name] ? loaded.dev_token_secret : undefined;
      return new ApiClient(loaded, () => bearerToken(token, secret));
    },
  };
}

export const print = (context: CliContext, text: string): void => void context.out.write(`${text}\n`);
export const printJson = (context: CliContext, value: unknown): void => print(context, JSON.stringify(value, null, 2));
