import { notifications } from '@mantine/notifications';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { answerOf, api, listOf, type Shape } from '../../api/client.js';
import { everyPage } from '../../api/every-page.js';
import { asProblem } from '../../api/problem.js';

export type Draft = Shape<'DraftAnswer'>;
export type InputKind = Draft['kind'];
export type Input = Shape<'FlowInputAnswer'>;

const at = (flow_id: string, kind: InputKind) => ({ flow_id, kind });
/** A change names the version that was looked at; the first draft has none. */
const match = (version: number) => ({ header: { 'If-Match': `"${version}"` } });

/** What was typed and not submitted yet; undefined when there is nothing. */
export const useServerDraft = (flowId: string, kind: InputKind) =>
  useQuery({
    queryKey: ['flow', flowId, 'draft', kind],
    queryFn: async () => {
      try {
        return answerOf(await api.GET('/api/v1/decommission-flow/{flow_id}/inputs/{kind}/draft', { params: { path: at(flowId, kind) } }));
      } catch (error) {
        if (asProblem(error).body.status === 404) return null;
        throw error;
      }
    },
  });

export const useInputs = (flowId: string) =>
  useQuery({
    queryKey: ['flow', flowId, 'inputs'],
    queryFn: () =>
      everyPage(
        async (query) =>
          listOf(await api.GET('/api/v1/decommission-flow/{flow_id}/inputs', { params: { path: { flow_id: flowId }, query } })),
        ({ input_id }) => input_id,
      ),
  });

export function useSaveDraft(flowId: string, kind: InputKind) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async ({ content, version }: { content: Record<string, unknown>; version: number | undefined }) =>
      answerOf(
        await api.PUT('/api/v1/decommission-flow/{flow_id}/inputs/{kind}/draft', {
          params: { path: at(flowId, kind), ...(version === undefined ? {} : match(version)) },
          body: { content: content as Record<string, never> },
        }),
      ),
    onSuccess: (draft) => client.setQueryData(['flow', flowId, 'draft', kind], draft),
  });
}

export function useSubmitDraft(flowId: string, kind: InputKind, says: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (version: number) =>
      answerOf(
        await api.POST('/api/v1/decommission-flow/{flow_id}/inputs/{kind}/submit', {
          params: { path: at(flowId, kind), ...match(version) },
        }),
      ),
    onSuccess: () => notifications.show({ message: says, color: 'green' }),
    onSettled: () => client.invalidateQueries({ queryKey: ['flow', flowId] }),
  });
}

export function useDiscardDraft(flowId: string, kind: InputKind) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (version: number) =>
      api.DELETE('/api/v1/decommission-flow/{flow_id}/inputs/{kind}/draft', { params: { path: at(flowId, kind), ...match(version) } }),
    onSettled: () => client.invalidateQueries({ queryKey: ['flow', flowId, 'draft', kind] }),
  });
}
