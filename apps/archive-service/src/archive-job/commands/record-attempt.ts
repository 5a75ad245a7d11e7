import { v7 as uuidV7 } from 'uuid';
import type { ArchiveUploaded } from '@lastcopy/contracts';
import { decideAndAppend, serviceActor, type CommandContext, type EventStore, type ServiceTransaction } from '@lastcopy/eventing';
import type { Failure } from '../domain/archive-job-commands.js';
import { archiveJobDecider } from '../domain/archive-job-decider.js';
import { alertOnFailure } from './alert-on-failure.js';
import type { ClaimedJob } from './claim-job.js';

const contextOf = (job: ClaimedJob): CommandContext => ({
  command_id: uuidV7(),
  tenant: job.tenant,
  actor: serviceActor('archive-service'),
  traceparent: job.traceparent,
});

export async function databaseNow(tx: ServiceTransaction): Promise<string> {
  const [row] = await tx.query<{ now: Date }>('select clock_timestamp() as now');
  return row!.now.toISOString();
}

/** The worker's archive stands. Throws STALE_ATTEMPT when another attempt owns the job by now; repeating it is harmless. */
export async function recordUploaded(store: EventStore, job: ClaimedJob, uploaded: ArchiveUploaded): Promise<void> {
  await store.transact(contextOf(job), (tx) =>
    decideAndAppend(tx, archiveJobDecider, 'archive_job', job.order.job_id, { type: 'RecordUploaded', uploaded }),
  );
}

/** The attempt failed: retried later when its class says so, with an alert when data was not what it must be. Throws STALE_ATTEMPT. */
export async function recordFailure(store: EventStore, job: ClaimedJob, failure: Failure, retryDelaysS: readonly number[]): Promise<void> {
  const { job_id, flow_id } = job.order;
  await store.transact(contextOf(job), async (tx) => {
    const now = await databaseNow(tx);
    const command = { type: 'RecordFailure', attempt: job.attempt, failure, now, retryDelaysS } as const;
    await decideAndAppend(tx, archiveJobDecider, 'archive_job', job_id, command);
    if (failure.error_class === 'integrity') await alertOnFailure(tx, { ...failure, job_id, flow_id, attempt: job.attempt });
  });
}
