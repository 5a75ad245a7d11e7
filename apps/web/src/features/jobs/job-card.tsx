import { Anchor, Group, Paper, Progress, Stack, Text } from '@mantine/core';
import { Link } from 'react-router';
import { useProgress } from '../../live/progress.js';
import { bytes, bytesPerSecond } from '../../ui/figures.js';
import { Moment } from '../../ui/moment.js';
import { StatusBadge } from '../../ui/status-badge.js';
import { JobFailure } from './job-failure.js';
import { percentOf, shownState, sizeOf, speedOf } from './job-figures.js';
import { JobHolds } from './job-holds.js';
import { JobProof } from './job-proof.js';
import type { Job } from './queries.js';

function Running({ job }: { job: Job }) {
  const note = useProgress(job.job_id);
  const speed = speedOf(job, note);
  const percent = percentOf(job, note);
  return (
    <Stack gap={4}>
      <Progress.Root size="md">
        <Progress.Section
          value={percent}
          aria-label={`${job.system_name}: progress`}
          color={job.status === 'failed' ? 'red.8' : 'blue.8'}
        />
      </Progress.Root>
      <Group justify="space-between" gap="xs">
        <Text size="sm">{percent}% complete</Text>
        <Text size="sm" c="dimmed">
          {speed ? `${bytesPerSecond(speed)} · ` : ''}
          {job.status === 'in_progress' && job.estimated_completion ? (
            <>
              ETA: <Moment at={job.estimated_completion} detail="second" />
            </>
          ) : null}
        </Text>
      </Group>
    </Stack>
  );
}

/** A job as people follow it while it runs, and read it afterwards. */
export function JobCard({ job }: { job: Job }) {
  const size = sizeOf(job);
  return (
    <Paper component="li" withBorder p="md" data-testid={`archive-job-${job.status}`} aria-label={`${job.system_name}: ${job.status}`}>
      <Stack gap="sm">
        <Group justify="space-between" gap="xs" align="flex-start">
          <Anchor component={Link} to={`/decommission/jobs/${job.job_id}`} fw={650} style={{ overflowWrap: 'anywhere', flex: '1 1 12ch' }}>
            {job.system_name}
          </Anchor>
          <Group gap="xs" wrap="nowrap">
            <Text size="sm" style={{ whiteSpace: 'nowrap' }}>
              {size === null ? 'size not known yet' : bytes(size)}
            </Text>
            <StatusBadge status={shownState(job)} />
          </Group>
        </Group>
        <Running job={job} />
        <JobHolds holds={job.legal_holds} />
        {job.status === 'completed' && <JobProof job={job} />}
        {job.status === 'failed' && <JobFailure job={job} />}
      </Stack>
    </Paper>
  );
}
