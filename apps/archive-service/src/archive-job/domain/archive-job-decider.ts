import { assertNever, DomainError, type Decider } from '@lastcopy/kernel';
import type { ArchiveJobCommand, Failure, JobOrder } from './archive-job-commands.js';
import type { ArchiveJobEvent } from './archive-job-events.js';
import { evolve, noJob, type ArchiveJob, type JobPhase } from './archive-job.js';

type Of<T extends ArchiveJobCommand['type']> = Extract<ArchiveJobCommand, { type: T }>;
type Existing = ArchiveJob & { order: NonNullable<ArchiveJob['order']> };

const ids = (job: Existing) => ({ job_id: job.order.job_id, flow_id: job.order.flow_id });
const notNow = (job: ArchiveJob, action: string): DomainError =>
  new DomainError('JOB_STATE', `Archive job ${job.order?.job_id} is ${job.phase}: ${action} is not possible.`, { phase: job.phase });
const stale = (job: ArchiveJob, attempt: number): DomainError =>
  new DomainError(
    'STALE_ATTEMPT',
    `Attempt ${attempt} of archive job ${job.order?.job_id} is not the one that counts (attempt ${job.attempt}, ${job.phase}).`,
    { attempt, current: job.attempt, phase: job.phase },
  );

const isOneOf = (phase: JobPhase, ...phases: JobPhase[]): boolean => phases.includes(phase);
const addSeconds = (iso: string, seconds: number): string => new Date(Date.parse(iso) + seconds * 1000).toISOString();

/** Field by field, in whatever order the fields came. */
const canonical = (value: unknown): string =>
  JSON.stringify(value, (_, part: unknown) =>
    part !== null && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );

function sameOrder(job: Existing, order: JobOrder): boolean {
  return canonical({ ...job.order, attempt: undefined, reason: undefined }) === canonical(order);
}

/** A live or completed job is kept; one that ended without an archive is queued again, with the order as it was approved now. */
function queue({ order }: Of<'Queue'>, job: ArchiveJob): ArchiveJobEvent[] {
  const queued: ArchiveJobEvent = { type: 'ArchiveJobQueued', data: { ...order, attempt: job.attempt + 1 } };
  if (!isExisting(job) || isOneOf(job.phase, 'failed', 'cancelled')) return [queued];
  return isOneOf(job.phase, 'queued', 'retry_scheduled') && !sameOrder(job, order) ? [queued] : [];
}

/** An archive that stands is superseded only by one that is made to its end: an attempt that is under way is not disturbed. */
function rearchive({ order, reason }: Of<'Rearchive'>, job: Existing): ArchiveJobEvent[] {
  if (isOneOf(job.phase, 'in_progress', 'uploaded', 'locking', 'locked')) throw notNow(job, 'archiving again');
  if (isOneOf(job.phase, 'queued', 'retry_scheduled') && sameOrder(job, order)) return [];
  return [{ type: 'ArchiveJobQueued', data: { ...order, attempt: job.attempt + 1, reason } }];
}

const workersLost = (cap: number): Failure => ({
  code: 'WORKERS_LOST',
  error_class: 'permanent',
  message: `The workers of ${cap + 1} attempts in a row died or froze.`,
  hint: 'Look at the logs of the workers (memory, restarts, database), then retry the job.',
});

function start(command: Of<'Start'>, job: Existing): ArchiveJobEvent[] {
  const lapsed = job.phase === 'in_progress' && command.leaseLapsed;
  const due = job.phase === 'retry_scheduled' && Date.parse(job.dueAt!) <= Date.parse(command.now);
  if (job.paused || !(job.phase === 'queued' || lapsed || due)) throw notNow(job, 'a start');
  if (lapsed && job.takeovers >= command.takeoverCap) {
    return [{ type: 'ArchiveJobFailed', data: { ...ids(job), attempt: job.attempt, ...workersLost(command.takeoverCap) } }];
  }
  return [{ type: 'ArchiveJobStarted', data: { ...ids(job), attempt: job.attempt + 1, worker_id: command.workerId } }];
}

function recordUploaded({ uploaded }: Of<'RecordUploaded'>, job: Existing): ArchiveJobEvent[] {
  const repeated = job.uploaded?.attempt === uploaded.attempt && job.uploaded.manifest_sha256 === uploaded.manifest_sha256;
  if (repeated && isOneOf(job.phase, 'uploaded', 'locking', 'locked', 'completed', 'failed')) return [];
  if (job.phase !== 'in_progress' || job.attempt !== uploaded.attempt) throw stale(job, uploaded.attempt);
  return [{ type: 'ArchiveUploaded', data: uploaded }];
}

function recordFailure(command: Of<'RecordFailure'>, job: Existing): ArchiveJobEvent[] {
  const { attempt, failure } = command;
  if (job.attempt === attempt && isOneOf(job.phase, 'failed', 'retry_scheduled')) return [];
  if (job.phase !== 'in_progress' || job.attempt !== attempt) throw stale(job, attempt);
  const failed: ArchiveJobEvent = { type: 'ArchiveJobFailed', data: { ...ids(job), attempt, ...failure } };
  const delayS = failure.error_class === 'transient' ? command.retryDelaysS[job.retries] : undefined;
  if (delayS === undefined) return [failed];
  const data = {
    ...ids(job),
    attempt: attempt + 1,
    retry_no: job.retries + 1,
    due_at: addSeconds(command.now, delayS),
    reason: failure.message,
  };
  return [failed, { type: 'ArchiveRetryScheduled', data }];
}

function giveBack({ attempt, now }: Of<'GiveBack'>, job: Existing): ArchiveJobEvent[] {
  if (job.phase !== 'in_progress' || job.attempt !== attempt) throw stale(job, attempt);
  const reason = 'The worker was stopped and gave the job back.';
  return [{ type: 'ArchiveRetryScheduled', data: { ...ids(job), attempt: attempt + 1, retry_no: job.retries, due_at: now, reason } }];
}

function beginLocking({ attempt }: Of<'BeginLocking'>, job: Existing): ArchiveJobEvent[] {
  if (job.uploaded?.attempt !== attempt || job.attempt !== attempt) throw stale(job, attempt);
  if (isOneOf(job.phase, 'locking', 'locked', 'completed')) return [];
  if (job.phase !== 'uploaded') throw notNow(job, 'locking');
  return [{ type: 'ArchiveLocking', data: { ...ids(job), attempt } }];
}

function recordLocked({ locked }: Of<'RecordLocked'>, job: Existing): ArchiveJobEvent[] {
  if (job.uploaded?.attempt !== locked.attempt || job.attempt !== locked.attempt) throw stale(job, locked.attempt);
  if (isOneOf(job.phase, 'locked', 'completed')) return [];
  if (job.phase !== 'locking') throw notNow(job, 'locking');
  if (Date.parse(locked.retain_until) < Date.parse(job.uploaded.retain_until)) {
    throw new DomainError(
      'RETENTION_NOT_IN_FORCE',
      `Archive job ${job.order.job_id} must be kept until ${job.uploaded.retain_until}, not ${locked.retain_until}.`,
    );
  }
  return [{ type: 'ArchiveLocked', data: locked }];
}

function complete({ attempt, retainUntil }: Of<'Complete'>, job: Existing): ArchiveJobEvent[] {
  if (job.attempt !== attempt) throw stale(job, attempt);
  if (job.phase === 'completed') return [];
  if (job.phase !== 'locked' || !job.uploaded || !job.locked) throw notNow(job, 'completion');
  if (Date.parse(retainUntil) < Date.parse(job.locked.retain_until)) {
    throw new DomainError(
      'RETENTION_NOT_IN_FORCE',
      `Archive job ${job.order.job_id} was locked until ${job.locked.retain_until}; the store keeps it until ${retainUntil} only.`,
    );
  }
  const { location, manifest_sha256: checksum } = job.uploaded;
  return [
    {
      type: 'ArchiveJobCompleted',
      data: { ...ids(job), attempt, location, checksum, retain_until: job.locked.retain_until },
    },
  ];
}

function recordIntegrityFailure({ attempt, failure }: Of<'RecordIntegrityFailure'>, job: Existing): ArchiveJobEvent[] {
  if (job.attempt !== attempt || job.uploaded?.attempt !== attempt) throw stale(job, attempt);
  if (!isOneOf(job.phase, 'uploaded', 'locking', 'locked', 'completed')) return [];
  return [{ type: 'ArchiveJobFailed', data: { ...ids(job), attempt, ...failure } }];
}

/** A person's word starts the count of automatic retries anew. */
function retry({ reason, now }: Of<'Retry'>, job: Existing): ArchiveJobEvent[] {
  const waiting = job.phase === 'retry_scheduled' && Date.parse(job.dueAt!) > Date.parse(now);
  if (job.phase === 'queued' || (job.phase === 'retry_scheduled' && !waiting)) return [];
  if (!waiting && !isOneOf(job.phase, 'failed', 'cancelled')) throw notNow(job, 'a retry');
  return [{ type: 'ArchiveRetryScheduled', data: { ...ids(job), attempt: job.attempt + 1, retry_no: 0, due_at: now, reason } }];
}

function pause({ reason }: Of<'Pause'>, job: Existing): ArchiveJobEvent[] {
  if (isOneOf(job.phase, 'completed', 'failed', 'cancelled')) throw notNow(job, 'pausing');
  return job.paused ? [] : [{ type: 'ArchiveJobPaused', data: { ...ids(job), reason } }];
}

const resume = ({ reason }: Of<'Resume'>, job: Existing): ArchiveJobEvent[] =>
  job.paused ? [{ type: 'ArchiveJobResumed', data: { ...ids(job), reason } }] : [];

/** What is locked, if only in part, cannot be taken back for years: neither can its job. */
function cancel({ reason }: Of<'Cancel'>, job: Existing): ArchiveJobEvent[] {
  if (job.phase === 'cancelled') return [];
  if (isOneOf(job.phase, 'locking', 'locked', 'completed', 'failed')) throw notNow(job, 'cancelling');
  return [{ type: 'ArchiveJobCancelled', data: { ...ids(job), reason } }];
}

const isExisting = (job: ArchiveJob): job is Existing => job.order !== null;

/**
 * The rules of an archive job. Errors: JOB_STATE (not possible in this phase), STALE_ATTEMPT (a worker that lost its job),
 * NOT_FOUND, RETENTION_NOT_IN_FORCE (a lock shorter than ordered).
 */
export function decide(command: ArchiveJobCommand, job: ArchiveJob): ArchiveJobEvent[] {
  if (command.type === 'Queue') return queue(command, job);
  if (!isExisting(job)) throw new DomainError('NOT_FOUND', 'There is no such archive job.');
  switch (command.type) {
    case 'Rearchive':
      return rearchive(command, job);
    case 'Start':
      return start(command, job);
    case 'RecordUploaded':
      return recordUploaded(command, job);
    case 'RecordFailure':
      return recordFailure(command, job);
    case 'GiveBack':
      return giveBack(command, job);
    case 'BeginLocking':
      return beginLocking(command, job);
    case 'RecordLocked':
      return recordLocked(command, job);
    case 'Complete':
      return complete(command, job);
    case 'RecordIntegrityFailure':
      return recordIntegrityFailure(command, job);
    case 'Retry':
      return retry(command, job);
    case 'Pause':
      return pause(command, job);
    case 'Resume':
      return resume(command, job);
    case 'Cancel':
      return cancel(command, job);
    default:
      return assertNever(command);
  }
}

export const archiveJobDecider: Decider<ArchiveJobCommand, ArchiveJob, ArchiveJobEvent> = { initial: noJob, decide, evolve };
