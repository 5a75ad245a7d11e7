import { ClientError, ResponseBodyError, WWWAuthenticateChallengeError } from 'openid-client';
import { Problem } from '../api/problem.js';
import { NoEngagementError } from './oidc.js';

/** What an issuer answers when only the person can help: by signing in, or by having their account mended. */
const askThePerson = [
  ...['invalid_grant', 'invalid_client', 'invalid_token', 'unauthorized_client', 'access_denied'],
  ...['login_required', 'interaction_required', 'consent_required', 'account_selection_required'],
];
const shortestPauseMs = 1_000;
const longestPauseMs = 30_000;

/** An answer that is none of OAuth's, as a proxy in front of the issuer gives it. */
const bareStatus = (error: unknown): number | undefined =>
  error instanceof ClientError && error.cause instanceof Response ? error.cause.status : undefined;

/** Whether the issuer said that this sign-in is over. That it did not answer, or failed itself, says nothing about the person. */
export function endsSession(error: unknown): boolean {
  if (error instanceof NoEngagementError) return true;
  if (error instanceof ResponseBodyError) return error.status === 401 || askThePerson.includes(error.error);
  return (error instanceof WWWAuthenticateChallengeError && error.status === 401) || bareStatus(error) === 401;
}

/** How long to leave an issuer alone after it failed so many times in a row. */
export const pauseMs = (failures: number): number => Math.min(shortestPauseMs * 2 ** (failures - 1), longestPauseMs);

function answerOf(error: unknown): string {
  if (error instanceof ResponseBodyError) return `refuses it: ${error.error_description ?? error.error}`;
  const status = bareStatus(error);
  return status === undefined ? 'cannot be reached' : `answers ${status}`;
}

/** Why the sign-in could not be renewed, for pages to show. What the gateway itself said stays as it is. */
export function renewalProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  return new Problem({
    ...{ title: 'Your sign-in cannot be renewed just now', status: 0, code: 'ISSUER_UNREACHABLE' },
    detail: `The sign-in provider ${answerOf(error)}. You stay signed in, and it is asked again by itself.`,
    hint: 'What you typed stays here. If it lasts, tell who runs the sign-in provider.',
  });
}

export const signedOut = (): Problem =>
  new Problem({
    title: 'You are signed out',
    status: 401,
    detail: 'Sign in to go on; you come back to this page.',
    code: 'UNAUTHENTICATED',
  });
