import { notifications } from '@mantine/notifications';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { answerOf, api, listOf, type Shape } from '../../api/client.js';
import { usePolling } from '../../live/polling.js';

export type Notice = Shape<'NotificationAnswer'>;
export type Preference = Shape<'MailPreference'>;

export function useNotices(unreadOnly: boolean) {
  const polling = usePolling();
  return useQuery({
    queryKey: ['notifications', 'list', unreadOnly],
    queryFn: async () =>
      listOf(await api.GET('/api/v1/notifications', { params: { query: { limit: '200', ...(unreadOnly ? { unread: 'true' } : {}) } } })),
    refetchInterval: polling,
  });
}

function useNoticeChange<Input>(act: (input: Input) => Promise<unknown>) {
  const client = useQueryClient();
  return useMutation({ mutationFn: act, onSettled: () => client.invalidateQueries({ queryKey: ['notifications'] }) });
}

export const useRead = () =>
  useNoticeChange((notification_id: string) =>
    api.POST('/api/v1/notifications/{notification_id}/read', { params: { path: { notification_id } } }),
  );

export const useReadAll = () => useNoticeChange(() => api.POST('/api/v1/notifications/read-all'));

export const usePreferences = () =>
  useQuery({
    queryKey: ['notifications', 'preferences'],
    queryFn: async () => answerOf(await api.GET('/api/v1/notifications/preferences')),
  });

export function useSetPreference() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (preference: Preference) => api.PUT('/api/v1/notifications/preferences', { body: { preferences: [preference] } }),
    onSuccess: () => notifications.show({ message: 'Saved.', color: 'green' }),
    onSettled: () => client.invalidateQueries({ queryKey: ['notifications', 'preferences'] }),
  });
}
