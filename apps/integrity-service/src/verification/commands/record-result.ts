import type { IntegrityFailed, IntegrityVerified, RetentionVerified, StreamToken, VerificationLevel } from '@lastcopy/contracts';
import { decideAndAppend, deterministicId, serviceActor, type CommandContext, type EventStore } from '@lastcopy/eventing';
import type { CodedError } from '@lastcopy/kernel';
import type { VerificationCommand } from '../domain/verification-commands.js';
import type { CheckList } from '../domain/check-list.js';
import { verificationDecider } from '../domain/verification.js';
import { digestOf, sha256OfJson } from '../evidence.js';
import { isTransitioned } from '../projections/received-facts.js';
import { assertHeld, type Claim } from '../../verifier/claims.js';

const maxMessageLength = 2000;

const contextOf = ({ tenant, verificationId, task, claimNo, traceparent }: Claim): CommandContext => ({
  command_id: deterministicId('verification result', verificationId, task, claimNo),
  tenant,
  actor: serviceActor('integrity-service'),
  traceparent,
});

/** Appends a result if the work is still this claim's. Throws LEASE_LOST, FLOW_SEALED, STALE_ATTEMPT, JOB_STATE, SERVICE_UNAVAILABLE. */
const record = (store: EventStore, claim: Claim, command: VerificationCommand): Promise<StreamToken> =>
  store.transact(contextOf(claim), async (tx) => {
    await assertHeld(tx, claim);
    const sealExempt = await isTransitioned((sql, parameters) => tx.query(sql, parameters), claim.request.flow_id);
    return decideAndAppend(tx, verificationDecider, 'verification', claim.verificationId, command, { sealExempt });
  });

const idsOf = ({ verificationId, request }: Claim) => ({
  verification_id: verificationId,
  job_id: request.job_id,
  flow_id: request.flow_id,
  attempt: request.attempt,
});

export function recordVerified(
  store: EventStore,
  claim: Claim,
  proof: { checks: CheckList; evidenceSha256: string; attestation: string },
): Promise<StreamToken> {
  const { level, manifest_sha256 } = claim.request;
  const { checks, evidenceSha256: evidence_sha256, attestation } = proof;
  const verified: IntegrityVerified = { ...idsOf(claim), level, manifest_sha256, checks: checks.listed(), evidence_sha256, attestation };
  return record(store, claim, { type: 'RecordVerified', verified });
}

/** The evidence of a failure is the failure itself, with all that was checked before it. */
export function recordFailed(
  store: EventStore,
  claim: Claim,
  failure: { level: VerificationLevel; checks: CheckList; error: CodedError },
): Promise<StreamToken> {
  const { level, checks, error } = failure;
  const message = error.message.slice(0, maxMessageLength);
  const evidence = {
    ...idsOf(claim),
    level,
    code: error.code,
    message,
    manifest_sha256: claim.request.manifest_sha256,
    checks: digestOf(checks),
  };
  const evidence_sha256 = sha256OfJson(evidence);
  const failed: IntegrityFailed = { ...idsOf(claim), level, checks: checks.listed(), evidence_sha256, code: error.code, message };
  return record(store, claim, { type: claim.task === 'content' ? 'RecordFailed' : 'RefuteRetention', failed });
}

export function recordRetention(store: EventStore, claim: Claim, versions: number): Promise<StreamToken> {
  const { mode, retain_until } = claim.lock!;
  const retention: RetentionVerified = { ...idsOf(claim), mode, retain_until, versions };
  return record(store, claim, { type: 'RecordRetention', retention });
}
