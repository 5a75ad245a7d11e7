import { useQueryClient, type Query, type QueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useSession } from '../sign-in/use-who.js';
import { followStream, type StreamMessage } from './event-stream.js';
import { setLive } from './live-state.js';
import { noteProgress } from './progress.js';

/** Many events in one moment are one look at the read model. */
const gatherMs = 120;
/** While one look follows another they are this far apart: a busy flow must not keep its own page from being drawn, nor be told late. */
const busyMs = 350;
/** What is not asked for anew by itself: what never changes, and what somebody asked for once. */
const quiet = ['whoami', 'sign-in', 'fixed'];
const quietOfFlow = ['bulk', 'facets'];

interface Told {
  flow_id?: string | null;
}

/** Everything of the flows that were told of, and the lists over all flows. A timeline that somebody reads far back is left alone. */
function isOutdated({ queryKey: [scope, id, part], state }: Query, flows: ReadonlySet<string>, everything: boolean): boolean {
  if (quiet.includes(String(scope)) || (scope === 'flow' && quietOfFlow.includes(String(part)))) return false;
  if (part === 'timeline' && ((state.data as { pages?: unknown[] } | undefined)?.pages?.length ?? 0) > 1) return false;
  return everything || scope !== 'flow' || (typeof id === 'string' && flows.has(id));
}

/** Gathers what events may have changed and looks again: never two looks at once, and none that is given up for the next. */
class Looks {
  private readonly flows = new Set<string>();
  private everything = false;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private looking = false;

  constructor(private readonly client: QueryClient) {}

  readonly hear = ({ event, data }: StreamMessage): void => {
    setLive({ heardMs: Date.now() });
    if (event === 'hello') return;
    if (event === 'progress') return noteProgress(data);
    const { flow_id } = (data ?? {}) as Told;
    if (event === 'resync' || !flow_id) this.everything = true;
    else this.flows.add(flow_id);
    this.plan(gatherMs);
  };

  stop(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
  }

  private plan(waitMs: number): void {
    if (this.looking) return;
    this.timer ??= setTimeout(() => void this.look(), waitMs);
  }

  private async look(): Promise<void> {
    const [flows, everything] = [new Set(this.flows), this.everything];
    this.flows.clear();
    [this.everything, this.timer, this.looking] = [false, undefined, true];
    const predicate = (query: Query) => isOutdated(query, flows, everything);
    // What is being asked already may have been answered before the event: it is asked once more afterwards.
    const underWay = this.client.isFetching({ predicate }) > 0;
    await this.client.invalidateQueries({ predicate }, { cancelRefetch: false });
    this.looking = false;
    if (underWay) {
      for (const flow of flows) this.flows.add(flow);
      this.everything ||= everything;
    }
    if (this.everything || this.flows.size > 0) this.plan(busyMs);
  }
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
    const looks = new Looks(client);
    const open = () => {
      closed ??= new AbortController();
      const { signal } = closed;
      let before: 'live' | 'broken' | undefined;
      void followStream({
        ...{ path: '/api/v1/stream', signal, onMessage: looks.hear, onHeard: () => setLive({ heardMs: Date.now() }) },
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
      looks.stop();
      close();
    };
  }, [client, who]);
}
