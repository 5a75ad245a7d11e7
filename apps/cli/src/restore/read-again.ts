import { setTimeout as delay } from 'node:timers/promises';
import { isCodedError } from '@lastcopy/kernel';

const pausesMs = [1_000, 5_000];

/** A connection that cuts a body short looks like a damaged object: only what is found each time is one. */
const worthAnother = (error: unknown): boolean =>
  isCodedError(error) && (error.errorClass === 'transient' || error.code === 'ARCHIVE_OBJECT_DAMAGED');

/** Does `work` up to three times. A restore of many hours does not end because the store blinked. `work` begins anew each time. */
export async function readAgain<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  for (const pauseMs of pausesMs) {
    try {
      return await work();
    } catch (error) {
      signal.throwIfAborted();
      if (!worthAnother(error)) throw error;
      await delay(pauseMs, undefined, { signal }).catch(() => signal.throwIfAborted());
    }
  }
  return work();
}
