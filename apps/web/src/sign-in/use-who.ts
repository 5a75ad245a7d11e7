import { useQuery } from '@tanstack/react-query';
import { useEffect, useSyncExternalStore } from 'react';
import { answerOf, api, type Shape } from '../api/client.js';
import type { Problem } from '../api/problem.js';
import { hearOtherTabs } from './other-tabs.js';
import { session, type SignedIn } from './session.js';
import { signOutToo } from './sign-out.js';

export const useSession = (): SignedIn | undefined => useSyncExternalStore(session.subscribe, session.get);

/** Why the sign-in cannot be renewed just now; undefined while it is good. */
export const useSignInTrouble = (): Problem | undefined => useSyncExternalStore(session.subscribe, session.getTrouble);

export type Who = Shape<'WhoAmIAnswer'>;

/** Who is signed in and what they may do. */
export function useWho() {
  const signedIn = useSession();
  return useQuery({
    queryKey: ['whoami', signedIn?.user_id, signedIn?.engagement_id],
    queryFn: async () => answerOf(await api.GET('/api/v1/whoami')),
    enabled: signedIn !== undefined,
    staleTime: 5 * 60_000,
  });
}

/** Why the person may not do what asks for `permission`; undefined when they may (or it is not known yet: the gateway decides). */
export function useMay(permission: string): string | undefined {
  const { data } = useWho();
  if (!data || data.permissions.includes(permission)) return undefined;
  const roles = data.roles.join(', ') || 'no role';
  return `${data.name} (${roles}) lacks the permission ${permission}.`;
}

/** A sign-out in another tab is one here too. */
export const useSignOutOfOtherTabs = (): void => useEffect(() => hearOtherTabs((userId) => void signOutToo(userId)), []);
