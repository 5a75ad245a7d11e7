import type { FlowSummaryAnswer } from '@lastcopy/contracts';

type Counted = Pick<FlowSummaryAnswer, 'jobs' | 'system_count'>;

/** Pure: why there is nothing to pause in a flow whose state allows it; null when something goes on, may be tried again or has yet to begin. */
export function nothingToPause({ jobs, system_count }: Counted): string | null {
  const { total, queued, running, failed, completed, paused } = jobs;
  if (total === 0) return 'No archive job has begun yet: there is nothing to pause.';
  const toStart = Math.max(0, system_count - total);
  const open = queued + running + failed;
  if (open - paused + toStart > 0) return null;
  if (open > 0) return 'Every job that is not over is paused already.';
  return completed === total ? 'Every archive is completed: there is nothing to pause.' : 'Every job is over: there is nothing to pause.';
}
