import type { Command } from 'commander';
import type { WhoAmIAnswer } from '@lastcopy/contracts';
import { CodedError } from '@lastcopy/kernel';
import { signInWithBrowser } from '../sign-in/browser-sign-in.js';
import { signInSettings } from '../sign-in/person.js';
import { forgetSignIn, keepSignIn, signInFile } from '../sign-in/stored-sign-in.js';
import { print, type CliContext } from './context.js';
import { show, type JsonFlag } from './flags.js';

/** Asks for a sign-in and keeps it. @param only the person who has to sign in; anybody unless given */
export async function login(context: CliContext, { again, only }: { again: boolean; only?: string }): Promise<void> {
  const showPage = (url: string) => print(context, `Sign in with your browser, on this machine:\n  ${url}`);
  const signIn = await signInWithBrowser(signInSettings(context.profile()), { again, show: showPage });
  if (only !== undefined && signIn.user_id !== only)
    throw new CodedError('UNAUTHENTICATED', `"${signIn.user_id}" signed in where "${only}" has to: nothing was done, and "${only}" stays.`);
  keepSignIn(signInFile(context.environment.profilePath), signIn);
}

const inWords = ({ user_id, name, roles, service_account }: WhoAmIAnswer): string =>
  `${name} (${user_id}), ${service_account ? 'a service account' : roles.join(', ') || 'without a role'}`;

const whoAmI = (context: CliContext): Promise<WhoAmIAnswer> => context.api().get<WhoAmIAnswer>('/whoami');

export function registerSignIn(program: Command, context: CliContext): void {
  program
    .command('login')
    .description('sign in with a browser, at the issuer of the profile; later commands act as that person')
    .option('--again', 'prove anew who you are, as a signature asks for it')
    .action(async ({ again = false }: { again?: boolean }) => {
      await login(context, { again });
      print(context, `Signed in as ${inWords(await whoAmI(context))}.`);
    });
  program
    .command('logout')
    .description('forget the sign-in on this machine; the session at the issuer stays')
    .action(() => {
      forgetSignIn(signInFile(context.environment.profilePath));
      print(context, 'Signed out.');
    });
  program
    .command('whoami')
    .description('as whom commands act, and what that person may do')
    .option('--json')
    .action(async (flags) =>
      show(context, flags as JsonFlag, await whoAmI(context), (answer) => {
        print(context, inWords(answer));
        print(context, `  may ${answer.permissions.join(', ')}`);
        print(context, `  proved who they are: ${answer.authenticated_at ?? 'the token does not say when'}`);
      }),
    );
}
