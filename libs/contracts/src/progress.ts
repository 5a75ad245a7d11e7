/** A worker's progress, on core NATS, at most 4 a second a job. Not a fact: it may be lost. */
export interface JobProgress {
  job_id: string;
  flow_id: string;
  attempt: number;
  step: 'snapshot' | 'exporting' | 'manifest' | 'verifying' | 'locking';
  /** Plain-text bytes read and the estimate of all; rows read. */
  bytes: number;
  expected_bytes: number | null;
  rows: number;
  stored_bytes: number;
  bytes_per_second: number;
  /** ISO 8601 UTC. */
  at: string;
}
