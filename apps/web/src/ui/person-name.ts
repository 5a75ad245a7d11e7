import { useQuery } from '@tanstack/react-query';
import { answerOf, api, type Shape } from '../api/client.js';

export type Person = Shape<'PersonAnswer'>;

/** Who has signed in for this engagement. */
export const usePeople = (enabled = true) =>
  useQuery({
    queryKey: ['people'],
    queryFn: async () => answerOf(await api.GET('/api/v1/people')),
    staleTime: 5 * 60_000,
    enabled,
  });

/** A user id as the person's name; what a service did, Lastcopy did. */
export function usePersonName(): (userId: string) => string {
  const { data } = usePeople();
  return (userId) => (userId.startsWith('service:') ? 'Lastcopy' : (data?.find(({ user_id }) => user_id === userId)?.name ?? userId));
}
