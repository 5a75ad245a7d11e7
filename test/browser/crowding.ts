import { readFile } from 'node:fs/promises';
import os from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';

const sampleMs = 200;

/**
 * Watches how many processes want each processor. Answers the average of that, at least 1: on a machine that others use too, what takes a second
 * takes so many times longer, and that is not the page's.
 */
export function watchCrowding(): () => Promise<number> {
  const stopped = new AbortController();
  const samples: number[] = [];
  const watch = async () => {
    while (!stopped.signal.aborted) {
      const [running] = (await readFile('/proc/loadavg', 'utf8')).split(' ')[3]!.split('/');
      samples.push(Number(running) / os.availableParallelism());
      await pause(sampleMs);
    }
  };
  const ended = watch();
  return async () => {
    stopped.abort();
    await ended;
    return Math.max(1, samples.reduce((sum, each) => sum + each, 0) / samples.length);
  };
}
