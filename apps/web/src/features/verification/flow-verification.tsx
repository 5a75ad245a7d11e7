import { Button, Group, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconShieldCheck } from '@tabler/icons-react';
import { useCallback } from 'react';
import { useSearchParams } from 'react-router';
import { useMay } from '../../sign-in/use-who.js';
import { EmptyState } from '../../ui/empty-state.js';
import { count } from '../../ui/figures.js';
import { LongAccordion } from '../../ui/long-accordion.js';
import { RowsSkeleton } from '../../ui/page-skeleton.js';
import { ProblemAlert } from '../../ui/problem-alert.js';
import { ReasonModal } from '../../ui/reason-modal.js';
import { StatusBadge } from '../../ui/status-badge.js';
import { WhyNotButton } from '../../ui/why-not-button.js';
import { useJobs, type Job } from '../jobs/queries.js';
import { provenBadges } from './proven.js';
import { useVerifyAll } from './queries.js';
import { useAddress } from '../../ui/use-address.js';
import { VerificationRuns } from './verification-runs.js';

/** What was proven of an archive, in two words that people ask for. */
const Proven = ({ job }: { job: Job }) => (
  <Group gap="xs">
    {provenBadges(job).map(({ status, word }) => (
      <StatusBadge key={word} status={status} word={word} />
    ))}
  </Group>
);

function VerifyAll({ flowId, jobs }: { flowId: string; jobs: readonly Job[] }) {
  const [opened, { open, close }] = useDisclosure(false);
  const verify = useVerifyAll(flowId);
  const mayNot = useMay('decommission.execute');
  const whyNot = mayNot ?? (jobs.some(({ verification_checksum }) => verification_checksum) ? undefined : 'There is no archive yet.');
  return (
    <>
      <WhyNotButton leftSection={<IconShieldCheck size={16} aria-hidden />} whyNot={whyNot} onClick={open}>
        Verify All Backups
      </WhyNotButton>
      <ReasonModal
        opened={opened}
        onClose={close}
        title="Verify every archive again?"
        says="Each archive is read back from the store and compared with what the source counted. The earlier proofs stand. This takes about as long as the first verification."
        confirm="Verify All Backups"
        reasonRequired={false}
        pending={verify.isPending}
        error={verify.error}
        onConfirm={(reason) => verify.mutate(reason, { onSuccess: close })}
      />
    </>
  );
}

const idOf = ({ job_id }: Job): string => job_id;
const headingOf = (job: Job) => (
  <Group justify="space-between" gap="xs">
    <Text fw={600}>{job.system_name}</Text>
    <Proven job={job} />
  </Group>
);

/** What is proven of each archive, with the figures that were compared. */
export function FlowVerification({ flowId }: { flowId: string }) {
  const jobs = useJobs(flowId);
  const [search, set] = useAddress();
  const [, setSearch] = useSearchParams();
  const panelOf = useCallback((job: Job) => <VerificationRuns flowId={flowId} jobId={job.job_id} />, [flowId]);
  if (jobs.isPending) return <RowsSkeleton rows={6} />;
  if (!jobs.data) return <ProblemAlert error={jobs.error} retry={() => void jobs.refetch()} />;
  const { items } = jobs.data;
  if (items.length === 0) return <EmptyState title="Nothing to verify yet">Archives are verified as soon as they are written.</EmptyState>;
  const open = (job: string | null) => set('job', job);
  return (
    <Stack>
      {jobs.error && <ProblemAlert error={jobs.error} retry={() => void jobs.refetch()} />}
      <Group justify="space-between">
        <Text size="sm">
          {count(items.filter(({ integrity_verified }) => integrity_verified).length)} of {count(items.length)} archives are proven.
        </Text>
        <Group gap="xs">
          <Button
            variant="default"
            component="a"
            href="?tab=reports"
            onClick={(event) => (event.preventDefault(), setSearch({ tab: 'reports' }))}
          >
            Attestation report
          </Button>
          <VerifyAll flowId={flowId} jobs={items} />
        </Group>
      </Group>
      <LongAccordion
        label="Archives"
        rows={items}
        rowId={idOf}
        opened={search.get('job')}
        onOpen={open}
        heading={headingOf}
        panel={panelOf}
      />
    </Stack>
  );
}
