import { Button, Group, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconDownload, IconEye } from '@tabler/icons-react';
import { CopyText } from '../../ui/copy-text.js';
import { useDownload } from '../../ui/download.js';
import { bytes } from '../../ui/figures.js';
import { Moment } from '../../ui/moment.js';
import { usePersonName } from '../../ui/person-name.js';
import { ProblemAlert } from '../../ui/problem-alert.js';
import { ReasonModal } from '../../ui/reason-modal.js';
import { StatusBadge } from '../../ui/status-badge.js';
import { WhyNotButton } from '../../ui/why-not-button.js';
import { useWithdraw, type Artifact, type Requirement } from './queries.js';
import { UploadModal } from './upload-modal.js';

function Withdraw({ artifact, whyNot }: { artifact: Artifact; whyNot: string | undefined }) {
  const [opened, { open, close }] = useDisclosure(false);
  const withdraw = useWithdraw(artifact);
  return (
    <>
      <WhyNotButton size="compact-sm" variant="default" whyNot={whyNot} onClick={open}>
        Withdraw
      </WhyNotButton>
      <ReasonModal
        opened={opened}
        onClose={close}
        title={`Withdraw “${artifact.title ?? artifact.filename}”?`}
        says="It counts no more, and approvals that rest on it are voided. It is kept and shown as withdrawn; to have it count again, attach it anew."
        confirm="Withdraw"
        grave
        pending={withdraw.isPending}
        error={withdraw.error}
        onConfirm={(reason) => withdraw.mutate(reason, { onSuccess: close })}
      />
    </>
  );
}

function Replace({ artifact, requirement, whyNot }: { artifact: Artifact; requirement: Requirement; whyNot: string | undefined }) {
  const [opened, { open, close }] = useDisclosure(false);
  return (
    <>
      <WhyNotButton size="compact-sm" variant="default" whyNot={whyNot} onClick={open}>
        Replace
      </WhyNotButton>
      <UploadModal
        target={{ flowId: artifact.flow_id, kind: artifact.kind, replaces: artifact }}
        requirement={requirement}
        dropped={undefined}
        opened={opened}
        onClose={close}
      />
    </>
  );
}

function Facts({ artifact }: { artifact: Artifact }) {
  const nameOf = usePersonName();
  const { filename, size_bytes, sha256, uploaded_by, uploaded_at, version, status, withdrawn } = artifact;
  return (
    <Stack gap={2} style={{ minWidth: 0 }}>
      <Group gap="xs">
        <Text size="sm" fw={600} style={{ overflowWrap: 'anywhere' }}>
          {artifact.title ?? filename}
        </Text>
        {status === 'withdrawn' && <StatusBadge status="withdrawn" />}
      </Group>
      <Text size="sm" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
        {filename}, {bytes(size_bytes)}
        {version > 1 && `, version ${version}`}. By {nameOf(uploaded_by)}, <Moment at={uploaded_at} />
      </Text>
      <Group gap={4}>
        <Text size="sm" c="dimmed">
          SHA-256
        </Text>
        <CopyText text={sha256} short={`${sha256.slice(0, 16)}…`} label="SHA-256" />
      </Group>
      {withdrawn && (
        <Text size="sm">
          Withdrawn by {nameOf(withdrawn.by)}, <Moment at={withdrawn.at} />: {withdrawn.reason}
        </Text>
      )}
    </Stack>
  );
}

interface ArtifactRowProps {
  artifact: Artifact;
  requirement: Requirement;
  /** Why the person changes nothing about it. */
  whyNot: string | undefined;
  onPreview: () => void;
}

/** One document, and what can be done with it. */
export function ArtifactRow({ artifact, requirement, whyNot, onPreview }: ArtifactRowProps) {
  const download = useDownload();
  const { content_url, filename, status, made_by_product } = artifact;
  const changes = status === 'attached' && !made_by_product;
  return (
    <Stack gap={4} component="li" data-testid="artifact-row">
      <Group justify="space-between" gap="xs" align="flex-start">
        <Facts artifact={artifact} />
        <Group gap="xs">
          <Button size="compact-sm" variant="default" leftSection={<IconEye size={14} aria-hidden />} onClick={onPreview}>
            Preview
          </Button>
          <Button
            size="compact-sm"
            variant="default"
            leftSection={<IconDownload size={14} aria-hidden />}
            loading={download.isPending}
            onClick={() => download.mutate({ path: content_url, filename })}
          >
            Download
          </Button>
          {changes && <Replace artifact={artifact} requirement={requirement} whyNot={whyNot} />}
          {changes && <Withdraw artifact={artifact} whyNot={whyNot} />}
        </Group>
      </Group>
      {download.error && <ProblemAlert error={download.error} />}
    </Stack>
  );
}
