import { v7 as uuidV7 } from 'uuid';
import type { ArchiveJobQueued, Tenant } from '@lastcopy/contracts';
import { decideAndAppend, serviceActor, type CommandContext, type EventStore, type ServiceTransaction } from '@lastcopy/eventing';
import { fold, isCodedError } from '@lastcopy/kernel';
import { archiveJobDecider } from '../domain/archive-job-decider.js';
import type { ArchiveJobEvent } from '../domain/archive-job-events.js';
import { alertOnFailure } from './alert-on-failure.js';

/** One attempt at a job, as a worker holds it. */
export interface ClaimedJob {
  tenant: Tenant;
  order: ArchiveJobQueued;
  attempt: number;
  workerId: string;
  traceparent: string | null;
}

interface Candidate extends Tenant {
  job_id: string;
  traceparent: string | null;
}

/** A sealed flow's jobs stand still: claiming one would only be refused. */
const candidates = `
  select job_id, client_account_id, engagement_id, traceparent from job_queue job
  where not paused
    and (phase = 'queued'
      or (phase = 'retry_scheduled' and due_at <= clock_timestamp())
      or (phase = 'in_progress' and (lease_until is null or lease_until < clock_timestamp())))
    and not exists (select 1 from flow_seals seal where seal.flow_id = job.flow_id::text and seal.sealed)
  order by coalesce(due_at, queued_at), job_id limit 5`;

const workerContext = (tenant: Tenant, traceparent: string | null): CommandContext => ({
  command_id: uuidV7(),
  tenant,
  actor: serviceActor('archive-service'),
  traceparent,
});

/** Whether the present lease has lapsed, by the database's clock and under the append lock. */
async function leaseState(tx: ServiceTransaction, jobId: string): Promise<{ now: string; lapsed: boolean }> {
  const [row] = await tx.query<{ now: Date; lapsed: boolean }>(
    `select clock_timestamp() as now, coalesce(lease_until < clock_timestamp(), true) as lapsed from job_queue where job_id = $1`,
    [jobId],
  );
  return { now: row!.now.toISOString(), lapsed: row!.lapsed };
}

export interface ClaimOptions {
  workerId: string;
  leaseMs: number;
  takeoverCap: number;
}

async function decideClaim(tx: ServiceTransaction, jobId: string, options: ClaimOptions) {
  const { events, version } = await tx.load('archive_job', jobId);
  const job = fold(archiveJobDecider, events as readonly object[] as readonly ArchiveJobEvent[]);
  const { now, lapsed } = await leaseState(tx, jobId);
  const command = { type: 'Start', workerId: options.workerId, now, leaseLapsed: lapsed, takeoverCap: options.takeoverCap } as const;
  const [decided] = archiveJobDecider.decide(command, job);
  await tx.append('archive_job', jobId, version, [decided!]);
  if (decided!.type === 'ArchiveJobFailed') await alertOnFailure(tx, decided!.data);
  if (decided!.type === 'ArchiveJobStarted') {
    await tx.query(
      `update job_queue set lease_owner = $2, lease_until = clock_timestamp() + $3 * interval '1 millisecond' where job_id = $1`,
      [jobId, options.workerId, options.leaseMs],
    );
  }
  return { decided: decided!, order: job.order! };
}

async function claimOne(store: EventStore, candidate: Candidate, options: ClaimOptions): Promise<ClaimedJob | null> {
  const { client_account_id, engagement_id, traceparent } = candidate;
  const tenant = { client_account_id, engagement_id };
  const { decided, order } = await store.transact(workerContext(tenant, traceparent), (tx) => decideClaim(tx, candidate.job_id, options));
  if (decided.type === 'ArchiveJobStarted')
    return { tenant, order, attempt: decided.data.attempt, workerId: options.workerId, traceparent };
  return null;
}

/**
 * The next job that may be worked on, with a lease on it; null when there is none. Of many workers that want the same job one gets it:
 * they decide one after another, and the others find it taken.
 */
export async function claimJob(store: EventStore, options: ClaimOptions): Promise<ClaimedJob | null> {
  for (const candidate of await store.query<Candidate>(candidates)) {
    try {
      const claimed = await claimOne(store, candidate, options);
      if (claimed) return claimed;
    } catch (error) {
      if (!isCodedError(error) || !['JOB_STATE', 'FLOW_SEALED'].includes(error.code)) throw error;
    }
  }
  return null;
}

/** Prolongs the lease; false when the attempt is no longer the one that counts (taken over, paused, cancelled). */
export async function renewLease(store: EventStore, job: ClaimedJob, leaseMs: number): Promise<boolean> {
  const rows = await store.query(
    `update job_queue set lease_until = clock_timestamp() + $4 * interval '1 millisecond'
     where job_id = $1 and attempt = $2 and lease_owner = $3 and phase = 'in_progress' returning job_id`,
    [job.order.job_id, job.attempt, job.workerId, leaseMs],
  );
  return rows.length === 1;
}

/** Gives the job back at once: whoever claims next need not wait for the lease to lapse, and no takeover is counted. */
export async function releaseLease(store: EventStore, job: ClaimedJob): Promise<void> {
  try {
    await store.transact(workerContext(job.tenant, job.traceparent), async (tx) => {
      const { now } = await leaseState(tx, job.order.job_id);
      const command = { type: 'GiveBack', attempt: job.attempt, now } as const;
      return decideAndAppend(tx, archiveJobDecider, 'archive_job', job.order.job_id, command);
    });
  } catch (error) {
    // Ended or another's by now: there is nothing to give back.
    if (!isCodedError(error) || error.code !== 'STALE_ATTEMPT') throw error;
  }
}
