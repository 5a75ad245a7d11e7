import type { JobCounts, JobProgress, MigrationFigures } from '@lastcopy/contracts';
import type { JobLine } from '../records/job-record.js';

/** A job with the last that its worker told; null when nothing was heard for a while. */
export interface HeardJob {
  readonly job: JobLine;
  readonly progress: JobProgress | null;
  /** The slowest and the fastest of its last words, in bytes a second. */
  readonly speeds: { readonly slowest: number; readonly fastest: number } | null;
}

/** Of a job's work, writing is so much; the rest is proving. The bar of a job counts the same way. */
const exportShare = 0.8;
const manifestShare = 0.9;
const almost = 99;

export function jobCounts(jobs: readonly JobLine[]): JobCounts {
  const of = (status: JobLine['status']) => jobs.filter((job) => job.status === status).length;
  const [queued, running, completed, failed, cancelled] = [of('queued'), of('in_progress'), of('completed'), of('failed'), of('cancelled')];
  const paused = jobs.filter((job) => job.paused && job.status !== 'completed' && job.status !== 'cancelled').length;
  return { total: jobs.length, queued, running, completed, failed, cancelled, paused };
}

/** Null while nobody knows. */
const sizeOf = ({ job, progress }: HeardJob): number | null => job.bytes ?? progress?.expected_bytes ?? null;

/** From 0 to 1. */
function doneShare({ job, progress }: HeardJob): number {
  if (job.status === 'completed') return 1;
  if (job.status !== 'in_progress') return 0;
  if (job.step !== 'exporting') return manifestShare;
  return progress?.expected_bytes ? exportShare * Math.min(1, progress.bytes / progress.expected_bytes) : 0;
}

/** By bytes; a system whose size nobody knows yet counts like the average of the others. */
function percentage(jobs: readonly HeardJob[], systemCount: number): number {
  if (systemCount === 0) return 0;
  const known = jobs.map(sizeOf).filter((size) => size !== null);
  const average = known.length > 0 ? Math.max(1, known.reduce((sum, size) => sum + size, 0) / known.length) : 1;
  const done = jobs.reduce((sum, heard) => sum + doneShare(heard) * Math.max(1, sizeOf(heard) ?? average), 0);
  const missing = Math.max(0, systemCount - jobs.length) * average;
  const all = jobs.reduce((sum, heard) => sum + Math.max(1, sizeOf(heard) ?? average), missing);
  const finished = jobs.length >= systemCount && jobs.every(({ job }) => job.status === 'completed');
  return finished ? 100 : Math.min(almost, Math.floor((100 * done) / all));
}

const isOpen = ({ job }: HeardJob) => job.status === 'queued' || job.status === 'in_progress';
const isWriting = ({ job }: HeardJob) => job.status === 'in_progress' && job.step === 'exporting';

/**
 * From what is left to write at the fastest that was seen lately, to that at the slowest and everything read back once more for its proof.
 * Null while somebody's size or speed is not known: an invented time is worse than none.
 */
function etaOf(jobs: readonly HeardJob[], now: Date): MigrationFigures['eta'] {
  const open = jobs.filter((heard) => isOpen(heard) && !heard.job.paused);
  const writing = open.filter(isWriting);
  const fastest = writing.reduce((sum, { speeds }) => sum + (speeds?.fastest ?? 0), 0);
  const slowest = writing.reduce((sum, { speeds }) => sum + (speeds?.slowest ?? 0), 0);
  if (writing.length === 0 || slowest <= 0 || open.some((heard) => sizeOf(heard) === null)) return null;
  const written = ({ job, progress }: HeardJob) => (job.step === 'exporting' ? (progress?.bytes ?? 0) : (job.bytes ?? 0));
  const left = open.reduce((sum, heard) => sum + Math.max(0, sizeOf(heard)! - written(heard)), 0);
  const toProve = open.reduce((sum, heard) => sum + sizeOf(heard)!, 0);
  const at = (seconds: number) => new Date(now.getTime() + seconds * 1000).toISOString();
  return { earliest: at(left / fastest), latest: at(left / slowest + toProve / slowest) };
}

/** How far a migration is. @param systemCount the flow's systems, those without a job included */
export function migrationFigures(jobs: readonly HeardJob[], systemCount: number, now: Date): MigrationFigures {
  const sizes = jobs.map(sizeOf);
  const speed = jobs.filter(isWriting).reduce((sum, { progress }) => sum + (progress?.bytes_per_second ?? 0), 0);
  return {
    progress_percentage: percentage(jobs, systemCount),
    jobs: jobCounts(jobs.map(({ job }) => job)),
    archived_bytes: jobs.reduce((sum, { job }) => sum + (job.status === 'completed' ? (job.bytes ?? 0) : 0), 0),
    expected_bytes: jobs.length < systemCount || sizes.includes(null) ? null : sizes.reduce<number>((sum, size) => sum + (size ?? 0), 0),
    bytes_per_second: speed > 0 ? Math.round(speed) : null,
    eta: etaOf(jobs, now),
  };
}
