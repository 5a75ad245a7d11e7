import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import { answerOf, api, listOf, type Shape } from '../../api/client.js';
import { usePolling } from '../../live/polling.js';

export type Overview = Shape<'OverviewAnswer'>;
export type OverviewFlow = Shape<'OverviewFlow'>;

export const flowsAPage = 50;

export function useOverview(offset: number) {
  const slow = usePolling(false);
  const fast = usePolling(true);
  return useQuery({
    queryKey: ['overview', offset],
    queryFn: async () =>
      answerOf(await api.GET('/api/v1/overview', { params: { query: { limit: String(flowsAPage), offset: String(offset) } } })),
    refetchInterval: ({ state }) => ((state.data?.metrics.jobs_running ?? 0) > 0 ? fast : slow),
    placeholderData: (before) => before,
  });
}

export const useEligible = () =>
  useQuery({
    queryKey: ['systems', 'eligible'],
    queryFn: async () => listOf(await api.GET('/api/v1/decommission-flow/eligible-systems', { params: { query: { limit: '500' } } })),
  });

export function useStartFlow() {
  const client = useQueryClient();
  // A flow that was begun and whose planning could not be closed is gone on with, not begun again.
  const begun = useRef<{ asked: string; flow: Shape<'FlowActionAnswer'> }>(undefined);
  return useMutation({
    mutationFn: async (body: Shape<'InitializeFlowRequest'>) => {
      const asked = JSON.stringify(body);
      if (begun.current?.asked !== asked) {
        begun.current = { asked, flow: answerOf(await api.POST('/api/v1/decommission-flow/initialize', { body })) };
      }
      const { flow } = begun.current;
      await api.POST('/api/v1/decommission-flow/{flow_id}/phases/{phase_name}', {
        params: { path: { flow_id: flow.flow_id, phase_name: 'decommission_planning' } },
        body: { phase_status: 'completed' },
      });
      return flow;
    },
    onSettled: () =>
      Promise.all([client.invalidateQueries({ queryKey: ['overview'] }), client.invalidateQueries({ queryKey: ['systems'] })]),
  });
}
