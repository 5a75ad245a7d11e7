import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { notifications } from '@mantine/notifications';
import { answerOf, api, type Shape } from '../../api/client.js';
import { usePolling } from '../../live/polling.js';

export type Summary = Shape<'FlowSummaryAnswer'>;

const inFlow = (flow_id: string) => ({ params: { path: { flow_id } } });

/** What the header shows; polled faster while jobs run. */
export function useSummary(flowId: string) {
  const slow = usePolling(false);
  const fast = usePolling(true);
  return useQuery({
    queryKey: ['flow', flowId, 'summary'],
    queryFn: async () => answerOf(await api.GET('/api/v1/decommission-flow/{flow_id}/summary', inFlow(flowId))),
    refetchInterval: ({ state }) => ((state.data?.jobs.running ?? 0) > 0 ? fast : slow),
  });
}

export function useFlowStatus(flowId: string) {
  const polling = usePolling();
  return useQuery({
    queryKey: ['flow', flowId, 'status'],
    queryFn: async () => answerOf(await api.GET('/api/v1/decommission-flow/{flow_id}/status', inFlow(flowId))),
    refetchInterval: polling,
  });
}

export function useReadiness(flowId: string, enabled: boolean) {
  const polling = usePolling();
  return useQuery({
    queryKey: ['flow', flowId, 'readiness'],
    queryFn: async () => answerOf(await api.GET('/api/v1/decommission-flow/{flow_id}/readiness', inFlow(flowId))),
    refetchInterval: polling,
    enabled,
  });
}

/** An action on the whole flow; what is shown of it is asked for again, and `says` is shown. */
function useFlowAction<Input>(flowId: string, act: (input: Input) => Promise<unknown>, says: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: act,
    onSuccess: () => notifications.show({ message: says, color: 'green' }),
    onSettled: () => client.invalidateQueries({ queryKey: ['flow', flowId] }),
  });
}

export const useStartMigration = (flowId: string) =>
  useFlowAction(flowId, () => api.POST('/api/v1/decommission-flow/{flow_id}/archive-jobs', inFlow(flowId)), 'The migration has started.');

export const usePauseAll = (flowId: string) =>
  useFlowAction(
    flowId,
    (reason: string) => api.POST('/api/v1/decommission-flow/{flow_id}/pause', { ...inFlow(flowId), body: reason ? { reason } : {} }),
    'Everything is paused. Nothing that was written is lost.',
  );

export const useResumeAll = (flowId: string) =>
  useFlowAction(
    flowId,
    () => api.POST('/api/v1/decommission-flow/{flow_id}/resume', { ...inFlow(flowId), body: {} }),
    'The migration goes on.',
  );

export const useProceed = (flowId: string) =>
  useFlowAction(
    flowId,
    () => api.POST('/api/v1/decommission-flow/{flow_id}/proceed-to-shutdown', inFlow(flowId)),
    'The flow has gone on to system shutdown.',
  );
