import type { PauseArchiveJob, RetryArchiveJob } from '@lastcopy/contracts';
import { decideAndAppend, type CommandAnswer, type CommandContext, type EventStore } from '@lastcopy/eventing';
import { archiveJobDecider } from '../domain/archive-job-decider.js';
import { databaseNow } from './record-attempt.js';

/** A person asks for a job that failed or was cancelled, or does not want to wait for its retry. Errors: NOT_FOUND, JOB_STATE. */
export const retryArchiveJob = (store: EventStore, context: CommandContext, command: RetryArchiveJob): Promise<CommandAnswer> =>
  store.execute(context, 'RetryArchiveJob', command, async (tx) => {
    const reason = command.reason ?? `Asked for by ${context.actor.name}`;
    const retry = { type: 'Retry', reason, now: await databaseNow(tx) } as const;
    return decideAndAppend(tx, archiveJobDecider, 'archive_job', command.job_id, retry);
  });

/** A person pauses, resumes or cancels a job. A worker that has it notices at its next renewal. Errors: NOT_FOUND, JOB_STATE. */
export const steerArchiveJob = (
  store: EventStore,
  context: CommandContext,
  type: 'Pause' | 'Resume' | 'Cancel',
  command: PauseArchiveJob,
): Promise<CommandAnswer> =>
  store.execute(context, `${type}ArchiveJob`, command, (tx) =>
    decideAndAppend(tx, archiveJobDecider, 'archive_job', command.job_id, { type, reason: command.reason }),
  );
