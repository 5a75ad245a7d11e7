import { CodedError, SilenceWatch } from '@lastcopy/kernel';
import { describeConnection } from './postgres-connection.js';
import { Session } from './session.js';
import { asError } from './source-errors.js';

/** Breaks the session when `signal` aborts while `work` runs, and then throws the signal's reason. */
export async function abortable<T>(session: Session, signal: AbortSignal | undefined, work: () => Promise<T>): Promise<T> {
  signal?.throwIfAborted();
  const abort = () => session.destroy(asError(signal!.reason));
  signal?.addEventListener('abort', abort, { once: true });
  try {
    return await work();
  } catch (error) {
    signal?.throwIfAborted();
    throw error;
  } finally {
    signal?.removeEventListener('abort', abort);
  }
}

/**
 * Runs a query that may rightly be silent for long. Each `inactivityMs` a second connection asks whether the server still works on it;
 * when that one gets no answer either, or twice finds nobody at work, the session is broken with SOURCE_STALLED.
 */
export async function probed<T>(session: Session, inactivityMs: number, work: () => Promise<T>): Promise<T> {
  let idleSightings = 0;
  let probing = false;
  const stalled = (why: string, cause?: unknown) =>
    session.destroy(new CodedError('SOURCE_STALLED', `${describeConnection(session.connection)} ${why}.`, { cause }));
  const timer = setInterval(() => {
    if (probing) return;
    probing = true;
    isWorking(session, inactivityMs)
      .then(
        (working) => {
          idleSightings = working ? 0 : idleSightings + 1;
          if (idleSightings === 2) stalled('finished a query whose answer never arrived');
        },
        (error: unknown) => stalled(`was silent for ${inactivityMs} ms, and a second connection got no answer either`, error),
      )
      .finally(() => (probing = false));
  }, inactivityMs);
  try {
    return await work();
  } finally {
    clearInterval(timer);
  }
}

async function isWorking(watched: Session, withinMs: number): Promise<boolean> {
  const session = await Session.open(watched.connection, { connectTimeoutMs: withinMs });
  const late = new SilenceWatch({ inactivityMs: withinMs, onSilence: () => session.destroy(new Error('the probe got no answer')) });
  try {
    const rows = await session.query<{ state: string | null }>(
      'Asking for the activity',
      'SELECT state FROM pg_stat_activity WHERE pid = $1',
      [watched.processId],
    );
    // a role without the right to see it reads null
    return rows.length > 0 && !/^idle/.test(rows[0]!.state ?? 'active');
  } finally {
    late.stop();
    session.destroy(new Error('the probe is over'));
  }
}
