import type { JobAction, JobDetail } from '../jobs/queries.js';

export interface OfferedAction {
  action: JobAction;
  label: string;
  says: string;
  grave?: boolean;
  /** Why it is not possible now. */
  whyNot: string | undefined;
}

const word = ({ status, paused }: JobDetail): string => `The job is ${status.replace('_', ' ')}${paused ? ' and paused' : ''}.`;

/** What the page offers, each with why it is not possible now: the gateway says what the state of the job allows. */
export function offeredActions(job: JobDetail): OfferedAction[] {
  const whyNot = (action: JobAction, why = word(job)) => (job.possible_actions.includes(action) ? undefined : why);
  return [
    {
      ...{ action: 'pause', label: 'Pause', says: 'What is being written is begun anew later. Resume undoes it.' },
      whyNot: whyNot('pause'),
    },
    { action: 'resume', label: 'Resume', says: 'The job goes on.', whyNot: whyNot('resume') },
    // Of a failed job, Retry stands with the failure that it answers.
    ...(job.status === 'cancelled'
      ? [{ action: 'retry' as const, label: 'Retry', says: 'The job is begun anew.', whyNot: whyNot('retry') }]
      : []),
    {
      ...{ action: 'verify', label: 'Verify again', says: 'The archive is read back once more; the earlier proof stands.' },
      whyNot: whyNot('verify', job.archive_commands ? word(job) : 'There is no archive yet.'),
    },
    {
      ...{ action: 'cancel', label: 'Cancel', grave: true },
      says: 'The job ends without an archive. The flow cannot pass its gate without one.',
      whyNot: whyNot('cancel'),
    },
  ];
}
