import type { JobPhase } from '../archive-job/domain/archive-job.js';

/** A job as the sweep sees it. */
export interface SweptJob {
  phase: JobPhase;
  /** The last attempt that was started. */
  attempt: number;
  /** Attempts whose archive stands complete in the store. */
  uploadedAttempts: readonly number[];
  /** Attempts that were locked as a whole: kept archives, even where a later one counts. */
  lockedAttempts: readonly number[];
}

function isKept({ phase, attempt, uploadedAttempts, lockedAttempts }: SweptJob, candidate: number): boolean {
  if (lockedAttempts.includes(candidate)) return true;
  switch (phase) {
    case 'cancelled':
    case 'none':
      return false;
    case 'completed':
      return candidate === attempt;
    case 'in_progress':
    case 'uploaded':
    case 'locking':
    case 'locked':
      return candidate === attempt || uploadedAttempts.includes(candidate);
    case 'queued':
    case 'retry_scheduled':
    case 'failed':
      return uploadedAttempts.includes(candidate);
  }
}

/**
 * The attempts whose objects serve nothing. An archive that was once complete is spared until another one has won: even one that failed a
 * check may be the best copy there is. Attempts after the last one known are never named: they may just begin.
 */
export const sweepableAttempts = (job: SweptJob): number[] =>
  Array.from({ length: job.attempt }, (_, index) => index + 1).filter((attempt) => !isKept(job, attempt));
