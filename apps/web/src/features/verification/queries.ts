import { notifications } from '@mantine/notifications';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { answerOf, api, type Shape } from '../../api/client.js';

export type JobDetail = Shape<'JobDetailAnswer'>;
export type Verification = JobDetail['verifications'][number];

/** A job with every run of its verification; asked for when its row is opened. */
export const useVerifications = (flowId: string, jobId: string) =>
  useQuery({
    queryKey: ['flow', flowId, 'verifications', jobId],
    queryFn: async () => answerOf(await api.GET('/api/v1/archive-jobs/{job_id}', { params: { path: { job_id: jobId } } })),
  });

export function useVerifyAll(flowId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (reason: string) =>
      answerOf(
        await api.POST('/api/v1/decommission-flow/{flow_id}/verifications', {
          params: { path: { flow_id: flowId } },
          body: reason ? { reason } : {},
        }),
      ),
    onSuccess: ({ results }) => {
      const begun = results.filter(({ outcome }) => outcome === 'done').length;
      notifications.show({ message: `Verification has begun for ${begun} of ${results.length} archives.`, color: 'green' });
    },
    onSettled: () => client.invalidateQueries({ queryKey: ['flow', flowId] }),
  });
}
