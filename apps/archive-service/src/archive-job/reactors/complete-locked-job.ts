import type { RetentionVerified } from '@lastcopy/contracts';
import type { Reactor } from '@lastcopy/eventing';
import { reactOnJob, type ReactorParts } from './react-on-job.js';

const name = 'complete_locked_job';

/** The integrity-service has read the retention back from the store: the job is done. */
export const completeLockedJob = (parts: ReactorParts): Reactor => ({
  kind: 'reactor',
  name,
  types: ['RetentionVerified'],
  async react(event) {
    const { job_id, attempt, retain_until: retainUntil } = event.data as RetentionVerified;
    await reactOnJob(parts, event, name, job_id, { type: 'Complete', attempt, retainUntil });
  },
});
