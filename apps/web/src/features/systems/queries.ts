import { notifications } from '@mantine/notifications';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { answerOf, api, listOf, type Shape } from '../../api/client.js';
import { everyPage } from '../../api/every-page.js';
import { usePolling } from '../../live/polling.js';

export type System = Shape<'SystemAnswer'>;
export type Registration = Shape<'RegisterSystemRequest'>;
export type Suggestion = Shape<'ClassificationAnswer'>;

const at = (system_id: string) => ({ params: { path: { system_id } } });

export function useSystems() {
  const polling = usePolling();
  return useQuery({
    queryKey: ['systems', 'all'],
    queryFn: () =>
      everyPage(
        async (query) => listOf(await api.GET('/api/v1/systems', { params: { query } })),
        ({ system_id }) => system_id,
      ),
    refetchInterval: polling,
  });
}

export function useClassification(systemId: string) {
  const polling = usePolling(true);
  return useQuery({
    queryKey: ['systems', systemId, 'classification'],
    queryFn: async () => answerOf(await api.GET('/api/v1/systems/{system_id}/classification', at(systemId))),
    refetchInterval: ({ state }) => (state.data?.latest?.status === 'running' ? 1_500 : polling),
  });
}

/** `onDone` runs whatever became of the form meanwhile: a newer version opens another one before the answer is shown. */
function useSystemChange<Input, Answer>(act: (input: Input) => Promise<Answer>, says?: string, onDone?: () => void) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: act,
    onSuccess: () => {
      onDone?.();
      if (says) notifications.show({ message: says, color: 'green' });
    },
    onSettled: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: ['systems'] }),
        client.invalidateQueries({ queryKey: ['flow'] }),
        client.invalidateQueries({ queryKey: ['overview'] }),
      ]),
  });
}

export const useRegister = (onDone: () => void) =>
  useSystemChange(async (body: Registration) => answerOf(await api.POST('/api/v1/systems', { body })), 'The system is registered.', onDone);

export const useRevise = ({ system_id, version }: System, onDone: () => void) =>
  useSystemChange(
    async (body: Shape<'ReviseSystemRequest'>) =>
      answerOf(
        await api.PATCH('/api/v1/systems/{system_id}', { params: { path: { system_id }, header: { 'If-Match': `"${version}"` } }, body }),
      ),
    'The system is changed. Approvals that saw it otherwise are voided.',
    onDone,
  );

export const useTestConnection = () =>
  useSystemChange(async (systemId: string) => answerOf(await api.POST('/api/v1/systems/{system_id}/test', at(systemId))));

export const useClassify = () =>
  useSystemChange(
    async (systemId: string) => answerOf(await api.POST('/api/v1/systems/{system_id}/classify', at(systemId))),
    'The source is looked at now.',
  );

export const useAccept = (systemId: string) =>
  useSystemChange(
    (body: Shape<'AcceptClassificationRequest'>) =>
      api.POST('/api/v1/systems/{system_id}/classification/accept', { ...at(systemId), body }),
    'The classification is accepted.',
  );

export const useDismiss = (systemId: string) =>
  useSystemChange(
    (body: Shape<'DismissClassificationRequest'>) =>
      api.POST('/api/v1/systems/{system_id}/classification/dismiss', { ...at(systemId), body }),
    'The suggestion is dismissed.',
  );
