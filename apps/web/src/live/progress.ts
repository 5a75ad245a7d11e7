import { useSyncExternalStore } from 'react';

/** What a worker tells of a running job, several times a second; it may be missed. */
export interface JobProgressNote {
  job_id: string;
  flow_id: string;
  attempt: number;
  step: string;
  bytes: number;
  expected_bytes?: number | null;
  rows?: number;
  bytes_per_second?: number | null;
  heardMs: number;
}

const notes = new Map<string, JobProgressNote>();
const listeners = new Set<() => void>();
let frame: number | undefined;

/** Jobs tell more often than a screen is drawn. */
function tell(): void {
  frame ??= requestAnimationFrame(() => {
    frame = undefined;
    for (const listener of listeners) listener();
  });
}

export function noteProgress(data: unknown): void {
  const note = data as Omit<JobProgressNote, 'heardMs'>;
  notes.set(note.job_id, { ...note, heardMs: Date.now() });
  tell();
}

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => void listeners.delete(listener);
};

/** The last that a job told; undefined before it does. */
export const useProgress = (jobId: string): JobProgressNote | undefined => useSyncExternalStore(subscribe, () => notes.get(jobId));
