import { useQuery } from '@tanstack/react-query';
import { useCallback } from 'react';
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

const service = /^service:(.+?)(?:-service)?$/;

/** `service:archive-service` as `Archive (service)`; undefined for a person. */
export function serviceName(actor: string): string | undefined {
  const name = service.exec(actor)?.[1];
  return name && `${name.charAt(0).toUpperCase()}${name.slice(1).replaceAll('-', ' ')} (service)`;
}

/** Pure: who acted, by name; by the id as long as the name is not known. */
export const actorName = (actor: string, people: readonly Person[] | undefined): string =>
  serviceName(actor) ?? people?.find(({ user_id }) => user_id === actor)?.name ?? actor;

/** A user id as the person's name, or the service's. */
export function usePersonName(): (userId: string) => string {
  const { data } = usePeople();
  return useCallback((userId) => actorName(userId, data), [data]);
}
