import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { answerOf, api, listOf, type Shape } from '../../api/client.js';
import { usePolling } from '../../live/polling.js';

export type Entry = Shape<'TimelineEntry'>;

export interface TimelineFilters {
  type?: string;
  actor?: string;
}

const pageSize = 200;
/** Positions are far below: the newest page is asked for from here backwards. */
const fromTheEnd = Number.MAX_SAFE_INTEGER;

/** The newest first; earlier pages are fetched as they are scrolled to. */
export function useTimeline(flowId: string, filters: TimelineFilters) {
  const polling = usePolling();
  return useInfiniteQuery({
    queryKey: ['flow', flowId, 'timeline', filters],
    queryFn: async ({ pageParam }) =>
      listOf(
        await api.GET('/api/v1/decommission-flow/{flow_id}/timeline', {
          params: { path: { flow_id: flowId }, query: { ...filters, before_seq: String(pageParam), limit: String(pageSize) } },
        }),
      ),
    initialPageParam: fromTheEnd,
    getNextPageParam: ({ items }) => (items.length === pageSize ? items.at(-1)!.seq : undefined),
    refetchInterval: ({ state }) => (state.data?.pages.length === 1 ? polling : false),
  });
}

/** The event at a position; null when it is not one of the flow's. */
export const useEntry = (flowId: string, seq: number | undefined) =>
  useQuery({
    // Not under the flow: what has happened stays as it is, whatever else happens there.
    queryKey: ['event', flowId, seq],
    enabled: seq !== undefined,
    staleTime: ({ state }) => (state.data ? Infinity : 0),
    queryFn: async (): Promise<Entry | null> => {
      const { items } = listOf(
        await api.GET('/api/v1/decommission-flow/{flow_id}/timeline', {
          params: { path: { flow_id: flowId }, query: { before_seq: String(seq! + 1), limit: '1' } },
        }),
      );
      return items.find((entry) => entry.seq === seq) ?? null;
    },
  });

export const useFacets = (flowId: string) =>
  useQuery({
    queryKey: ['flow', flowId, 'facets'],
    staleTime: 30_000,
    queryFn: async () =>
      answerOf(await api.GET('/api/v1/decommission-flow/{flow_id}/timeline/facets', { params: { path: { flow_id: flowId } } })),
  });
