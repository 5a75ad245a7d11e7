import type { EventData } from '@lastcopy/contracts';
import type { LoggedEvent } from '@lastcopy/eventing';
import { assertNever } from '@lastcopy/kernel';
import type { JobRecord } from './job-record.js';
import { dataOf } from './record-fold.js';
import type { TypeOf } from './record-of-event.js';

const cleared = { failure: null, retry: null, actual_completion: null } as const;

function queued(job: JobRecord, event: LoggedEvent): JobRecord {
  const queued = dataOf<EventData<'ArchiveJobQueued'>>(event);
  const created_at = job.queued ? job.created_at : event.occurred_at;
  return { ...job, ...cleared, queued, status: 'queued', step: 'queued', scheduled_start: event.occurred_at, created_at };
}

function started(job: JobRecord, event: LoggedEvent): JobRecord {
  const { attempt } = dataOf<EventData<'ArchiveJobStarted'>>(event);
  const start = { status: 'in_progress', step: 'exporting', attempt, actual_start: event.occurred_at } as const;
  return { ...job, ...cleared, ...start, uploaded: null, checksum: null, retain_until: null };
}

function completed(job: JobRecord, event: LoggedEvent): JobRecord {
  const { checksum, retain_until } = dataOf<EventData<'ArchiveJobCompleted'>>(event);
  return {
    ...job,
    status: 'completed',
    step: 'done',
    checksum,
    retain_until,
    failure: null,
    retry: null,
    actual_completion: event.occurred_at,
  };
}

function failed(job: JobRecord, event: LoggedEvent): JobRecord {
  const { code, error_class, message, hint } = dataOf<EventData<'ArchiveJobFailed'>>(event);
  return {
    ...job,
    status: 'failed',
    failure: { code, error_class, message, hint, at: event.occurred_at },
    retry: null,
    actual_completion: null,
  };
}

function retryScheduled(job: JobRecord, event: LoggedEvent): JobRecord {
  const { retry_no, due_at, reason } = dataOf<EventData<'ArchiveRetryScheduled'>>(event);
  // A job that a person revives was failed or cancelled; until it is due it shows the failure it had.
  const status = job.status === 'cancelled' ? 'queued' : job.status;
  return { ...job, status, retry: { retry_no, due_at, reason }, retry_count: retry_no, scheduled_start: due_at };
}

/** Pure: what the archive-service tells of a job. */
export function applyArchiveEvent(job: JobRecord, type: TypeOf<'archive'>, event: LoggedEvent): JobRecord {
  switch (type) {
    case 'ArchiveJobQueued':
      return queued(job, event);
    case 'ArchiveJobStarted':
      return started(job, event);
    case 'ArchiveUploaded':
      return { ...job, step: 'uploaded', uploaded: { ...dataOf<EventData<'ArchiveUploaded'>>(event), at: event.occurred_at } };
    case 'ArchiveLocking':
      // Objects are only being protected: what counts is that all of them are, which ArchiveLocked says.
      return job;
    case 'ArchiveLocked':
      return { ...job, step: 'locked', retain_until: dataOf<EventData<'ArchiveLocked'>>(event).retain_until };
    case 'ArchiveJobCompleted':
      return completed(job, event);
    case 'ArchiveJobFailed':
      return failed(job, event);
    case 'ArchiveRetryScheduled':
      return retryScheduled(job, event);
    case 'ArchiveJobPaused':
      return { ...job, paused: true };
    case 'ArchiveJobResumed':
      return { ...job, paused: false };
    case 'ArchiveJobCancelled':
      return { ...job, status: 'cancelled', paused: false, retry: null };
    default:
      return assertNever(type);
  }
}
