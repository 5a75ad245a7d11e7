import { useLiveState } from './live-state.js';

const whileRunningMs = 5_000;
const otherwiseMs = 15_000;
/** A stream tells of changes; asking now and then finds what a stream might have lost. */
const besideStreamMs = 60_000;

/** How often a query asks by itself: often without a stream, more often while jobs run. */
export function usePolling(running = false): number {
  const { mode } = useLiveState();
  if (mode === 'live') return besideStreamMs;
  return running ? whileRunningMs : otherwiseMs;
}
