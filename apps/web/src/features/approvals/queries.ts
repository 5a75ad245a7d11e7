import { notifications } from '@mantine/notifications';
import { useInfiniteQuery, useMutation, useQuery, useQueryClient, type QueryClient } from '@tanstack/react-query';
import { answerOf, api, listOf, type Shape } from '../../api/client.js';
import { asProblem } from '../../api/problem.js';
import { usePolling } from '../../live/polling.js';
import { roleNames, type Approval, type Role } from './approval-words.js';

export interface InboxFilter {
  role?: Role;
  status?: Approval['status'];
  flow_id?: string;
}

const most = '500';
const decidedPage = 50;

/** Open requests: those that the person may decide, and all the others. */
export function useOpenApprovals(filter: InboxFilter) {
  const polling = usePolling();
  return useQuery({
    queryKey: ['approvals', 'open', filter],
    queryFn: async () => {
      const [mine, all] = await Promise.all([
        api.GET('/api/v1/approvals', { params: { query: { ...filter, mine: 'true', limit: most } } }),
        api.GET('/api/v1/approvals', { params: { query: { ...filter, status: 'requested', limit: most } } }),
      ]);
      return { mine: listOf(mine), all: listOf(all) };
    },
    refetchInterval: polling,
  });
}

/** What is no longer open, a page after the other. */
export function useDecidedApprovals(filter: InboxFilter) {
  const polling = usePolling();
  return useInfiniteQuery({
    queryKey: ['approvals', 'decided', filter],
    initialPageParam: 0,
    queryFn: async ({ pageParam }) =>
      listOf(
        await api.GET('/api/v1/approvals', { params: { query: { ...filter, limit: String(decidedPage), offset: String(pageParam) } } }),
      ),
    getNextPageParam: ({ total }, _pages, offset) => (offset + decidedPage < total ? offset + decidedPage : undefined),
    refetchInterval: polling,
  });
}

export function useApproval(approvalId: string) {
  const polling = usePolling();
  return useQuery({
    queryKey: ['approvals', 'one', approvalId],
    queryFn: async () => answerOf(await api.GET('/api/v1/approvals/{approval_id}', { params: { path: { approval_id: approvalId } } })),
    refetchInterval: polling,
  });
}

export function useFlowApprovalList(flowId: string) {
  const polling = usePolling();
  return useQuery({
    queryKey: ['flow', flowId, 'approvals'],
    queryFn: async () =>
      listOf(
        await api.GET('/api/v1/decommission-flow/{flow_id}/approvals', {
          params: { path: { flow_id: flowId }, query: { limit: most } },
        }),
      ).items,
    refetchInterval: polling,
  });
}

export type FlowNames = ReadonlyMap<string, string>;

/** Flows by id, for their names. */
export function useFlowNames() {
  return useQuery({
    queryKey: ['flows', 'names'],
    queryFn: async () => listOf(await api.GET('/api/v1/decommission-flow', { params: { query: { limit: most } } })).items,
    select: (flows): FlowNames => new Map(flows.map(({ flow_id, flow_name }) => [flow_id, flow_name])),
  });
}

/** Shows an answer where the approval is shown, at once, and asks for all that may have changed with it. */
function noteAnswer(client: QueryClient, { approval_id, flow_id }: Approval, answer: unknown): void {
  if (answer && typeof answer === 'object' && 'approval_id' in answer)
    client.setQueryData(['approvals', 'one', approval_id], (shown: object | undefined) => shown && { ...shown, ...answer });
  void client.invalidateQueries({ queryKey: ['approvals'] });
  void client.invalidateQueries({ queryKey: ['flow', flow_id] });
}

interface ApprovalAct<Input> {
  act: (input: Input) => Promise<{ data?: unknown }>;
  /** Shown when it is done. */
  says: (input: Input) => string;
  /** Called even when what asked for it is no longer shown, as a form is not that was answered. */
  onDone?: () => void;
}

const outdated = ['EVIDENCE_CHANGED', 'APPROVAL_STATE', 'APPROVER_NOT_ALLOWED', 'REAUTHENTICATION_REQUIRED'];

/** Something done with one approval. */
function useApprovalAct<Input>(approval: Approval, { act, says, onDone }: ApprovalAct<Input>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: act,
    onSuccess: ({ data }, input) => {
      notifications.show({ message: says(input), color: 'green' });
      onDone?.();
      noteAnswer(client, approval, data);
    },
    onError: (error) => {
      if (outdated.includes(asProblem(error).code)) noteAnswer(client, approval, undefined);
    },
  });
}

const at = ({ approval_id }: Approval) => ({ params: { path: { approval_id } } });

export const useDecide = (approval: Approval, onDone: () => void) =>
  useApprovalAct(approval, {
    act: (body: Shape<'ApprovalDecisionRequest'>) => api.POST('/api/v1/approvals/{approval_id}/decision', { ...at(approval), body }),
    says: ({ decision }) => `${roleNames[approval.role]} approval ${decision === 'grant' ? 'granted and signed' : 'rejected'}.`,
    onDone,
  });

export const useDelegate = (approval: Approval, onDone: () => void) =>
  useApprovalAct(approval, {
    act: (body: Shape<'DelegateApprovalRequest'>) => api.POST('/api/v1/approvals/{approval_id}/delegate', { ...at(approval), body }),
    says: () => 'The decision is delegated.',
    onDone,
  });

export const useRevoke = (approval: Approval, onDone: () => void) =>
  useApprovalAct(approval, {
    act: (reason: string) => api.POST('/api/v1/approvals/{approval_id}/delegation/revoke', { ...at(approval), body: { reason } }),
    says: () => 'The delegation is ended.',
    onDone,
  });

export const useComment = (approval: Approval, onDone: () => void) =>
  useApprovalAct(approval, {
    act: (comment: string) => api.POST('/api/v1/approvals/{approval_id}/comments', { ...at(approval), body: { comment } }),
    says: () => 'Your comment is there.',
    onDone,
  });
