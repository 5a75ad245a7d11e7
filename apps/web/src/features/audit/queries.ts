import { useInfiniteQuery, useMutation, useQuery } from '@tanstack/react-query';
import { answerOf, api, type Shape } from '../../api/client.js';
import { usePolling } from '../../live/polling.js';

export type Entry = Shape<'AuditEntry'>;

/** As the URL says them; each absent when empty. */
export interface Filters {
  text?: string;
  actor?: string;
  type?: string;
  outcome?: string;
  flow_id?: string;
  from?: string;
  to?: string;
}

const pageSize = 200;

export function useTrail(filters: Filters) {
  const polling = usePolling();
  return useInfiniteQuery({
    queryKey: ['audit', filters],
    queryFn: async ({ pageParam }) => {
      const query = { ...filters, limit: String(pageSize), ...(pageParam ? { cursor: pageParam } : {}) };
      const { data = [], response } = await api.GET('/api/v1/audit-events', { params: { query } });
      return { items: data, next: response.headers.get('X-Next-Cursor') };
    },
    initialPageParam: '',
    getNextPageParam: ({ next }) => next ?? undefined,
    refetchInterval: ({ state }) => (state.data?.pages.length === 1 ? polling : false),
  });
}

export const useVerifyChain = () => useMutation({ mutationFn: async () => answerOf(await api.POST('/api/v1/audit-events/verify')) });

export const useAnchors = () =>
  useQuery({
    queryKey: ['audit', 'anchors'],
    queryFn: async () => answerOf(await api.GET('/api/v1/audit-events/anchors', { params: { query: { limit: '1' } } })),
  });
