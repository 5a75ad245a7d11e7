import type { ArchiveLocked, ArchiveUploaded } from '@lastcopy/contracts';
import type { ArchiveJobCommand, Failure, JobOrder } from './archive-job-commands.js';
import type { ArchiveJobEvent } from './archive-job-events.js';

/** Facts and commands of one job, as tests tell its story. */
export const now = '2026-03-01T12:00:00.000Z';
export const ids = { job_id: '00000000-0000-4000-8000-0000000000a1', flow_id: '00000000-0000-4000-8000-0000000000f1' };
export const order: JobOrder = {
  ...ids,
  system_id: '00000000-0000-4000-8000-0000000000b1',
  system_name: 'Billing',
  policy_id: '00000000-0000-4000-8000-0000000000c1',
  policy_version: 1,
  retention_period_days: 2555,
  minima: [{ duration: 'P7Y', requirement: 'SOX', clause: 'Section 802' }],
  verification_level: 'restored',
  source: { kind: 'postgresql', host: '127.0.0.1', port: 5432, database: 'billing', user: 'archivist', secret_ref: 'billing' },
  destination: 's3://archives/kept/',
};
export const failureOf = (error_class: Failure['error_class']): Failure => ({
  code: error_class === 'transient' ? 'STORE_UNREACHABLE' : 'SOURCE_AUTHENTICATION',
  error_class,
  message: 'it did not work',
  hint: 'try',
});
export const uploadedBy = (attempt: number): ArchiveUploaded => ({
  ...ids,
  attempt,
  system_id: order.system_id,
  source_kind: 'postgresql',
  location: `s3://archives/kept/attempt-${attempt}/`,
  manifest: { bucket: 'archives', key: `kept/attempt-${attempt}/manifest.json`, version_id: `v${attempt}` },
  manifest_sha256: 'a'.repeat(64),
  verification_level: 'restored',
  parts: 3,
  rows: 10,
  bytes: 1000,
  stored_bytes: 100,
  duration_ms: 5,
  archived_at: now,
  retain_until: '2033-03-01T12:00:00.000Z',
});
export const lockedBy = (attempt: number): ArchiveLocked => ({
  ...ids,
  attempt,
  mode: 'COMPLIANCE',
  retain_until: '2033-03-01T12:00:00.000Z',
  versions: 7,
});

export const queued: ArchiveJobEvent = { type: 'ArchiveJobQueued', data: { ...order, attempt: 1 } };
export const started = (attempt: number): ArchiveJobEvent => ({ type: 'ArchiveJobStarted', data: { ...ids, attempt, worker_id: 'w' } });
export const uploaded = (attempt: number): ArchiveJobEvent => ({ type: 'ArchiveUploaded', data: uploadedBy(attempt) });
export const locking = (attempt: number): ArchiveJobEvent => ({ type: 'ArchiveLocking', data: { ...ids, attempt } });
export const locked = (attempt: number): ArchiveJobEvent => ({ type: 'ArchiveLocked', data: lockedBy(attempt) });
export const completed = (attempt: number): ArchiveJobEvent => ({
  type: 'ArchiveJobCompleted',
  data: { ...ids, attempt, location: uploadedBy(attempt).location, checksum: 'a'.repeat(64), retain_until: lockedBy(attempt).retain_until },
});
export const failed = (attempt: number, errorClass: Failure['error_class'] = 'permanent'): ArchiveJobEvent => ({
  type: 'ArchiveJobFailed',
  data: { ...ids, attempt, ...failureOf(errorClass) },
});
export const retryScheduled = (attempt: number, retry_no: number, due_at: string): ArchiveJobEvent => ({
  type: 'ArchiveRetryScheduled',
  data: { ...ids, attempt, retry_no, due_at, reason: 'it did not work' },
});
export const paused: ArchiveJobEvent = { type: 'ArchiveJobPaused', data: { ...ids, reason: 'lunch' } };
export const resumed: ArchiveJobEvent = { type: 'ArchiveJobResumed', data: { ...ids, reason: 'back' } };
export const cancelled: ArchiveJobEvent = { type: 'ArchiveJobCancelled', data: { ...ids, reason: 'wrong system' } };

export const start = (changes: Partial<Extract<ArchiveJobCommand, { type: 'Start' }>> = {}): ArchiveJobCommand => ({
  type: 'Start',
  workerId: 'w',
  now,
  leaseLapsed: false,
  takeoverCap: 2,
  ...changes,
});
export const fail = (attempt: number, errorClass: Failure['error_class'], retryDelaysS = [60, 300, 900]): ArchiveJobCommand => ({
  type: 'RecordFailure',
  attempt,
  failure: failureOf(errorClass),
  now,
  retryDelaysS,
});
export const refute = (attempt: number): ArchiveJobCommand => ({
  type: 'RecordIntegrityFailure',
  attempt,
  failure: failureOf('integrity'),
});
