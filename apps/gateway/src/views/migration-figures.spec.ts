import type { JobProgress } from '@lastcopy/contracts';
import type { JobLine } from '../records/job-record.js';
import { jobCounts, migrationFigures, type HeardJob } from './migration-figures.js';

const now = new Date('2026-11-22T12:00:00.000Z');

const heard = (
  job: Partial<JobLine>,
  progress: { bytes: number; expected_bytes: number | null; bytes_per_second?: number } | null = null,
  speeds: HeardJob['speeds'] = null,
): HeardJob => ({
  job: { status: 'queued', step: 'queued', paused: false, bytes: null, ...job } as JobLine,
  progress: progress && ({ bytes_per_second: 0, ...progress } as JobProgress),
  speeds,
});
const done = (bytes: number) => heard({ status: 'completed', step: 'done', bytes });
const writing = (bytes: number, expected_bytes: number, speed: number) =>
  heard(
    { status: 'in_progress', step: 'exporting' },
    { bytes, expected_bytes, bytes_per_second: speed },
    { slowest: speed / 2, fastest: speed },
  );

it('counts by bytes: a small finished job does not hide a large one that has just begun', () => {
  const { progress_percentage, archived_bytes, expected_bytes } = migrationFigures([done(100), writing(0, 9_900, 10)], 2, now);
  expect(progress_percentage).toBe(1);
  expect(archived_bytes).toBe(100);
  expect(expected_bytes).toBe(10_000);
});

it('is not at its end before every system has its completed archive', () => {
  expect(migrationFigures([done(100), done(100)], 2, now).progress_percentage).toBe(100);
  expect(migrationFigures([done(100), done(100)], 3, now).progress_percentage).toBe(66);
  const written = heard({ status: 'in_progress', step: 'uploaded', bytes: 1 });
  expect(migrationFigures([done(1_000_000), written], 2, now).progress_percentage).toBe(99);
  expect(migrationFigures([], 0, now).progress_percentage).toBe(0);
});

it('says when it will be done as a range: the fastest that was seen, and the slowest with the proof', () => {
  expect(migrationFigures([writing(400, 1_000, 100)], 1, now).eta).toEqual({
    earliest: '2026-11-22T12:00:06.000Z',
    latest: '2026-11-22T12:00:32.000Z',
  });
});

it.each([
  ['nothing is written', [heard({})]],
  ['a size is not known', [writing(0, 100, 10), heard({})]],
  ['everything is done', [done(5)]],
])('invents no time when %s', (_name, jobs) => {
  expect(migrationFigures(jobs, jobs.length, now).eta).toBeNull();
});

it('counts what is paused beside its status', () => {
  const jobs = [heard({ paused: true }), heard({ status: 'completed', paused: true }), heard({ status: 'failed' })].map(({ job }) => job);
  expect(jobCounts(jobs)).toEqual({ total: 3, queued: 1, running: 0, completed: 1, failed: 1, cancelled: 0, paused: 1 });
});
