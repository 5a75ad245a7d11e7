import type { JobAction, StreamToken } from '@lastcopy/contracts';
import type { CommandContext } from '@lastcopy/eventing';
import { CodedError } from '@lastcopy/kernel';
import { refuseArchiving } from '../decommission-flow/commands/refuse-archiving.js';
import type { Gateway } from '../gateway.js';
import type { JobRecord } from '../records/job-record.js';
import { isPossible } from '../records/possible-job-actions.js';

/** Says beforehand, from what is known here, that an action is not possible; the owner of the job decides in the end. */
export function refuseImpossible(job: JobRecord, action: JobAction): void {
  if (isPossible(job, action)) return;
  throw new CodedError(
    'JOB_STATE',
    `Job ${job.job_id} is ${job.status}${job.paused ? ' and paused' : ''}; it cannot be acted on with ${action}`,
  );
}

/**
 * A retry and a resume copy data as the first start does, and ask for the same. The reading is of the log: a pause that the read model does
 * not show yet counts. Throws FLOW_STATE, FLOW_SEALED, APPROVALS_MISSING.
 */
export async function refuseUnapproved({ reader }: Gateway, { tenant }: CommandContext, job: JobRecord, action: JobAction): Promise<void> {
  if (action !== 'retry' && action !== 'resume') return;
  const reading = await reader.read(tenant, job.flow_id);
  if (!reading) throw new CodedError('NOT_FOUND', `There is no flow ${job.flow_id}`);
  refuseArchiving(reading.facts, `Job ${job.job_id}`);
}

const archiveCommands = {
  pause: 'PauseArchiveJob',
  resume: 'ResumeArchiveJob',
  cancel: 'CancelArchiveJob',
  retry: 'RetryArchiveJob',
} as const;

/** Sends an action on a job to the service that owns it. Throws what that service answers, SERVICE_UNAVAILABLE and what `refuseUnapproved` throws. */
export async function actOnJob(
  gateway: Gateway,
  context: CommandContext,
  job: JobRecord,
  action: JobAction,
  reason = `Asked for by ${context.actor.name}`,
): Promise<StreamToken | null> {
  await refuseUnapproved(gateway, context, job, action);
  const { deps } = gateway;
  const { command_id, tenant, actor } = context;
  const { job_id } = job;
  const options = { command_id, tenant, actor };
  if (action === 'verify') {
    return (await deps.commands.send('integrity-service', 'RequestVerification', { job_id, reason }, options)).token;
  }
  return (await deps.commands.send('archive-service', archiveCommands[action], { job_id, reason }, options)).token;
}
