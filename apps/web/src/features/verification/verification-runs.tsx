import { Group, Stack, Switch, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { CopyText } from '../../ui/copy-text.js';
import { columnsOf, DataTable } from '../../ui/data-table.js';
import { EmptyState } from '../../ui/empty-state.js';
import { counted } from '../../ui/figures.js';
import { Moment } from '../../ui/moment.js';
import { RowsSkeleton } from '../../ui/page-skeleton.js';
import { ProblemAlert } from '../../ui/problem-alert.js';
import { StatusBadge } from '../../ui/status-badge.js';
import { useVerifications, type JobDetail, type Verification } from './queries.js';

type Check = Verification['checks'][number];
const column = columnsOf<Check>();

const figure = (text: string) => (
  <Text size="sm" style={{ overflowWrap: 'anywhere', fontVariantNumeric: 'tabular-nums' }} maw={320}>
    {text}
  </Text>
);

const columns = column.columns([
  column.accessor((check) => (check.passed ? 1 : 0), {
    id: 'outcome',
    header: 'Outcome',
    cell: ({ row }) => <StatusBadge status={row.original.passed ? 'passed' : 'failed'} />,
  }),
  column.accessor('name', { header: 'Check', cell: ({ row }) => figure(row.original.name) }),
  column.accessor('expected', { header: 'Expected', cell: ({ row }) => figure(row.original.expected) }),
  column.accessor('actual', { header: 'Actual', cell: ({ row }) => figure(row.original.actual) }),
]);

const outcomes: Record<Verification['outcome'], string> = { requested: 'running', verified: 'verified', failed: 'failed' };

function Run({ run, job }: { run: Verification; job: JobDetail }) {
  const [failedOnly, setFailedOnly] = useState(run.checks.some(({ passed }) => !passed));
  const shown = failedOnly ? run.checks.filter(({ passed }) => !passed) : run.checks;
  return (
    <Stack gap="xs" component="section" aria-label={`Verification of attempt ${run.attempt}`}>
      <Group gap="sm">
        <Title order={4}>Attempt {run.attempt}</Title>
        <StatusBadge status={outcomes[run.outcome]} />
        <Text size="sm">
          level {run.level} · <Moment at={run.at} detail="second" />
        </Text>
        <Switch label="Failed only" checked={failedOnly} onChange={(event) => setFailedOnly(event.currentTarget.checked)} />
      </Group>
      {run.message && (
        <Text size="sm" c="var(--mantine-color-error)">
          {run.code}: {run.message}
        </Text>
      )}
      <DataTable
        label={`Checks of attempt ${run.attempt}`}
        rows={shown}
        columns={columns}
        rowId={({ name }) => name}
        sortName="checks-sort"
        height={420}
        empty={
          <EmptyState
            title={run.outcome === 'requested' ? 'It is being read back now' : failedOnly ? 'No check failed' : 'No figures yet'}
          />
        }
      />
      {run.outcome === 'verified' && (
        <Stack gap={4}>
          <Text size="sm">
            {counted(run.checks.length, 'check')} passed. The attestation is signed.
            {job.archive_commands?.attempt === run.attempt
              ? ' Check the archive without our services:'
              : ' The archive of another attempt is the one that counts.'}
          </Text>
          {job.archive_commands?.attempt === run.attempt && <CopyText text={job.archive_commands.verify} label="command" />}
          {run.evidence_sha256 && (
            <Group gap="xs">
              <Text size="sm" c="dimmed">
                Digest of the attestation
              </Text>
              <CopyText text={run.evidence_sha256} short={`${run.evidence_sha256.slice(0, 16)}…`} label="digest of the attestation" />
            </Group>
          )}
          {run.attestation && (
            <Group gap="xs">
              <Text size="sm" c="dimmed">
                Attestation (JWS)
              </Text>
              <CopyText text={run.attestation} short={`${run.attestation.slice(0, 24)}…`} label="attestation" />
            </Group>
          )}
        </Stack>
      )}
    </Stack>
  );
}

/** Every run with expected and actual figures, newest first. */
export function VerificationRuns({ flowId, jobId }: { flowId: string; jobId: string }) {
  const job = useVerifications(flowId, jobId);
  if (job.isPending) return <RowsSkeleton />;
  if (!job.data) return <ProblemAlert error={job.error} retry={() => void job.refetch()} />;
  const runs = [...job.data.verifications].sort((a, b) => b.at.localeCompare(a.at));
  if (runs.length === 0) return <EmptyState title="Not verified yet">It is read back as soon as it is written.</EmptyState>;
  return (
    <Stack gap="xl">
      {runs.map((run) => (
        <Run key={run.verification_id} run={run} job={job.data} />
      ))}
    </Stack>
  );
}
