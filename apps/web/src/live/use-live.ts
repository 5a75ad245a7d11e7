import { useQueryClient, type QueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useSession } from '../sign-in/use-who.js';
import { followStream, type StreamMessage } from './event-stream.js';
import { setLive } from './live-state.js';
import { noteProgress } from './progress.js';

/** Many events in one moment are one look at the read model. */
const gatherMs = 120;

interface Told {
  flow_id?: string | null;
}

/** Marks what an event may have changed: everything of its flow, and the lists over all flows. */
function outdate(client: QueryClient, flows: Set<string>, everything: boolean): void {
  void client.invalidateQueries({
    predicate: ({ queryKey: [scope, id] }) => {
      if (scope === 'whoami' || scope === 'sign-in' || scope === 'fixed') return false;
      return everything || scope !== 'flow' || flows.size === 0 || (typeof id === 'string' && flows.has(id));
    },
  });
}

function gathering(client: QueryClient): { hear(message: StreamMessage): void; stop(): void } {
  const flows = new Set<string>();
  let everything = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const flush = () => {
    outdate(client, flows, everything);
    flows.clear();
    [everything, timer] = [false, undefined];
  };
  const hear = ({ event, data }: StreamMessage) => {
    setLive({ heardMs: Date.now() });
    if (event === 'hello') return;
    if (event === 'progress') return noteProgress(data);
    const { flow_id } = (data ?? {}) as Told;
    if (event === 'resync' || !flow_id) everything = true;
    else flows.add(flow_id);
    timer ??= setTimeout(flush, gatherMs);
  };
  return { hear, stop: () => clearTimeout(timer) };
}

/**
 * Keeps the page as the gateway is. One stream for each tab, and none for a tab that nobody sees: a browser has six connections for all of them.
 */
export function useLive(): void {
  const client = useQueryClient();
  const signedIn = useSession();
  const who = signedIn && `${signedIn.user_id} ${signedIn.engagement_id}`;
  useEffect(() => {
    if (!who) return undefined;
    let closed: AbortController | undefined;
    const gather = gathering(client);
    const open = () => {
      closed ??= new AbortController();
      const { signal } = closed;
      let before: 'live' | 'broken' | undefined;
      void followStream({
        ...{ path: '/api/v1/stream', signal, onMessage: gather.hear },
        onState: (state) => {
          setLive({ mode: state === 'live' ? 'live' : 'polling', ...(state === 'live' ? { heardMs: Date.now() } : {}) });
          if (state === 'live' && before !== 'live') void client.invalidateQueries();
          before = state;
        },
      });
    };
    const close = () => {
      closed?.abort();
      closed = undefined;
      setLive({ mode: 'polling' });
    };
    const seen = () => (document.visibilityState === 'visible' ? closed || open() : close());
    seen();
    document.addEventListener('visibilitychange', seen);
    return () => {
      document.removeEventListener('visibilitychange', seen);
      gather.stop();
      close();
    };
  }, [client, who]);
}
