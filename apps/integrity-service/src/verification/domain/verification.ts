import type { RetentionVerified, VerificationRequested } from '@lastcopy/contracts';
import { assertNever, DomainError, type Decider } from '@lastcopy/kernel';
import type { VerificationCommand } from './verification-commands.js';
import type { VerificationEvent } from './verification-events.js';

/** `refuted`: the content was proven, then the store was found not to protect it. */
export type VerificationPhase = 'none' | 'requested' | 'verified' | 'failed' | 'refuted';

/** One run of proof over one attempt's archive. It ends in one verdict, which never changes. */
export interface Verification {
  readonly phase: VerificationPhase;
  readonly request: VerificationRequested | null;
  readonly retention: RetentionVerified | null;
}

type Of<T extends VerificationCommand['type']> = Extract<VerificationCommand, { type: T }>;

const notNow = (verification: Verification, action: string): DomainError =>
  new DomainError(
    'JOB_STATE',
    `Verification ${verification.request?.verification_id} of attempt ${verification.request?.attempt} is ${verification.phase}: ${action} is not possible.`,
    { phase: verification.phase },
  );
const stale = (verification: Verification): DomainError =>
  new DomainError(
    'STALE_ATTEMPT',
    `Verification ${verification.request?.verification_id} has its verdict already (${verification.phase}); another one changes nothing.`,
    { phase: verification.phase },
  );

function assertOwnFacts(
  verification: Verification,
  fact: { verification_id: string; job_id: string; attempt: number; manifest_sha256?: string },
): void {
  const request = verification.request!;
  const same = fact.verification_id === request.verification_id && fact.job_id === request.job_id && fact.attempt === request.attempt;
  if (same && (fact.manifest_sha256 ?? request.manifest_sha256) === request.manifest_sha256) return;
  throw new DomainError('STALE_ATTEMPT', `The result is of another archive than verification ${request.verification_id} asks about.`);
}

function recordVerified({ verified }: Of<'RecordVerified'>, verification: Verification): VerificationEvent[] {
  assertOwnFacts(verification, verified);
  if (verification.phase === 'verified') return [];
  if (verification.phase !== 'requested') throw stale(verification);
  if (verified.level !== verification.request!.level) throw notNow(verification, `a verdict at level ${verified.level}`);
  return [{ type: 'IntegrityVerified', data: verified }];
}

function recordFailed({ failed }: Of<'RecordFailed'>, verification: Verification): VerificationEvent[] {
  assertOwnFacts(verification, failed);
  if (verification.phase === 'failed') return [];
  if (verification.phase !== 'requested') throw stale(verification);
  return [{ type: 'IntegrityFailed', data: failed }];
}

function recordRetention({ retention }: Of<'RecordRetention'>, verification: Verification): VerificationEvent[] {
  assertOwnFacts(verification, retention);
  if (verification.phase !== 'verified') throw notNow(verification, 'proof of retention');
  const known = verification.retention;
  const repeated = known?.mode === retention.mode && known.retain_until === retention.retain_until && known.versions === retention.versions;
  return repeated ? [] : [{ type: 'RetentionVerified', data: retention }];
}

function refuteRetention({ failed }: Of<'RefuteRetention'>, verification: Verification): VerificationEvent[] {
  assertOwnFacts(verification, failed);
  if (verification.phase === 'refuted') return [];
  if (verification.phase !== 'verified') throw notNow(verification, 'a refutation of its retention');
  return [{ type: 'IntegrityFailed', data: failed }];
}

function decide(command: VerificationCommand, verification: Verification): VerificationEvent[] {
  if (command.type === 'Request') {
    return verification.request ? [] : [{ type: 'VerificationRequested', data: command.request }];
  }
  if (!verification.request) throw new DomainError('NOT_FOUND', 'That verification was never requested.');
  switch (command.type) {
    case 'RecordVerified':
      return recordVerified(command, verification);
    case 'RecordFailed':
      return recordFailed(command, verification);
    case 'RecordRetention':
      return recordRetention(command, verification);
    case 'RefuteRetention':
      return refuteRetention(command, verification);
    default:
      return assertNever(command);
  }
}

function evolve(verification: Verification, event: VerificationEvent): Verification {
  switch (event.type) {
    case 'VerificationRequested':
      return { ...verification, phase: 'requested', request: event.data };
    case 'IntegrityVerified':
      return { ...verification, phase: 'verified' };
    case 'IntegrityFailed':
      return { ...verification, phase: verification.phase === 'verified' ? 'refuted' : 'failed' };
    case 'RetentionVerified':
      return { ...verification, retention: event.data };
    default:
      return assertNever(event);
  }
}

export const verificationDecider: Decider<VerificationCommand, Verification, VerificationEvent> = {
  initial: { phase: 'none', request: null, retention: null },
  decide,
  evolve,
};
