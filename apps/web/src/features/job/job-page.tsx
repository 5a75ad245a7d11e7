import { Anchor, Breadcrumbs, Paper, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { Link, useParams } from 'react-router';
import { PageHeading } from '../../ui/page-heading.js';
import { PageSkeleton, RowsSkeleton } from '../../ui/page-skeleton.js';
import { ProblemAlert } from '../../ui/problem-alert.js';
import { StatusBadge } from '../../ui/status-badge.js';
import { JobFailure } from '../jobs/job-failure.js';
import { shownState } from '../jobs/job-figures.js';
import { JobHolds } from '../jobs/job-holds.js';
import { JobProof } from '../jobs/job-proof.js';
import { useJob, useJobEvents, type JobDetail } from '../jobs/queries.js';
import { provenSays } from '../verification/proven.js';
import { JobActions } from './job-actions.js';
import { JobCommands } from './job-commands.js';
import { JobEvents } from './job-events.js';
import { JobSteps } from './job-steps.js';
import { stepsOf } from './steps.js';
import { ThroughputChart } from './throughput-chart.js';

const Part = ({ title, children }: { title: string; children: ReactNode }) => (
  <Paper withBorder p="md" component="section" aria-label={title}>
    <Title order={2} mb="sm">
      {title}
    </Title>
    {children}
  </Paper>
);

/** What was checked, in a sentence, above what proves it. */
const Archive = ({ job }: { job: JobDetail }) => (
  <Stack gap="xs">
    <Text size="sm">{provenSays(job)}</Text>
    <JobProof job={job} />
  </Stack>
);

/** One job: what it did in every attempt, how to act on it, how to get its archive back. */
export function JobPage() {
  const { job_id: jobId = '' } = useParams();
  const job = useJob(jobId);
  const events = useJobEvents(jobId);
  if (job.isPending) return <PageSkeleton />;
  if (!job.data) return <ProblemAlert error={job.error} retry={() => void job.refetch()} />;
  const { data } = job;
  const waiting = events.error ? <ProblemAlert error={events.error} retry={() => void events.refetch()} /> : <RowsSkeleton />;
  return (
    <Stack gap="md">
      <Breadcrumbs>
        <Anchor component={Link} to="/decommission" size="sm">
          Overview
        </Anchor>
        <Anchor component={Link} to={`/decommission/flow/${data.flow_id}/data-migration?tab=jobs`} size="sm">
          Flow
        </Anchor>
        <span aria-current="page">{data.system_name}</span>
      </Breadcrumbs>
      <PageHeading title={data.system_name} says={<StatusBadge status={shownState(data)} />}>
        <JobActions job={data} />
      </PageHeading>
      {job.error && <ProblemAlert error={job.error} retry={() => void job.refetch()} />}
      <JobHolds holds={data.legal_holds} />
      {data.status === 'failed' && <JobFailure job={data} />}
      <Part title="Steps">{events.data ? <JobSteps steps={stepsOf(events.data.items)} /> : waiting}</Part>
      <SimpleGrid cols={{ base: 1, lg: 2 }}>
        <Part title="Throughput">
          <ThroughputChart jobId={jobId} />
        </Part>
        <Part title="Archive">{data.verification_checksum ? <Archive job={data} /> : 'There is no archive yet.'}</Part>
      </SimpleGrid>
      <Part title="Recovery and command line">
        <JobCommands job={data} />
      </Part>
      <Part title="Events">{events.data ? <JobEvents events={events.data.items} /> : waiting}</Part>
    </Stack>
  );
}
