import type { ApprovalRole, OnBehalfOf, Signature } from '@lastcopy/contracts';
import { DomainError } from '@lastcopy/kernel';

/** When somebody acts, and when this person last proved who they are. */
export interface SignIn {
  /** ISO 8601 UTC. */
  readonly at: string;
  /** ISO 8601 UTC; null when the token does not say. */
  readonly authenticated_at: string | null;
  readonly reauth_max_age_s: number;
}

/** Clocks of two machines differ. */
const clockToleranceMs = 60_000;

const meanings: Record<ApprovalRole, string> = {
  data_owner: 'I approve the migration of the data of these systems under the retention policies assigned to them.',
  compliance: 'I approve the archival method: policies, encryption, retention lock and level of verification.',
  legal: 'I approve the retention of these verified archives and the destruction of their source systems.',
};
const refusals: Record<ApprovalRole, string> = {
  data_owner: 'I refuse the migration of the data of these systems as it is planned here.',
  compliance: 'I refuse the archival method as it is planned here.',
  legal: 'I refuse the retention of these archives, or the destruction of their source systems, as it stands.',
};

/** Whether the person has to sign in again before signing anything. */
export function needsReauthentication({ at, authenticated_at, reauth_max_age_s }: SignIn): boolean {
  if (authenticated_at === null) return true;
  const ageMs = new Date(at).getTime() - new Date(authenticated_at).getTime();
  return Number.isNaN(ageMs) || ageMs > reauth_max_age_s * 1000 || ageMs < -clockToleranceMs;
}

/** Throws REAUTHENTICATION_REQUIRED with `details.max_age_s`. Answers when the person proved who they are. */
export function recentSignIn(signIn: SignIn, name: string): string {
  if (needsReauthentication(signIn)) {
    const { authenticated_at, reauth_max_age_s: max_age_s } = signIn;
    const last = authenticated_at ? `the last one was at ${authenticated_at}` : 'the token does not say when that was';
    throw new DomainError('REAUTHENTICATION_REQUIRED', `${name} must have signed in within the last ${max_age_s} s to sign this; ${last}`, {
      max_age_s,
    });
  }
  return signIn.authenticated_at!;
}

export interface SignatureOf {
  user_id: string;
  name: string;
  role: ApprovalRole;
  evidence_hash: string;
  on_behalf_of: OnBehalfOf | null;
}

export function signatureOf(of: SignatureOf, outcome: 'granted' | 'rejected', signIn: SignIn): Signature {
  const { name, role, evidence_hash, user_id, on_behalf_of } = of;
  const meaning = (outcome === 'granted' ? meanings : refusals)[role];
  const authenticated_at = recentSignIn(signIn, name);
  return { name, signed_at: signIn.at, meaning, evidence_hash, user_id, role, on_behalf_of, authenticated_at };
}
