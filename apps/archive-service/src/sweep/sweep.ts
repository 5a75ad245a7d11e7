import type { EventStore } from '@lastcopy/eventing';
import type { ObjectStore } from '@lastcopy/object-store';
import type { BackgroundWork, Logger } from '@lastcopy/platform';
import type { DataSource } from 'typeorm';
import type { JobPhase } from '../archive-job/domain/archive-job.js';
import type { FaultPoint } from '../fault-point.js';
import { sweepJob, type JobToSweep } from './sweep-job.js';

/** Of all processes one sweeps at a time; advisory keys count within the service's own database. */
const sweepLockKey = 4_711_101;

const jobsToSweep = `
  select job_id, client_account_id, engagement_id, flow_id, system_id, phase, attempt, uploaded_attempts, locked_attempts, destinations from job_queue
  where attempt > 0 and (attempt > 1 or phase in ('queued', 'failed', 'retry_scheduled', 'cancelled'))
    and changed_at > clock_timestamp() - $1 * interval '1 day'
  order by changed_at`;

interface Row {
  job_id: string;
  client_account_id: string;
  engagement_id: string;
  flow_id: string;
  system_id: string;
  phase: JobPhase;
  attempt: number;
  uploaded_attempts: number[];
  locked_attempts: number[];
  destinations: string[];
}

const jobOf = (row: Row): JobToSweep => {
  const { client_account_id, engagement_id, flow_id, system_id, job_id, phase, attempt, destinations } = row;
  const identity = { client_account_id, engagement_id, flow_id, system_id, job_id };
  return { identity, phase, attempt, uploadedAttempts: row.uploaded_attempts, lockedAttempts: row.locked_attempts, destinations };
};

export interface SweepParts {
  store(): EventStore;
  dataSource: DataSource;
  objects: ObjectStore;
  logger: Logger;
  faultPoint: FaultPoint;
  intervalMs: number;
  horizonDays: number;
}

/** Cleans up after attempts that did not win, at intervals and when asked. */
export class Sweep implements BackgroundWork {
  private readonly stopping = new AbortController();
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> | undefined;
  private askedAgain = false;

  constructor(private readonly parts: SweepParts) {}

  start(): void {
    this.poke();
  }

  async stop(): Promise<void> {
    this.stopping.abort(new Error('the service stops'));
    clearTimeout(this.timer);
    await this.running;
  }

  /** Sweeps now, or once more after the sweep that is under way. */
  poke(): void {
    if (this.stopping.signal.aborted) return;
    if (this.running) {
      this.askedAgain = true;
      return;
    }
    clearTimeout(this.timer);
    this.running = this.sweepSafely().finally(() => {
      this.running = undefined;
      if (this.stopping.signal.aborted) return;
      this.timer = setTimeout(() => this.poke(), this.askedAgain ? 0 : this.parts.intervalMs);
      this.askedAgain = false;
    });
  }

  private async sweepSafely(): Promise<void> {
    try {
      await this.sweepAsLeader();
    } catch (error) {
      if (!this.stopping.signal.aborted) this.parts.logger.warn({ err: error }, 'the sweep failed and is tried again');
    }
  }

  private async sweepAsLeader(): Promise<void> {
    const session = this.parts.dataSource.createQueryRunner();
    try {
      const [row] = await session.query('select pg_try_advisory_lock($1) as mine', [sweepLockKey]);
      if (!row.mine) return;
      try {
        await this.sweepAll();
      } finally {
        await session.query('select pg_advisory_unlock($1)', [sweepLockKey]);
      }
    } finally {
      await session.release();
    }
  }

  private async sweepAll(): Promise<void> {
    const { store, objects, logger, faultPoint, horizonDays } = this.parts;
    for (const row of await store().query<Row>(jobsToSweep, [horizonDays])) {
      this.stopping.signal.throwIfAborted();
      try {
        const counts = await sweepJob(objects, jobOf(row), this.stopping.signal);
        faultPoint('mid-sweep');
        if (counts.objects + counts.uploads > 0) {
          logger.info({ job_id: row.job_id, phase: row.phase, attempt: row.attempt, ...counts }, 'swept what lost attempts left behind');
        }
      } catch (error) {
        if (this.stopping.signal.aborted) throw error;
        logger.warn({ err: error, job_id: row.job_id }, 'sweeping a job failed; it is tried again');
      }
    }
  }
}
