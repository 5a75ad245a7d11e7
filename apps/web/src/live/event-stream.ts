import { createParser } from 'eventsource-parser';
import { requestHeaders } from '../api/client.js';
import { asProblem, problemOf } from '../api/problem.js';
import { session } from '../sign-in/session.js';

export interface StreamMessage {
  event: string;
  data: unknown;
}

export type StreamState = 'live' | 'broken';

interface StreamOptions {
  path: string;
  onMessage: (message: StreamMessage) => void;
  /** Told of every sign of life, heartbeats too. */
  onHeard: () => void;
  onState: (state: StreamState) => void;
  signal: AbortSignal;
}

/** The gateway sends something every 15 s; a line that is silent for longer is dead, whatever the network says. */
const silenceMs = 35_000;
const firstPauseMs = 500;
const longestPauseMs = 15_000;

const pause = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    const now = () => {
      clearTimeout(timer);
      resolve();
    };
    signal.addEventListener('abort', now, { once: true });
    globalThis.addEventListener('online', now, { once: true });
  });

/** Reads one connection to its end. Answers the last position that was told. */
async function readOnce(
  { path, onMessage, onHeard, onState, signal }: StreamOptions,
  lastEventId: string | undefined,
): Promise<string | undefined> {
  const silent = new AbortController();
  const offline = () => silent.abort();
  globalThis.addEventListener('offline', offline);
  let timer = setTimeout(() => silent.abort(), silenceMs);
  let last = lastEventId;
  try {
    const headers = {
      ...(await requestHeaders('GET')),
      Accept: 'text/event-stream',
      ...(last === undefined ? {} : { 'Last-Event-ID': last }),
    };
    const response = await fetch(path, { headers, signal: AbortSignal.any([signal, silent.signal]), cache: 'no-store' });
    if (response.status === 401) session.refused(response);
    if (!response.ok) throw await problemOf(response);
    onState('live');
    const parser = createParser({
      onEvent: ({ id, event = 'message', data }) => {
        if (id) last = id;
        onMessage({ event, data: data === '' ? null : (JSON.parse(data) as unknown) });
      },
    });
    const text = response.body!.pipeThrough(new TextDecoderStream()).getReader();
    for (;;) {
      const { done, value } = await text.read();
      if (done) return last;
      clearTimeout(timer);
      timer = setTimeout(() => silent.abort(), silenceMs);
      onHeard();
      parser.feed(value);
    }
  } catch (error) {
    if (!signal.aborted && !silent.signal.aborted && !asProblem(error).passing) console.warn('The stream broke off:', error);
    return last;
  } finally {
    clearTimeout(timer);
    globalThis.removeEventListener('offline', offline);
  }
}

/** Follows a stream until `signal` is aborted: what was missed while it was broken is told when it is back. */
export async function followStream(options: StreamOptions): Promise<void> {
  const { signal, onState } = options;
  let pauseMs = firstPauseMs;
  let last: string | undefined;
  while (!signal.aborted) {
    const startedMs = performance.now();
    last = await readOnce(options, last);
    if (signal.aborted) return;
    onState('broken');
    pauseMs = performance.now() - startedMs > longestPauseMs ? firstPauseMs : Math.min(pauseMs * 2, longestPauseMs);
    await pause(pauseMs, signal);
  }
}
