import { jobActions, type JobAction } from '@lastcopy/contracts';
import { assertNever } from '@lastcopy/kernel';
import type { JobRecord } from './job-record.js';

/** Whether the state of the job, as far as it is known here, allows the action; the owner of the job decides in the end. */
export const isPossible = (job: JobRecord, action: JobAction): boolean => {
  const running = job.status === 'queued' || job.status === 'in_progress' || (job.status === 'failed' && job.retry !== null);
  switch (action) {
    case 'pause':
      return running && !job.paused;
    case 'resume':
      return running && job.paused;
    case 'cancel':
      return running || job.status === 'failed';
    case 'retry':
      return job.status === 'failed' || job.status === 'cancelled';
    case 'verify':
      return job.uploaded !== null;
    default:
      return assertNever(action);
  }
};

export const possibleActions = (job: JobRecord): JobAction[] => jobActions.filter((action) => isPossible(job, action));
