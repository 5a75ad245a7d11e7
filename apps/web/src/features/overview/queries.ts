import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { answerOf, api, listOf, type Shape } from '../../api/client.js';
import { everyPage } from '../../api/every-page.js';
import { asProblem, type Problem } from '../../api/problem.js';
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
    queryFn: () =>
      everyPage(
        async (query) => listOf(await api.GET('/api/v1/decommission-flow/eligible-systems', { params: { query } })),
        ({ asset_id }) => asset_id,
      ),
  });

const askAgainMs = 1_000;
const mostAsked = 120;

/** The flow that was begun, as soon as it can be read. Throws `pending` when it cannot for two minutes. */
async function untilReadable(flow_id: string, pending: Problem): Promise<void> {
  for (let asked = 0; asked < mostAsked; asked++) {
    try {
      return void (await api.GET('/api/v1/decommission-flow/{flow_id}/status', { params: { path: { flow_id } } }));
    } catch (error) {
      const problem = asProblem(error);
      if (problem.code !== 'NOT_FOUND' && !problem.passing) throw error;
      await new Promise((resolve) => setTimeout(resolve, askAgainMs));
    }
  }
  throw pending;
}

/** Begins a flow; answers its id even when the flow itself cannot be read yet. */
async function beginFlow(body: Shape<'InitializeFlowRequest'>): Promise<{ flow_id: string; pending?: Problem }> {
  try {
    const { flow_id } = answerOf(await api.POST('/api/v1/decommission-flow/initialize', { body }));
    return { flow_id };
  } catch (error) {
    const problem = asProblem(error);
    const [, flow_id] = problem.body.stream_id?.split(':') ?? [];
    if (!problem.pending || !flow_id) throw error;
    return { flow_id, pending: problem };
  }
}

async function closePlanning(flow_id: string): Promise<void> {
  try {
    await api.POST('/api/v1/decommission-flow/{flow_id}/phases/{phase_name}', {
      params: { path: { flow_id, phase_name: 'decommission_planning' } },
      body: { phase_status: 'completed' },
    });
  } catch (error) {
    if (!asProblem(error).pending) throw error;
  }
}

/** `pending` is set while a flow has begun that cannot be shown yet. */
export function useStartFlow() {
  const client = useQueryClient();
  // A flow that was begun and whose planning could not be closed is gone on with, not begun again.
  const begun = useRef<{ asked: string; flow_id: string; pending?: Problem }>(undefined);
  const [pending, setPending] = useState<Problem>();
  const start = useMutation({
    mutationFn: async (body: Shape<'InitializeFlowRequest'>) => {
      const asked = JSON.stringify(body);
      if (begun.current?.asked !== asked) begun.current = { asked, ...(await beginFlow(body)) };
      const { flow_id, pending: notYet } = begun.current;
      if (notYet) {
        setPending(notYet);
        await untilReadable(flow_id, notYet);
      }
      await closePlanning(flow_id);
      return { flow_id };
    },
    onSettled: () => {
      setPending(undefined);
      return Promise.all([client.invalidateQueries({ queryKey: ['overview'] }), client.invalidateQueries({ queryKey: ['systems'] })]);
    },
  });
  return { ...start, pending };
}
