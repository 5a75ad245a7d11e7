import { notifications } from '@mantine/notifications';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, listOf, type Shape } from '../../api/client.js';
import { everyPage } from '../../api/every-page.js';
import { usePolling } from '../../live/polling.js';

export type Assignment = Shape<'AssignmentAnswer'>;
export type Hold = Shape<'LegalHoldAnswer'>;

export function useAssignments(flowId: string) {
  const polling = usePolling();
  return useQuery({
    queryKey: ['flow', flowId, 'assignments'],
    queryFn: () =>
      everyPage(
        async (query) =>
          listOf(await api.GET('/api/v1/decommission-flow/{flow_id}/policy-assignments', { params: { path: { flow_id: flowId }, query } })),
        ({ system_id }) => system_id,
      ),
    refetchInterval: polling,
  });
}

export const useHistory = (flowId: string, systemId: string) =>
  useQuery({
    queryKey: ['flow', flowId, 'assignments', systemId, 'history'],
    queryFn: () =>
      everyPage(
        async (query) =>
          listOf(
            await api.GET('/api/v1/decommission-flow/{flow_id}/policy-assignments/{system_id}/history', {
              params: { path: { flow_id: flowId, system_id: systemId }, query },
            }),
          ),
        ({ version }) => version,
      ),
  });

export const useHolds = () =>
  useQuery({
    queryKey: ['holds', 'standing'],
    queryFn: () =>
      everyPage(
        async (query) => listOf(await api.GET('/api/v1/legal-holds', { params: { query: { ...query, status: 'standing' } } })),
        ({ hold_id }) => hold_id,
      ),
  });

/** A change of one assignment: it names the version that was looked at. */
function useChange<Input>(
  flowId: string,
  act: (input: Input, assignment: Assignment) => Promise<unknown>,
  says: string,
  assignment: Assignment,
) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (input: Input) => act(input, assignment),
    onSuccess: () => notifications.show({ message: says, color: 'green' }),
    onSettled: () => client.invalidateQueries({ queryKey: ['flow', flowId] }),
  });
}

const at = ({ flow_id, system_id, version }: Assignment) => ({
  path: { flow_id, system_id },
  header: { 'If-Match': `"${version}"` },
});

export const useOverride = (assignment: Assignment) =>
  useChange(
    assignment.flow_id,
    (body: Shape<'OverrideAssignmentRequest'>, now) =>
      api.PATCH('/api/v1/decommission-flow/{flow_id}/policy-assignments/{system_id}', { params: at(now), body }),
    `Another policy is assigned to ${assignment.system_name}. Approvals that saw the earlier one are voided.`,
    assignment,
  );

export const useReset = (assignment: Assignment) =>
  useChange(
    assignment.flow_id,
    (reason: string, now) =>
      api.POST('/api/v1/decommission-flow/{flow_id}/policy-assignments/{system_id}/reset', { params: at(now), body: { reason } }),
    `The rules choose for ${assignment.system_name} again.`,
    assignment,
  );

export const useResolve = (assignment: Assignment) =>
  useChange(
    assignment.flow_id,
    (body: Shape<'ResolveConflictRequest'>, now) =>
      api.POST('/api/v1/decommission-flow/{flow_id}/policy-assignments/{system_id}/resolve-conflict', { params: at(now), body }),
    `The conflict for ${assignment.system_name} is resolved.`,
    assignment,
  );

/** Every hold concerns readiness and the jobs: all of it is asked for again. */
function useHoldChange<Input>(act: (input: Input) => Promise<unknown>, says: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: act,
    onSuccess: () => notifications.show({ message: says, color: 'green' }),
    onSettled: () => client.invalidateQueries(),
  });
}

export const usePlaceHold = () =>
  useHoldChange((body: Shape<'PlaceLegalHoldRequest'>) => api.POST('/api/v1/legal-holds', { body }), 'The legal hold is placed.');

export const useReleaseHold = () =>
  useHoldChange(
    ({ hold_id, reason }: { hold_id: string; reason: string }) =>
      api.POST('/api/v1/legal-holds/{hold_id}/release', { params: { path: { hold_id } }, body: { reason } }),
    'The legal hold is released.',
  );
