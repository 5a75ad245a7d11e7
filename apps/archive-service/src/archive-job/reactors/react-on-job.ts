import type { Tenant } from '@lastcopy/contracts';
import { contextFromEvent, decideAndAppend, type Alert, type EventStore, type LoggedEvent } from '@lastcopy/eventing';
import { isCodedError, type ErrorCode } from '@lastcopy/kernel';
import type { Logger } from '@lastcopy/platform';
import type { ArchiveJobCommand } from '../domain/archive-job-commands.js';
import { archiveJobDecider } from '../domain/archive-job-decider.js';

export interface ReactorParts {
  store(): EventStore;
  logger: Logger;
  alert(tenant: Tenant, alert: Alert): Promise<unknown>;
}

/** Refusals that mean "this event is about something that is over": an old attempt, a cancelled job, another tenant's id. */
const overtaken: readonly ErrorCode[] = ['STALE_ATTEMPT', 'JOB_STATE', 'NOT_FOUND'];

/** Lets a job decide on what an event asks for. False when the event came too late for its job, which is logged and done with. */
export async function reactOnJob(
  { store, logger }: ReactorParts,
  event: LoggedEvent,
  reactor: string,
  jobId: string,
  command: ArchiveJobCommand,
  options: { sealExempt?: boolean } = {},
): Promise<boolean> {
  const context = contextFromEvent(event, 'archive-service', reactor);
  try {
    await store().transact(context, (tx) => decideAndAppend(tx, archiveJobDecider, 'archive_job', jobId, command, options));
    return true;
  } catch (error) {
    if (!isCodedError(error) || !overtaken.includes(error.code)) throw error;
    logger.info({ job_id: jobId, code: error.code, event_id: event.event_id, command: command.type }, error.message);
    return false;
  }
}
