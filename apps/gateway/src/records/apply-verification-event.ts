import type { EventData } from '@lastcopy/contracts';
import type { LoggedEvent } from '@lastcopy/eventing';
import { assertNever } from '@lastcopy/kernel';
import type { AttemptVerification, JobRecord } from './job-record.js';
import { dataOf } from './record-fold.js';
import type { TypeOf } from './record-of-event.js';

const nothing = { checks: [], evidence_sha256: null, manifest_sha256: null, attestation: null, code: null, message: null };

function told(job: JobRecord, attempt: number, event: LoggedEvent, said: Partial<AttemptVerification>): JobRecord {
  const { verification_id, level } = event.data as { verification_id: string; level: AttemptVerification['level'] };
  const base = { ...nothing, verification_id, outcome: 'requested' as const, level, at: event.occurred_at, log_seq: event.log_seq };
  return { ...job, verifications: { ...job.verifications, [attempt]: { ...base, ...said } } };
}

/** A new look at an attempt takes nothing away from what was proven; only a verdict does. */
function requested(job: JobRecord, event: LoggedEvent): JobRecord {
  const { attempt } = dataOf<EventData<'VerificationRequested'>>(event);
  return job.verifications[attempt] ? job : told(job, attempt, event, {});
}

function verified(job: JobRecord, event: LoggedEvent): JobRecord {
  const { attempt, checks, evidence_sha256, manifest_sha256, attestation } = dataOf<EventData<'IntegrityVerified'>>(event);
  return told(job, attempt, event, { outcome: 'verified', checks, evidence_sha256, manifest_sha256, attestation });
}

/** What was proven before is void, retention included. */
function failed(job: JobRecord, event: LoggedEvent): JobRecord {
  const { attempt, checks, evidence_sha256, code, message } = dataOf<EventData<'IntegrityFailed'>>(event);
  const retention = { ...job.retention };
  delete retention[attempt];
  return told({ ...job, retention }, attempt, event, { outcome: 'failed', checks, evidence_sha256, code, message });
}

/** Pure: what the integrity-service tells of a job. */
export function applyVerificationEvent(job: JobRecord, type: TypeOf<'verification'>, event: LoggedEvent): JobRecord {
  switch (type) {
    case 'VerificationRequested':
      return requested(job, event);
    case 'IntegrityVerified':
      return verified(job, event);
    case 'IntegrityFailed':
      return failed(job, event);
    case 'RetentionVerified': {
      const { attempt, mode, retain_until, versions } = dataOf<EventData<'RetentionVerified'>>(event);
      return { ...job, retention: { ...job.retention, [attempt]: { mode, retain_until, versions, at: event.occurred_at } } };
    }
    default:
      return assertNever(type);
  }
}
