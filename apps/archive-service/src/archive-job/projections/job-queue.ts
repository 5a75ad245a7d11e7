import type { InlineProjection } from '@lastcopy/eventing';
import { fold } from '@lastcopy/kernel';
import { archiveJobDecider } from '../domain/archive-job-decider.js';
import type { ArchiveJobEvent } from '../domain/archive-job-events.js';

const upsert = `
  insert into job_queue (job_id, client_account_id, engagement_id, flow_id, system_id, phase, paused, attempt, due_at,
    uploaded_attempts, locked_attempts, destinations, traceparent, queued_at, changed_at)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, clock_timestamp(), clock_timestamp())
  on conflict (job_id) do update set phase = excluded.phase, paused = excluded.paused, attempt = excluded.attempt, due_at = excluded.due_at,
    uploaded_attempts = excluded.uploaded_attempts, locked_attempts = excluded.locked_attempts, destinations = excluded.destinations, changed_at = excluded.changed_at,
    lease_owner = null, lease_until = null`;

/**
 * One row a job: what a worker can claim and what the sweep must spare. Written with the event itself, so a claim never rests on
 * something out of date. Every event ends the lease; the claim sets a new one after its own event.
 */
export const jobQueue: InlineProjection = {
  name: 'job_queue',
  async apply(tx, event) {
    if (event.aggregate !== 'archive_job') return;
    const loaded = await tx.load('archive_job', event.aggregate_id);
    const events = loaded.events as readonly object[] as readonly ArchiveJobEvent[];
    const job = fold(archiveJobDecider, events);
    const uploadedAttempts = events.flatMap((each) => (each.type === 'ArchiveUploaded' ? [each.data.attempt] : []));
    const lockedAttempts = events.flatMap((each) => (each.type === 'ArchiveLocked' ? [each.data.attempt] : []));
    const destinations = new Set(events.flatMap((each) => (each.type === 'ArchiveJobQueued' ? [each.data.destination] : [])));
    const { flow_id, system_id } = job.order!;
    const traceparent = loaded.events[0]!.traceparent;
    const tenant = [event.client_account_id, event.engagement_id];
    const state = [job.phase, job.paused, job.attempt, job.dueAt, uploadedAttempts, lockedAttempts, [...destinations], traceparent];
    await tx.query(upsert, [event.aggregate_id, ...tenant, flow_id, system_id, ...state]);
  },
};
