import { setTimeout as pause } from 'node:timers/promises';
import { progressSubject, type JobProgress } from '@lastcopy/contracts';
import { jobsOf } from '../system/fixtures.js';
import type { Stack } from '../system/stack.js';

/** A worker tells of its job four times a second at most. */
const aSecond = 4;
const tickMs = 20;
const expectedBytes = 50_000_000;
const stepBytes = 2_000_000;
const pausedEveryMs = 350;

export interface BusyFlow {
  /** When the gateway had answered that a job is paused, by the job's name, in milliseconds since 1970. */
  pausedMs: ReadonlyMap<string, number>;
  /** Once every job that waited is paused. */
  stop(): Promise<void>;
}

/**
 * What a flow of large tables sounds like: the workers tell of every job that runs, as the archive-service publishes it, and the jobs that wait are
 * paused one after the other.
 */
export async function makeBusy(stack: Stack, flowId: string): Promise<BusyFlow> {
  const { profile, services } = stack;
  const otto = stack.as('otto');
  const jobs = await jobsOf(otto, flowId);
  const running = jobs.filter(({ status }) => status === 'in_progress');
  const waiting = jobs.filter(({ status }) => status === 'queued');
  const stopped = new AbortController();
  const tell = (job_id: string, turn: number) => {
    const bytes = Math.min(expectedBytes, turn * stepBytes);
    const figures = { bytes, expected_bytes: expectedBytes, rows: turn, stored_bytes: bytes, bytes_per_second: stepBytes * aSecond };
    const progress: JobProgress = { job_id, flow_id: flowId, attempt: 1, step: 'exporting', ...figures, at: new Date().toISOString() };
    services['archive-service'].deps.nats.publish(progressSubject(profile, job_id), JSON.stringify(progress));
  };
  const tellAll = async () => {
    const startedMs = Date.now();
    // By the clock: a machine that is late makes up for it.
    for (let told = 0; !stopped.signal.aborted; await pause(tickMs)) {
      for (const due = ((Date.now() - startedMs) / 1000) * aSecond * running.length; told < due; told++)
        tell(running[told % running.length]!.job_id, Math.floor(told / running.length));
    }
  };
  const pausedMs = new Map<string, number>();
  const pauseAll = async () => {
    for (const { job_id, system_name } of waiting) {
      await pause(pausedEveryMs);
      await otto.post(`/archive-jobs/${job_id}/pause`, { reason: 'The others come first' });
      pausedMs.set(system_name, Date.now());
    }
  };
  const telling = tellAll();
  const pausing = pauseAll();
  telling.catch(() => undefined);
  pausing.catch(() => undefined);
  return {
    pausedMs,
    stop: async () => {
      await pausing.finally(() => stopped.abort());
      await telling;
    },
  };
}
