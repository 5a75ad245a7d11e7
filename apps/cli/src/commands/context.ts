import { ApiClient } from '../api-client.js';
import { loadProfile, type CliEnvironment, type Profile } from '../config.js';
import { personOf, type Person } from '../sign-in/person.js';

/** What a command acts with. `api` is a client in the name of `person`: of `--as`, or of who signed in. */
export interface CliContext {
  environment: CliEnvironment;
  out: NodeJS.WriteStream;
  profile(): Profile;
  person(): Person;
  api(): ApiClient;
}

export function createContext(environment: CliEnvironment, out: NodeJS.WriteStream, as: () => string | undefined): CliContext {
  const profile = () => loadProfile(environment.profilePath);
  const person = () => personOf(environment, profile(), as());
  return { environment, out, profile, person, api: () => new ApiClient(profile(), person().token) };
}

// Names and comments are other people's words: none may move the cursor, or hide what stands on the terminal.
// eslint-disable-next-line no-control-regex
const controls = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g;
const escapedControls = /[\u007f-\u009f]/g;
const escaped = (character: string): string => `\\u00${character.charCodeAt(0).toString(16)}`;

export const print = (context: CliContext, text: string): void => void context.out.write(`${text.replace(controls, '\ufffd')}\n`);
export const printJson = (context: CliContext, value: unknown): void =>
  void context.out.write(`${JSON.stringify(value, null, 2).replace(escapedControls, escaped)}\n`);
