import type { JobProgressNote } from '../../live/progress.js';
import type { Job } from './queries.js';

/** Exporting fills the bar to here; the gateway counts the same way. */
const exportShare = 80;

/** A worker tells several times a second: what is older, or of another attempt, says nothing any more. */
const freshMs = 15_000;
const isFresh = (job: Job, note: JobProgressNote | undefined): note is JobProgressNote =>
  note !== undefined && note.attempt === job.attempt && Date.now() - note.heardMs < freshMs;

/** How far a job is, by its last word if that is newer than the gateway's answer. */
export function percentOf(job: Job, note: JobProgressNote | undefined): number {
  const told =
    isFresh(job, note) && note.expected_bytes ? Math.min(exportShare, Math.floor((exportShare * note.bytes) / note.expected_bytes)) : 0;
  return job.sub_status === 'exporting' ? Math.max(told, job.progress_percentage) : job.progress_percentage;
}

/** Bytes a second while the data is written. */
export const speedOf = (job: Job, note: JobProgressNote | undefined): number | null =>
  job.sub_status === 'exporting' ? ((isFresh(job, note) ? note.bytes_per_second : job.bytes_per_second) ?? null) : null;

const gigabyte = 1e9;

export const sizeOf = (job: Job): number | null => (job.data_size_gb == null ? null : job.data_size_gb * gigabyte);

/** What the badge says: where the job is inside its status. */
export const shownState = (job: Job): string => {
  if (job.paused && job.status !== 'completed' && job.status !== 'cancelled') return 'paused';
  if (job.status === 'in_progress' || job.status === 'failed') return job.sub_status ?? job.status;
  return job.status;
};
