import { Button, Drawer, Group, Stack, Text, Title } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useState } from 'react';
import { CopyText } from '../../ui/copy-text.js';
import { useDownload } from '../../ui/download.js';
import { bytes } from '../../ui/figures.js';
import { Moment } from '../../ui/moment.js';
import { RowsSkeleton } from '../../ui/page-skeleton.js';
import { usePersonName } from '../../ui/person-name.js';
import { ProblemAlert } from '../../ui/problem-alert.js';
import { PreviewContent } from './preview-content.js';
import { useArtifact, type Artifact, type ArtifactVersion } from './queries.js';

const locks = { COMPLIANCE: 'compliance mode', GOVERNANCE: 'governance mode' } as const;

function VersionFacts({ artifactId, version }: { artifactId: string; version: ArtifactVersion }) {
  const nameOf = usePersonName();
  const download = useDownload();
  const { filename, size_bytes, sha256, uploaded_by, uploaded_at, retain_until, retention_mode, comment, reason } = version;
  const path = `/api/v1/artifacts/${artifactId}/content?version=${version.version}`;
  return (
    <Stack gap={4}>
      <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
        {filename}, {bytes(size_bytes)}. By {nameOf(uploaded_by)}, <Moment at={uploaded_at} />
      </Text>
      {reason && <Text size="sm">Replaced the one before: {reason}</Text>}
      {comment && <Text size="sm">{comment}</Text>}
      <Group gap={4}>
        <Text size="sm" c="dimmed">
          SHA-256
        </Text>
        <CopyText text={sha256} label="SHA-256" />
      </Group>
      <Text size="sm" c="dimmed">
        Kept until <Moment at={retain_until} detail="day" />
        {retention_mode ? `, locked in ${locks[retention_mode]}` : ', not locked yet'}
      </Text>
      <Group>
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<IconDownload size={14} aria-hidden />}
          loading={download.isPending}
          onClick={() => download.mutate({ path, filename })}
        >
          Download
        </Button>
      </Group>
      {download.error && <ProblemAlert error={download.error} />}
    </Stack>
  );
}

function Versions({ history, shown, onShow }: { history: readonly ArtifactVersion[]; shown: number; onShow: (version: number) => void }) {
  const nameOf = usePersonName();
  if (history.length < 2) return null;
  return (
    <Stack gap={4} component="section" aria-label="Contents">
      <Title order={3}>Contents</Title>
      {[...history].reverse().map(({ version, uploaded_at, uploaded_by, reason }) => (
        <Group key={version} gap="xs">
          <Button
            size="compact-sm"
            variant={version === shown ? 'filled' : 'default'}
            aria-pressed={version === shown}
            onClick={() => onShow(version)}
          >
            Version {version}
          </Button>
          <Text size="sm">
            {nameOf(uploaded_by)}, <Moment at={uploaded_at} />
            {reason ? `: ${reason}` : ''}
          </Text>
        </Group>
      ))}
    </Stack>
  );
}

function Shown({ artifact }: { artifact: Artifact }) {
  const detail = useArtifact(artifact);
  const [asked, setAsked] = useState<number>();
  if (detail.isPending) return <RowsSkeleton rows={8} />;
  if (!detail.data) return <ProblemAlert error={detail.error} retry={() => void detail.refetch()} />;
  const { history } = detail.data;
  const version = history.find((each) => each.version === asked) ?? history.at(-1) ?? detail.data;
  return (
    <Stack>
      <VersionFacts artifactId={artifact.artifact_id} version={version} />
      <PreviewContent key={version.version} artifactId={artifact.artifact_id} version={version} />
      <Versions history={history} shown={version.version} onShow={setAsked} />
    </Stack>
  );
}

/** A document: its facts, its content, and the contents before it. */
export function ArtifactDrawer({ artifact, onClose }: { artifact: Artifact | undefined; onClose: () => void }) {
  return (
    <Drawer opened={artifact !== undefined} onClose={onClose} title={artifact?.title ?? artifact?.filename} size="min(100vw, 900px)">
      {artifact && <Shown key={artifact.artifact_id} artifact={artifact} />}
    </Drawer>
  );
}
