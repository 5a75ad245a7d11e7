import { Group, Stack, Text } from '@mantine/core';
import { counted } from '../../ui/figures.js';
import { RowsSkeleton } from '../../ui/page-skeleton.js';
import { ProblemAlert } from '../../ui/problem-alert.js';
import { useFlowIsOver } from '../flow/use-flow-is-over.js';
import { ArtifactDrawer } from './artifact-drawer.js';
import { KindCard } from './kind-card.js';
import { useArtifacts, useRequirements, type Requirement } from './queries.js';
import { useAddress } from '../../ui/use-address.js';
import { RequirementsEditor } from './requirements-editor.js';

function sayMissing(requirements: readonly Requirement[]): string {
  const missing = requirements.filter(({ required, satisfied_by }) => required && satisfied_by.length === 0);
  return missing.length === 0 ? 'Every document that this flow needs is there.' : `${counted(missing.length, 'document')} missing.`;
}

/** The documents of a flow: what is needed, what is there, who attaches it. */
export function FlowArtifacts({ flowId }: { flowId: string }) {
  const requirements = useRequirements(flowId);
  const artifacts = useArtifacts(flowId);
  const flowIsOver = useFlowIsOver(flowId);
  const [search, set] = useAddress();
  const retry = () => void Promise.all([requirements.refetch(), artifacts.refetch()]);
  const error = requirements.error ?? artifacts.error;
  if (requirements.isPending || artifacts.isPending) return <RowsSkeleton rows={8} />;
  if (!requirements.data || !artifacts.data) return <ProblemAlert error={error} retry={retry} />;
  const show = (artifactId: string | undefined) => set('preview', artifactId);
  return (
    <Stack>
      {error && <ProblemAlert error={error} retry={retry} />}
      <Group justify="space-between">
        <Text size="sm" role="status">
          {sayMissing(requirements.data)} Documents are encrypted, and locked for as long as the archives that they prove.
        </Text>
        <RequirementsEditor flowId={flowId} requirements={requirements.data} flowIsOver={flowIsOver} />
      </Group>
      {requirements.data.map((requirement) => (
        <KindCard
          key={requirement.kind}
          flowId={flowId}
          requirement={requirement}
          artifacts={artifacts.data.filter(({ kind }) => kind === requirement.kind)}
          flowIsOver={flowIsOver}
          onPreview={({ artifact_id }) => show(artifact_id)}
        />
      ))}
      <ArtifactDrawer
        artifact={artifacts.data.find(({ artifact_id }) => artifact_id === search.get('preview'))}
        onClose={() => show(undefined)}
      />
    </Stack>
  );
}
