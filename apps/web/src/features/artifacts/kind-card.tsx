import { Group, Paper, Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { usePersonName } from '../../ui/person-name.js';
import { StatusBadge } from '../../ui/status-badge.js';
import { ArtifactRow } from './artifact-row.js';
import { FileDrop } from './file-drop.js';
import { attachersInWords, capital, useWhyNotAttach, type Artifact, type Requirement } from './queries.js';
import { UploadModal } from './upload-modal.js';

const moments = { start: 'Needed before archiving starts', transition: 'Needed before the transition to system shutdown' } as const;

function State({ requirement }: { requirement: Requirement }) {
  if (requirement.satisfied_by.length > 0) return <StatusBadge status="attached" />;
  return requirement.required ? <StatusBadge status="missing" /> : <StatusBadge status="not_requested" word="Not needed" />;
}

function Terms({ requirement }: { requirement: Requirement }) {
  const nameOf = usePersonName();
  const { required, before, attached_by, satisfied_by, hint, set_by, set_reason } = requirement;
  return (
    <Stack gap={0}>
      <Text size="sm">
        {required ? moments[before] : 'Not needed'}.{' '}
        {attached_by.length > 0 ? `Attached by ${attachersInWords(requirement)}.` : 'Lastcopy makes it itself.'}
      </Text>
      {satisfied_by.length === 0 && (required || attached_by.length === 0) && (
        <Text size="sm" c="dimmed">
          {hint}
        </Text>
      )}
      {set_by && (
        <Text size="sm" c="dimmed">
          Set for this flow by {nameOf(set_by)}: {set_reason}
        </Text>
      )}
    </Stack>
  );
}

interface KindCardProps {
  flowId: string;
  requirement: Requirement;
  artifacts: readonly Artifact[];
  /** Why nothing can be attached whoever asks. */
  flowIsOver: string | undefined;
  onPreview: (artifact: Artifact) => void;
}

/** One kind of document: whether it is needed, what is there, and where one attaches it. */
export function KindCard({ flowId, requirement, artifacts, flowIsOver, onPreview }: KindCardProps) {
  const [file, setFile] = useState<File>();
  const mayNot = useWhyNotAttach(requirement);
  const whyNot = flowIsOver ?? mayNot;
  const { kind, title } = requirement;
  const hasOne = artifacts.some(({ status }) => status === 'attached');
  const shown = [...artifacts].sort(
    (one, other) => one.status.localeCompare(other.status) || other.uploaded_at.localeCompare(one.uploaded_at),
  );
  return (
    <Paper withBorder p="md" component="section" aria-label={capital(title)} data-testid={`artifacts-${kind}`}>
      <Stack gap="sm">
        <Group justify="space-between" gap="xs">
          <Title order={2}>{capital(title)}</Title>
          <State requirement={requirement} />
        </Group>
        <Terms requirement={requirement} />
        {shown.length > 0 && (
          <Stack component="ul" gap="sm" m={0} p={0} style={{ listStyle: 'none' }}>
            {shown.map((artifact) => (
              <ArtifactRow
                key={artifact.artifact_id}
                artifact={artifact}
                requirement={requirement}
                whyNot={whyNot}
                onPreview={() => onPreview(artifact)}
              />
            ))}
          </Stack>
        )}
        {whyNot === undefined && <FileDrop label={`Attach ${hasOne ? 'another' : 'the'} ${title}`} onFile={setFile} />}
      </Stack>
      <UploadModal
        target={{ flowId, kind }}
        requirement={requirement}
        dropped={file}
        opened={file !== undefined}
        onClose={() => setFile(undefined)}
      />
    </Paper>
  );
}
