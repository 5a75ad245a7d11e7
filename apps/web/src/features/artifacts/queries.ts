import { notifications } from '@mantine/notifications';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { answerOf, api, listOf, type Shape } from '../../api/client.js';
import { usePolling } from '../../live/polling.js';
import { useWho } from '../../sign-in/use-who.js';

export type Artifact = Shape<'ArtifactAnswer'>;
export type ArtifactVersion = Shape<'ArtifactVersionAnswer'>;
export type Requirement = Shape<'EvidenceRequirementAnswer'>;

const ofFlow = (flow_id: string) => ({ params: { path: { flow_id }, query: { limit: '500' } } });

export function useArtifacts(flowId: string) {
  const polling = usePolling();
  return useQuery({
    queryKey: ['flow', flowId, 'artifacts'],
    queryFn: async () => listOf(await api.GET('/api/v1/decommission-flow/{flow_id}/artifacts', ofFlow(flowId))).items,
    refetchInterval: polling,
  });
}

export function useRequirements(flowId: string) {
  const polling = usePolling();
  return useQuery({
    queryKey: ['flow', flowId, 'requirements'],
    queryFn: async () => listOf(await api.GET('/api/v1/decommission-flow/{flow_id}/evidence-requirements', ofFlow(flowId))).items,
    refetchInterval: polling,
  });
}

/** A document with all its contents. */
export const useArtifact = ({ flow_id, artifact_id }: Pick<Artifact, 'flow_id' | 'artifact_id'>) =>
  useQuery({
    queryKey: ['flow', flow_id, 'artifacts', artifact_id],
    queryFn: async () => answerOf(await api.GET('/api/v1/artifacts/{artifact_id}', { params: { path: { artifact_id } } })),
  });

export function useWithdraw({ artifact_id, flow_id }: Artifact) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (reason: string) =>
      api.POST('/api/v1/artifacts/{artifact_id}/withdraw', { params: { path: { artifact_id } }, body: { reason } }),
    onSuccess: () => notifications.show({ message: 'The document is withdrawn. It is kept, and counts no more.', color: 'green' }),
    onSettled: () => void client.invalidateQueries({ queryKey: ['flow', flow_id] }),
  });
}

export function useSetRequirements(flow_id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: Shape<'SetEvidenceRequirementsRequest'>) =>
      api.POST('/api/v1/decommission-flow/{flow_id}/evidence-requirements', { params: { path: { flow_id } }, body }),
    onSuccess: () => notifications.show({ message: 'What this flow needs is set.', color: 'green' }),
    onSettled: () => void client.invalidateQueries({ queryKey: ['flow', flow_id] }),
  });
}

const groups: Record<string, string> = { operator: 'operators', compliance: 'compliance', legal: 'legal', data_owner: 'data owners' };
const alternatives = new Intl.ListFormat('en', { type: 'disjunction' });

/** "operators, compliance or legal". */
export const attachersInWords = ({ attached_by }: Requirement): string =>
  alternatives.format(attached_by.map((role) => groups[role] ?? role));

/** Why the person attaches, replaces and withdraws no document of this kind; undefined when they may. */
export function useWhyNotAttach(requirement: Requirement): string | undefined {
  const { data: who } = useWho();
  if (requirement.attached_by.length === 0) return 'Lastcopy makes it itself.';
  if (!who || who.roles.some((role) => requirement.attached_by.includes(role))) return undefined;
  return `It is attached by ${attachersInWords(requirement)}.`;
}

export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
