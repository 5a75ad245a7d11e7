import { Button, Group } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconDownload, IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react';
import type { Shape } from '../../api/client.js';
import { useDownload } from '../../ui/download.js';
import { ProblemAlert } from '../../ui/problem-alert.js';
import { ReasonModal } from '../../ui/reason-modal.js';
import { WhyNotButton } from '../../ui/why-not-button.js';
import { Modal } from '@mantine/core';
import { usePauseAll, useResumeAll, useStartMigration, useSummary } from './queries.js';
import { ReadinessDrawer } from './readiness-drawer.js';

const allowed = (able: { allowed: boolean; why_not?: string | null } | undefined): string | undefined =>
  able === undefined || able.allowed ? undefined : (able.why_not ?? 'Not possible now.');

function PauseAll({ flowId, whyNot }: { flowId: string; whyNot: string | undefined }) {
  const [opened, { open, close }] = useDisclosure(false);
  const pause = usePauseAll(flowId);
  return (
    <>
      <WhyNotButton variant="default" leftSection={<IconPlayerPause size={16} aria-hidden />} whyNot={whyNot} onClick={open}>
        Pause All
      </WhyNotButton>
      <ReasonModal
        opened={opened}
        onClose={close}
        title="Pause every job of this flow?"
        says="What is being written is finished or begun anew later; nothing that stands is lost. Resume All undoes it."
        confirm="Pause All"
        reasonRequired={false}
        pending={pause.isPending}
        error={pause.error}
        onConfirm={(reason) => pause.mutate(reason, { onSuccess: close })}
      />
    </>
  );
}

function DownloadManifest({ flowId }: { flowId: string }) {
  const download = useDownload();
  return (
    <>
      <Button
        variant="default"
        leftSection={<IconDownload size={16} aria-hidden />}
        loading={download.isPending}
        onClick={() =>
          download.mutate({ path: `/api/v1/decommission-flow/${flowId}/archive-manifest`, filename: `archive-manifest-${flowId}.json` })
        }
      >
        Download Archive Manifest
      </Button>
      <Modal opened={download.isError} onClose={download.reset} title="The manifest could not be downloaded">
        <ProblemAlert error={download.error} />
      </Modal>
    </>
  );
}

/** What can be done with the whole flow; what cannot says why. */
export function FlowActions({ flowId, flow }: { flowId: string; flow: Shape<'FlowStatusAnswer'> }) {
  const { data: summary } = useSummary(flowId);
  const start = useStartMigration(flowId);
  const resume = useResumeAll(flowId);
  const failed = start.error ?? resume.error;
  return (
    <Group gap="xs">
      <WhyNotButton
        leftSection={<IconPlayerPlay size={16} aria-hidden />}
        whyNot={allowed(summary?.can_start)}
        loading={start.isPending}
        onClick={() => start.mutate(undefined)}
      >
        Start Migration
      </WhyNotButton>
      <PauseAll flowId={flowId} whyNot={allowed(summary?.can_pause)} />
      <WhyNotButton
        variant="default"
        whyNot={allowed(summary?.can_resume)}
        loading={resume.isPending}
        onClick={() => resume.mutate(undefined)}
      >
        Resume All
      </WhyNotButton>
      <DownloadManifest flowId={flowId} />
      <ReadinessDrawer flowId={flowId} flow={flow} />
      <Modal
        opened={failed !== null}
        onClose={() => {
          start.reset();
          resume.reset();
        }}
        title="This was refused"
      >
        <ProblemAlert error={failed} />
      </Modal>
    </Group>
  );
}
