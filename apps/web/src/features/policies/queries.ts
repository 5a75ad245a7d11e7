import { notifications } from '@mantine/notifications';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { answerOf, api, listOf, type Shape } from '../../api/client.js';
import { everyPage } from '../../api/every-page.js';

export type Policy = Shape<'PolicyAnswer'>;
export type Changes = Shape<'PolicyChanges'>;
export type Impact = Shape<'PolicyImpactAnswer'>;

const at = ({ policy_id }: Pick<Policy, 'policy_id'>) => ({ params: { path: { policy_id } } });
const ofVersion = ({ policy_id, revision }: Policy) => ({ params: { path: { policy_id }, header: { 'If-Match': `"${revision}"` } } });

export const usePolicies = (enabled = true) =>
  useQuery({
    queryKey: ['policies', 'all'],
    queryFn: () =>
      everyPage(
        async (query) => listOf(await api.GET('/api/v1/retention-policies', { params: { query } })),
        ({ policy_id }) => policy_id,
      ),
    enabled,
  });

export const useVersions = (policy: Policy) =>
  useQuery({
    queryKey: ['policies', policy.policy_id, 'versions'],
    queryFn: async () => listOf(await api.GET('/api/v1/retention-policies/{policy_id}/versions', at(policy))),
  });

/** What a change would do to flows that go on and to their approvals; asked for before it is made. */
export const useImpact = (policy: Policy, request: Shape<'PolicyImpactRequest'>, enabled: boolean) =>
  useQuery({
    queryKey: ['policies', policy.policy_id, 'impact', request],
    queryFn: async () => answerOf(await api.POST('/api/v1/retention-policies/{policy_id}/impact', { ...at(policy), body: request })),
    enabled,
    staleTime: 0,
  });

function usePolicyChange<Input, Answer>(act: (input: Input) => Promise<Answer>, says: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: act,
    onSuccess: () => notifications.show({ message: says, color: 'green' }),
    onSettled: () => Promise.all([client.invalidateQueries({ queryKey: ['policies'] }), client.invalidateQueries({ queryKey: ['flow'] })]),
  });
}

export const useCreate = () =>
  usePolicyChange(
    async (body: Shape<'CreatePolicyRequest'>) => answerOf(await api.POST('/api/v1/retention-policies', { body })),
    'The policy is created.',
  );

export const useRevise = (policy: Policy) =>
  usePolicyChange(
    (body: Shape<'RevisePolicyRequest'>) => api.POST('/api/v1/retention-policies/{policy_id}/revise', { ...ofVersion(policy), body }),
    'A new version stands; the earlier one is kept.',
  );

const steps = { retire: 'is retired', 'start-review': 'is under review', 'end-review': 'is active again' } as const;
export type Step = keyof typeof steps;

export const useStep = (policy: Policy, step: Step) =>
  usePolicyChange((reason: string) => {
    const call = { ...ofVersion(policy), body: { reason } };
    if (step === 'retire') return api.POST('/api/v1/retention-policies/{policy_id}/retire', call);
    if (step === 'start-review') return api.POST('/api/v1/retention-policies/{policy_id}/start-review', call);
    return api.POST('/api/v1/retention-policies/{policy_id}/end-review', call);
  }, `The policy ${steps[step]}.`);

export const useRegulations = () =>
  useQuery({
    queryKey: ['fixed', 'regulations'],
    queryFn: async () => answerOf(await api.GET('/api/v1/regulations')),
    staleTime: Infinity,
  });

export const useTryRules = () =>
  useMutation({
    mutationFn: async (body: Shape<'DryRunRequest'>) => answerOf(await api.POST('/api/v1/policy-assignments/dry-run', { body })),
  });
