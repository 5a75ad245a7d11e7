import { progressSubject, type JobProgress, type Tenant } from '@lastcopy/contracts';
import type { Clock } from '@lastcopy/kernel';

const minIntervalMs = 250;

/** The part of core NATS that progress needs. */
export interface Publisher {
  publish(subject: string, payload: string): void;
}

interface ReportedJob {
  job_id: string;
  flow_id: string;
  attempt: number;
}

/** Tells watchers how far a verification is, at most four times a second. Losing a message loses nothing. */
export class ProgressReporter {
  private readonly startedMs = performance.now();
  private lastMs = -Infinity;
  private bytes = 0;
  private rows = 0;
  expectedBytes: number | null = null;
  storedBytes = 0;

  constructor(
    private readonly publisher: Publisher,
    private readonly clock: Clock,
    private readonly tenant: Tenant,
    private readonly job: ReportedJob,
  ) {}

  /** Plain-text bytes and rows that were read since the last call. */
  add(bytes: number, rows = 0): void {
    this.bytes += bytes;
    this.rows += rows;
    if (performance.now() - this.lastMs >= minIntervalMs) this.report();
  }

  report(): void {
    this.lastMs = performance.now();
    const seconds = Math.max((this.lastMs - this.startedMs) / 1000, 0.001);
    const { job_id, flow_id, attempt } = this.job;
    const progress: JobProgress = {
      ...{ job_id, flow_id, attempt },
      step: 'verifying',
      bytes: this.bytes,
      expected_bytes: this.expectedBytes,
      rows: this.rows,
      stored_bytes: this.storedBytes,
      bytes_per_second: Math.round(this.bytes / seconds),
      at: this.clock.now().toISOString(),
    };
    try {
      this.publisher.publish(progressSubject(this.tenant, job_id), JSON.stringify(progress));
    } catch {
      // Progress is no fact: a bus that is away must not stop a proof.
    }
  }
}
