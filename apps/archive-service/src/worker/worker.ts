import { setTimeout as delay } from 'node:timers/promises';
import type { ArchiveUploaded } from '@lastcopy/contracts';
import type { EventStore } from '@lastcopy/eventing';
import { CodedError, isCodedError } from '@lastcopy/kernel';
import { inSpan, type Logger } from '@lastcopy/platform';
import { claimJob, releaseLease, renewLease, type ClaimedJob } from '../archive-job/commands/claim-job.js';
import { recordFailure, recordUploaded } from '../archive-job/commands/record-attempt.js';
import type { Failure } from '../archive-job/domain/archive-job-commands.js';
import type { FaultPoint } from '../fault-point.js';
import { Lease } from './lease.js';

/** Takes the copy. Rejects with a coded error, or with the signal's reason as soon as it aborts. */
export type TakeCopy = (job: ClaimedJob, signal: AbortSignal) => Promise<ArchiveUploaded>;

export interface WorkerParts {
  store: EventStore;
  takeCopy: TakeCopy;
  logger: Logger;
  faultPoint: FaultPoint;
  workerId: string;
  leaseMs: number;
  takeoverCap: number;
  retryDelaysS: readonly number[];
  /** Called when an attempt has ended, whichever way. */
  onAttemptEnded(): void;
}

const pollMs = 200;
const recordPauseMs = 500;

const failureOf = (error: unknown): Failure => {
  const coded = isCodedError(error) ? error : new CodedError('INTERNAL', (error as Error).message, { cause: error });
  return { code: coded.code, error_class: coded.errorClass, message: coded.message, hint: coded.hint };
};

/** Claims one job after the other and carries it out, for as long as the process runs. */
export class Worker {
  private readonly stopping = new AbortController();
  private loop: Promise<void> = Promise.resolve();

  constructor(private readonly parts: WorkerParts) {}

  start(): void {
    this.loop = this.run();
  }

  /** The attempt in hand ends at once, and its job is given back. */
  async stop(): Promise<void> {
    this.stopping.abort(new CodedError('LEASE_LOST', 'The service stops; the job is taken up again as its next attempt.'));
    await this.loop;
  }

  private async run(): Promise<void> {
    const { signal } = this.stopping;
    while (!signal.aborted) {
      const job = await this.claim();
      if (job) await this.work(job);
      else await delay(pollMs, undefined, { signal }).catch(() => undefined);
    }
  }

  private async claim(): Promise<ClaimedJob | null> {
    const { store, workerId, leaseMs, takeoverCap, logger } = this.parts;
    try {
      return await claimJob(store, { workerId, leaseMs, takeoverCap });
    } catch (error) {
      logger.warn({ err: error }, 'claiming a job failed and is tried again');
      await delay(recordPauseMs, undefined, { signal: this.stopping.signal }).catch(() => undefined);
      return null;
    }
  }

  private async work(job: ClaimedJob): Promise<void> {
    const { store, leaseMs, logger } = this.parts;
    const lease = new Lease({ leaseMs, renew: () => renewLease(store, job, leaseMs) });
    const signal = AbortSignal.any([lease.signal, this.stopping.signal]);
    const attributes = { 'lastcopy.job_id': job.order.job_id, 'lastcopy.attempt': job.attempt };
    const span = { service: 'archive-service', name: 'archive job attempt', traceparent: job.traceparent, attributes };
    try {
      await inSpan(span, () => this.attempt(job, signal));
    } catch (error) {
      const ids = { job_id: job.order.job_id, flow_id: job.order.flow_id, attempt: job.attempt };
      logger.warn({ ...ids, err: error }, 'an attempt ended without an outcome of its own; the job goes on as another one');
    } finally {
      lease.stop();
      if (this.stopping.signal.aborted) await releaseLease(store, job).catch(() => undefined);
      this.parts.onAttemptEnded();
    }
  }

  /** Rejects when the attempt may no longer speak for the job. */
  private async attempt(job: ClaimedJob, signal: AbortSignal): Promise<void> {
    const { store, takeCopy, logger, faultPoint, retryDelaysS } = this.parts;
    const ids = { job_id: job.order.job_id, flow_id: job.order.flow_id, attempt: job.attempt };
    faultPoint('after-claim');
    logger.info({ ...ids, system_id: job.order.system_id }, 'attempt started');
    try {
      const uploaded = await takeCopy(job, signal);
      faultPoint('before-uploaded-event');
      await this.untilRecorded(signal, () => recordUploaded(store, job, uploaded));
      logger.info({ ...ids, bytes: uploaded.bytes, rows: uploaded.rows, duration_ms: uploaded.duration_ms }, 'archive uploaded');
    } catch (error) {
      signal.throwIfAborted();
      if (isCodedError(error) && error.code === 'STALE_ATTEMPT') throw error;
      const failure = failureOf(error);
      logger.error({ ...ids, err: error, code: failure.code, error_class: failure.error_class }, 'attempt failed');
      await this.untilRecorded(signal, () => recordFailure(store, job, failure, retryDelaysS));
    }
  }

  /** A finished upload is not thrown away because the database blinks: it is recorded for as long as the lease holds. */
  private async untilRecorded(signal: AbortSignal, record: () => Promise<void>): Promise<void> {
    for (;;) {
      signal.throwIfAborted();
      try {
        return await record();
      } catch (error) {
        if (!isCodedError(error) || error.code !== 'SERVICE_UNAVAILABLE') throw error;
        await delay(recordPauseMs, undefined, { signal });
      }
    }
  }
}
