import { setTimeout as delay } from 'node:timers/promises';
import type { JWK } from 'jose';
import type { ArchiveLocked } from '@lastcopy/contracts';
import { raiseAlert, type EventStore } from '@lastcopy/eventing';
import { isCodedError, type Clock, type CodedError, type ErrorCode } from '@lastcopy/kernel';
import { recordFailed, recordRetention, recordVerified } from '../verification/commands/record-result.js';
import { attestationOf, type ProvenArchive } from '../verification/domain/attest.js';
import { reportedLock } from '../verification/projections/received-facts.js';
import type { Claim } from './claims.js';
import { Findings, isVerdict } from './findings.js';
import { ProgressReporter, type Publisher } from './progress-reporter.js';
import type { Proof, VerifierParts } from './proof.js';
import { signAttestation } from './sign-attestation.js';
import { verifyArchive, verifyRetention } from './verify-archive.js';

export interface CarryOutParts extends VerifierParts {
  readonly eventStore: EventStore;
  readonly publisher: Publisher;
  readonly clock: Clock;
  /** Private Ed25519 JWK. */
  readonly signingKey: JWK;
  readonly version: string;
}

type Outcome<T> = { readonly findings: Findings } & (
  | { readonly proven: T; /** What the first of two readings found and the second did not. */ readonly passing?: CodedError }
  | { readonly error: CodedError }
);

const recordPauseMs = 500;
const waitedFor: readonly ErrorCode[] = ['SERVICE_UNAVAILABLE', 'FLOW_SEALED'];

async function proofOf(parts: CarryOutParts, claim: Claim, signal: AbortSignal): Promise<Proof> {
  const { job_id, flow_id, attempt } = claim.request;
  return {
    parts,
    claim,
    signal,
    epoch: (await parts.eventStore.identity()).epoch,
    keys: await parts.keysOf(claim.tenant.client_account_id),
    findings: new Findings(),
    progress: new ProgressReporter(parts.publisher, parts.clock, claim.tenant, { job_id, flow_id, attempt }),
  };
}

async function attempt<T>(
  parts: CarryOutParts,
  claim: Claim,
  signal: AbortSignal,
  check: (proof: Proof) => Promise<T>,
): Promise<Outcome<T>> {
  const proof = await proofOf(parts, claim, signal);
  try {
    return { proven: await check(proof), findings: proof.findings };
  } catch (error) {
    signal.throwIfAborted();
    if (!isVerdict(error)) throw error;
    return { error, findings: proof.findings };
  }
}

/** A connection that cuts a body short looks like a damaged object: only what is found twice is a failure of the archive. */
async function attemptTwice<T>(
  parts: CarryOutParts,
  claim: Claim,
  signal: AbortSignal,
  check: (proof: Proof) => Promise<T>,
): Promise<Outcome<T>> {
  const first = await attempt(parts, claim, signal, check);
  if (!('error' in first)) return first;
  const { code, message } = first.error;
  parts.logger.warn({ job_id: claim.request.job_id, code, reason: message }, 'the archive was found wanting; it is read once more');
  const second = await attempt(parts, claim, signal, check);
  return 'error' in second ? second : { ...second, passing: first.error };
}

/**
 * Damage that is gone when read again is no verdict, but a disk, a node of the store or a line that begins to fail looks like this: somebody
 * must know while the source still stands. Raised before the result is recorded, so that no crash between the two can lose it.
 */
async function alertPassing({ eventStore }: CarryOutParts, claim: Claim, { code, message }: CodedError): Promise<void> {
  const { job_id, flow_id, attempt: archiveAttempt } = claim.request;
  await raiseAlert(eventStore, claim.tenant, {
    severity: 'medium',
    code,
    message: `The archive of job ${job_id}, attempt ${archiveAttempt}, read damaged once, sound when read again: ${message.slice(0, 1500)}`,
    what_to_do: 'Look into the store and the line to it, then verify again. Do not shut the source down while this repeats.',
    flow_id,
    job_id,
    key: `read-damaged-once ${claim.verificationId} ${claim.task} ${claim.run} ${claim.claimNo}`,
  });
}

/** A finished proof is not thrown away because the database blinks or the flow is sealed for a moment: it waits while the lease holds. */
async function untilRecorded(signal: AbortSignal, record: () => Promise<unknown>): Promise<void> {
  for (;;) {
    signal.throwIfAborted();
    try {
      await record();
      return;
    } catch (error) {
      if (!isCodedError(error) || !waitedFor.includes(error.code)) throw error;
      await delay(recordPauseMs, undefined, { signal });
    }
  }
}

async function attest(parts: CarryOutParts, claim: Claim, proven: ProvenArchive) {
  const attestation = attestationOf(claim.request, claim.tenant, proven, parts.clock.now(), parts.version);
  return signAttestation(attestation, parts.signingKey);
}

async function carryOutContent(parts: CarryOutParts, claim: Claim, signal: AbortSignal): Promise<void> {
  const { eventStore, logger } = parts;
  const { job_id, attempt: archiveAttempt, level } = claim.request;
  const lock = await reportedLock(eventStore.query, job_id, archiveAttempt);
  const outcome = await attemptTwice(parts, claim, signal, (proof) => verifyArchive(proof, lock));
  const { checks } = outcome.findings;
  if ('error' in outcome) {
    const failure = { level: outcome.findings.level, checks, error: outcome.error };
    await untilRecorded(signal, () => recordFailed(eventStore, claim, failure));
    logger.error(
      { job_id, attempt: archiveAttempt, code: outcome.error.code, reason: outcome.error.message },
      'the archive is not what was written',
    );
    return;
  }
  const { passing } = outcome;
  if (passing) await untilRecorded(signal, () => alertPassing(parts, claim, passing));
  const { jws: attestation, evidenceSha256 } = await attest(parts, claim, outcome.proven);
  await untilRecorded(signal, () => recordVerified(eventStore, claim, { checks, evidenceSha256, attestation }));
  logger.info({ job_id, attempt: archiveAttempt, level, run: claim.run }, 'the archive is proven');
}

async function carryOutRetention(parts: CarryOutParts, claim: Claim, lock: ArchiveLocked, signal: AbortSignal): Promise<void> {
  const { eventStore, logger } = parts;
  const ids = { job_id: lock.job_id, attempt: lock.attempt };
  const outcome = await attemptTwice(parts, claim, signal, (proof) => verifyRetention(proof, lock));
  if ('error' in outcome) {
    const failure = { level: outcome.findings.level, checks: outcome.findings.checks, error: outcome.error };
    await untilRecorded(signal, () => recordFailed(eventStore, claim, failure));
    logger.error({ ...ids, code: outcome.error.code, reason: outcome.error.message }, 'the archive is not protected as it was said to be');
    return;
  }
  const { passing } = outcome;
  if (passing) await untilRecorded(signal, () => alertPassing(parts, claim, passing));
  await untilRecorded(signal, () => recordRetention(eventStore, claim, outcome.proven));
  logger.info({ ...ids, versions: outcome.proven }, 'retention is in force');
}

/** Carries out a claim and records its result. Throws what kept it from a result, or the signal's reason. */
export const carryOut = (parts: CarryOutParts, claim: Claim, signal: AbortSignal): Promise<void> =>
  claim.lock ? carryOutRetention(parts, claim, claim.lock, signal) : carryOutContent(parts, claim, signal);
