import type { ArchiveJobQueued, ArchiveUploaded, IntegrityVerified, JobStatus, VerificationCheck } from '@lastcopy/contracts';
import type { LoggedEvent } from '@lastcopy/eventing';
import { applyArchiveEvent } from './apply-archive-event.js';
import { applyVerificationEvent } from './apply-verification-event.js';
import type { RecordFold } from './record-fold.js';
import { typeIn, typesOf } from './record-of-event.js';

/** What the integrity-service last said about an attempt. */
export interface AttemptVerification {
  verification_id: string;
  outcome: 'requested' | 'verified' | 'failed';
  level: IntegrityVerified['level'];
  checks: VerificationCheck[];
  evidence_sha256: string | null;
  manifest_sha256: string | null;
  attestation: string | null;
  code: string | null;
  message: string | null;
  at: string;
  log_seq: number;
}

export interface RetentionProof {
  mode: 'COMPLIANCE' | 'GOVERNANCE';
  retain_until: string;
  versions: number;
  at: string;
}

/**
 * An archive job as two services tell it. Their events may arrive here in either order, so each keeps to fields of its own and
 * what is told of an attempt is kept by attempt.
 */
export interface JobRecord {
  job_id: string;
  flow_id: string;
  queued: ArchiveJobQueued | null;
  status: JobStatus;
  step: 'queued' | 'exporting' | 'uploaded' | 'locked' | 'done';
  paused: boolean;
  attempt: number;
  uploaded: (ArchiveUploaded & { at: string }) | null;
  failure: { code: string; error_class: string; message: string; hint: string; at: string } | null;
  retry: { retry_no: number; due_at: string; reason: string } | null;
  retry_count: number;
  checksum: string | null;
  retain_until: string | null;
  verifications: Record<string, AttemptVerification>;
  retention: Record<string, RetentionProof>;
  scheduled_start: string | null;
  actual_start: string | null;
  actual_completion: string | null;
  created_at: string;
  updated_at: string;
}

/** What figures over many jobs are made from. */
export interface JobLine extends Pick<JobRecord, 'job_id' | 'flow_id' | 'status' | 'step' | 'paused' | 'attempt'> {
  /** Null while the archive-service has told nothing of it. */
  system_id: string | null;
  /** What was written; null before that. */
  bytes: number | null;
}

const begun = (event: LoggedEvent): JobRecord => {
  const { job_id, flow_id } = event.data as { job_id: string; flow_id: string };
  return {
    ...{ job_id, flow_id, queued: null, status: 'queued', step: 'queued', paused: false, attempt: 0 },
    ...{ uploaded: null, failure: null, retry: null, retry_count: 0, checksum: null, retain_until: null },
    ...{ verifications: {}, retention: {}, scheduled_start: null, actual_start: null, actual_completion: null },
    ...{ created_at: event.occurred_at, updated_at: event.occurred_at },
  };
};

function told(job: JobRecord, event: LoggedEvent): JobRecord {
  const archive = typeIn('archive', event.type);
  if (archive) return applyArchiveEvent(job, archive, event);
  const verification = typeIn('verification', event.type);
  return verification ? applyVerificationEvent(job, verification, event) : job;
}

export const jobFold: RecordFold<JobRecord> = {
  name: 'jobs',
  types: [...typesOf('archive'), ...typesOf('verification')],
  columns: {
    told: `boolean generated always as (record->'queued' <> 'null'::jsonb) stored`,
    system_id: `text generated always as (record->'queued'->>'system_id') stored`,
    status: `text generated always as (record->>'status') stored`,
    step: `text generated always as (record->>'step') stored`,
    paused: `boolean generated always as ((record->>'paused')::boolean) stored`,
    attempt: `integer generated always as ((record->>'attempt')::integer) stored`,
    bytes: `bigint generated always as ((record->'uploaded'->>'bytes')::bigint) stored`,
  },
  keyOf: (event) => (event.data as { job_id: string }).job_id,
  begin: begun,
  apply: (job, event) => ({
    ...told(job, event),
    updated_at: event.occurred_at > job.updated_at ? event.occurred_at : job.updated_at,
  }),
};

/** What is said of the attempt whose objects the job names. */
export const winningVerification = (job: JobRecord): AttemptVerification | null =>
  job.uploaded ? (job.verifications[job.uploaded.attempt] ?? null) : null;
export const winningRetention = (job: JobRecord): RetentionProof | null =>
  job.uploaded ? (job.retention[job.uploaded.attempt] ?? null) : null;
