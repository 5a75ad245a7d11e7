import { jobPhases } from '../archive-job/domain/archive-job.js';
import { sweepableAttempts, type SweptJob } from './kept-attempts.js';

const job = (phase: SweptJob['phase'], attempt: number, uploadedAttempts: number[] = [], lockedAttempts: number[] = []): SweptJob => ({
  phase,
  attempt,
  uploadedAttempts,
  lockedAttempts,
});

it.each([
  [job('in_progress', 1), []],
  [job('in_progress', 3), [1, 2]],
  [job('in_progress', 3, [2]), [1]],
  [job('uploaded', 2, [2]), [1]],
  [job('locked', 3, [1, 3]), [2]],
  [job('completed', 3, [1, 3]), [1, 2]],
  [job('failed', 2), [1, 2]],
  [job('failed', 2, [2]), [1]],
  [job('retry_scheduled', 1), [1]],
  [job('queued', 0), []],
  [job('queued', 2, [1]), [2]],
  [job('cancelled', 2, [2]), [1, 2]],
  [job('completed', 3, [1, 2, 3], [1, 3]), [2]],
  [job('cancelled', 2, [1], [1]), [2]],
])('%j', (swept, expected) => {
  expect(sweepableAttempts(swept)).toEqual(expected);
});

it('never names the winner, nor an attempt that is yet to come', () => {
  for (const phase of jobPhases) {
    const sweepable = sweepableAttempts(job(phase, 5, [5]));
    expect(Math.max(0, ...sweepable)).toBeLessThanOrEqual(5);
    if (phase !== 'cancelled' && phase !== 'none') expect(sweepable).not.toContain(5);
  }
});
