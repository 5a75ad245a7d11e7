import { progressSubject, type JobProgress } from '@lastcopy/contracts';
import type { ClaimedJob } from '../archive-job/commands/claim-job.js';

/** What the pipeline knows of its way. */
export interface Progress {
  step: JobProgress['step'];
  bytes: number;
  expectedBytes: number | null;
  rows: number;
  storedBytes: number;
}

export interface Publisher {
  publish(subject: string, payload: string): void;
}

const intervalMs = 250;

/** Publishes a job's progress, at most four times a second, and each new step at once. What is lost is lost. */
export class ProgressReporter {
  private lastAt = 0;
  private lastStep: JobProgress['step'] | undefined;
  private readonly startedAt: number;

  constructor(
    private readonly publisher: Publisher,
    private readonly job: ClaimedJob,
    private readonly now: () => Date,
  ) {
    this.startedAt = now().getTime();
  }

  report(progress: Progress): void {
    const at = this.now();
    if (progress.step === this.lastStep && at.getTime() - this.lastAt < intervalMs) return;
    this.lastAt = at.getTime();
    this.lastStep = progress.step;
    const { job_id, flow_id } = this.job.order;
    const seconds = Math.max(0.001, (at.getTime() - this.startedAt) / 1000);
    const message: JobProgress = {
      job_id,
      flow_id,
      attempt: this.job.attempt,
      step: progress.step,
      bytes: progress.bytes,
      expected_bytes: progress.expectedBytes,
      rows: progress.rows,
      stored_bytes: progress.storedBytes,
      bytes_per_second: Math.round(progress.bytes / seconds),
      at: at.toISOString(),
    };
    try {
      this.publisher.publish(progressSubject(this.job.tenant, job_id), JSON.stringify(message));
    } catch {
      // Progress is no fact: a bus that is away must not stop the export.
    }
  }
}
