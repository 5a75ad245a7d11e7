import { notifications } from '@mantine/notifications';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { answerOf, api, listOf, type ListOf, type Shape } from '../../api/client.js';
import { everyPage } from '../../api/every-page.js';
import { usePolling } from '../../live/polling.js';

export type Job = Shape<'JobAnswer'>;
export type JobDetail = Shape<'JobDetailAnswer'>;
export type JobAction = JobDetail['possible_actions'][number];

/** Every job of the flow. */
const allJobs = (flow_id: string): Promise<ListOf<Job>> =>
  everyPage(
    async (query) => listOf(await api.GET('/api/v1/decommission-flow/{flow_id}/archive-jobs', { params: { path: { flow_id }, query } })),
    ({ job_id }) => job_id,
  );

export const isRunning = ({ status }: Job): boolean => status === 'in_progress' || status === 'queued';

export function useJobs(flowId: string) {
  const slow = usePolling(false);
  const fast = usePolling(true);
  return useQuery({
    queryKey: ['flow', flowId, 'jobs'],
    queryFn: () => allJobs(flowId),
    refetchInterval: ({ state }) => (state.data?.items.some(isRunning) ? fast : slow),
  });
}

export function useJob(jobId: string) {
  const polling = usePolling(true);
  return useQuery({
    queryKey: ['job', jobId],
    queryFn: async () => answerOf(await api.GET('/api/v1/archive-jobs/{job_id}', { params: { path: { job_id: jobId } } })),
    refetchInterval: polling,
  });
}

export function useJobEvents(jobId: string) {
  const polling = usePolling(true);
  return useQuery({
    queryKey: ['job', jobId, 'events'],
    queryFn: () =>
      everyPage(
        async (query) => listOf(await api.GET('/api/v1/archive-jobs/{job_id}/events', { params: { path: { job_id: jobId }, query } })),
        ({ seq }) => seq,
      ),
    refetchInterval: polling,
  });
}

const said: Record<JobAction, string> = {
  pause: 'The job is paused.',
  resume: 'The job goes on.',
  cancel: 'The job is cancelled.',
  retry: 'Archive job restarted.',
  verify: 'The archive is verified again.',
};

async function act(job_id: string, action: JobAction, reason: string | undefined): Promise<unknown> {
  const body = reason ? { reason } : {};
  if (action === 'retry') return api.POST('/api/v1/decommission-flow/archive-jobs/{job_id}/retry', { params: { path: { job_id } }, body });
  return api.POST('/api/v1/archive-jobs/{job_id}/{action}', { params: { path: { job_id, action } }, body });
}

export function useJobAction({ job_id, flow_id }: Pick<Job, 'job_id' | 'flow_id'>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ action, reason }: { action: JobAction; reason?: string }) => act(job_id, action, reason),
    onSuccess: (_answer, { action }) => notifications.show({ message: said[action], color: 'green' }),
    onSettled: () =>
      Promise.all([client.invalidateQueries({ queryKey: ['flow', flow_id] }), client.invalidateQueries({ queryKey: ['job', job_id] })]),
  });
}

export type BulkAction = Shape<'BulkJobRequest'>['action'];

/** What an action would do to each job, without doing it. */
export function useBulkPreview(flowId: string, action: BulkAction | undefined, jobIds: readonly string[]) {
  return useQuery({
    queryKey: ['flow', flowId, 'bulk', action, jobIds],
    queryFn: async () =>
      answerOf(
        await api.POST('/api/v1/decommission-flow/{flow_id}/archive-jobs/bulk', {
          params: { path: { flow_id: flowId } },
          body: { action: action!, job_ids: [...jobIds], dry_run: true, reason: 'Preview' },
        }),
      ),
    enabled: action !== undefined && jobIds.length > 0,
    staleTime: 0,
  });
}

export function useBulk(flowId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (body: { action: BulkAction; job_ids: string[]; reason: string }) =>
      answerOf(await api.POST('/api/v1/decommission-flow/{flow_id}/archive-jobs/bulk', { params: { path: { flow_id: flowId } }, body })),
    onSuccess: ({ results }) => {
      const done = results.filter(({ outcome }) => outcome === 'done').length;
      notifications.show({ message: `Done for ${done} of ${results.length} jobs.`, color: done === results.length ? 'green' : 'orange' });
    },
    onSettled: () => client.invalidateQueries({ queryKey: ['flow', flowId] }),
  });
}
