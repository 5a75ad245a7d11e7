import type { ArchiveJobQueued, ArchiveLocked, ArchiveUploaded } from '@lastcopy/contracts';
import { assertNever } from '@lastcopy/kernel';
import type { ArchiveJobEvent } from './archive-job-events.js';

export const jobPhases = [
  'none',
  'queued',
  'in_progress',
  'uploaded',
  'locking',
  'locked',
  'completed',
  'failed',
  'retry_scheduled',
  'cancelled',
] as const;
export type JobPhase = (typeof jobPhases)[number];

export interface ArchiveJob {
  readonly phase: JobPhase;
  readonly paused: boolean;
  readonly order: ArchiveJobQueued | null;
  /** The last attempt that was started; 0 before the first. */
  readonly attempt: number;
  /** Automatic retries since a person last asked for the job. */
  readonly retries: number;
  /** Lapsed leases since the job was last queued or retried. */
  readonly takeovers: number;
  /** When a scheduled retry is due, ISO 8601 UTC. */
  readonly dueAt: string | null;
  readonly uploaded: ArchiveUploaded | null;
  readonly locked: ArchiveLocked | null;
}

export const noJob: ArchiveJob = {
  phase: 'none',
  paused: false,
  order: null,
  attempt: 0,
  retries: 0,
  takeovers: 0,
  dueAt: null,
  uploaded: null,
  locked: null,
};

/** Pausing ends the attempt that runs: resuming queues the next one. Later phases touch no source, so they go on. */
const afterPause = (phase: JobPhase): JobPhase => (phase === 'in_progress' ? 'queued' : phase);

export function evolve(job: ArchiveJob, event: ArchiveJobEvent): ArchiveJob {
  switch (event.type) {
    case 'ArchiveJobQueued':
      return { ...noJob, phase: 'queued', paused: job.paused, attempt: job.attempt, order: event.data };
    case 'ArchiveJobStarted': {
      const takeovers = job.phase === 'in_progress' ? job.takeovers + 1 : job.takeovers;
      return { ...job, phase: 'in_progress', attempt: event.data.attempt, takeovers, dueAt: null, uploaded: null, locked: null };
    }
    case 'ArchiveUploaded':
      return { ...job, phase: 'uploaded', uploaded: event.data };
    case 'ArchiveLocking':
      return { ...job, phase: 'locking' };
    case 'ArchiveLocked':
      return { ...job, phase: 'locked', locked: event.data };
    case 'ArchiveJobCompleted':
      return { ...job, phase: 'completed' };
    case 'ArchiveJobFailed':
      return { ...job, phase: 'failed', dueAt: null };
    case 'ArchiveRetryScheduled':
      return { ...job, phase: 'retry_scheduled', retries: event.data.retry_no, takeovers: 0, dueAt: event.data.due_at };
    case 'ArchiveJobPaused':
      return { ...job, phase: afterPause(job.phase), paused: true };
    case 'ArchiveJobResumed':
      return { ...job, paused: false };
    case 'ArchiveJobCancelled':
      return { ...job, phase: 'cancelled', paused: false, dueAt: null };
    default:
      return assertNever(event);
  }
}
