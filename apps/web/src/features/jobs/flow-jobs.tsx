import { Group, SegmentedControl, Select, SimpleGrid, Stack, TextInput } from '@mantine/core';
import { EmptyState } from '../../ui/empty-state.js';
import { counted } from '../../ui/figures.js';
import { RowsSkeleton } from '../../ui/page-skeleton.js';
import { ProblemAlert } from '../../ui/problem-alert.js';
import { BulkBar } from './bulk-bar.js';
import { JobCard } from './job-card.js';
import { JobsTable } from './jobs-table.js';
import { useJobs, type Job } from './queries.js';
import { useAddress } from '../../ui/use-address.js';
import { useTextFilter } from './use-text-filter.js';

/** More cards than this are no overview: the table takes over. */
const mostCards = 60;
const statuses = ['queued', 'in_progress', 'completed', 'failed', 'cancelled', 'paused'] as const;

const matches = (job: Job, status: string | null, text: string): boolean =>
  (!status || (status === 'paused' ? job.paused : job.status === status)) && job.system_name.toLowerCase().includes(text.toLowerCase());

/** The archive jobs of a flow, as cards or as a dense table. */
export function FlowJobs({ flowId }: { flowId: string }) {
  const jobs = useJobs(flowId);
  const [search, set] = useAddress();
  const [text, setText] = useTextFilter();
  if (jobs.isPending) return <RowsSkeleton rows={6} />;
  if (!jobs.data) return <ProblemAlert error={jobs.error} retry={() => void jobs.refetch()} />;
  const { items, total } = jobs.data;
  if (total === 0) {
    return (
      <EmptyState title="No archive jobs yet">
        Start Migration makes a job for every system, once each has a retention policy and the approvals that come first are granted.
      </EmptyState>
    );
  }
  const status = search.get('status');
  const shown = items.filter((job) => matches(job, status, text));
  const asTable = (search.get('view') ?? (items.length > mostCards ? 'table' : 'cards')) === 'table';
  return (
    <Stack>
      {jobs.error && <ProblemAlert error={jobs.error} retry={() => void jobs.refetch()} />}
      <Group justify="space-between">
        <Group gap="xs">
          <TextInput
            aria-label="Find a system"
            placeholder="Find a system"
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
            data-search
          />
          <Select
            aria-label="Status"
            placeholder="Every status"
            clearable
            clearButtonProps={{ 'aria-label': 'Every status' }}
            data={statuses.map((value) => ({ value, label: value.replace('_', ' ') }))}
            value={status}
            onChange={(value) => set('status', value)}
          />
          <span role="status">{shown.length === total ? counted(total, 'job') : `${shown.length} of ${counted(total, 'job')}`}</span>
        </Group>
        <SegmentedControl
          aria-label="Show jobs as"
          size="xs"
          value={asTable ? 'table' : 'cards'}
          onChange={(value) => set('view', value)}
          data={[
            { value: 'cards', label: 'Cards' },
            { value: 'table', label: 'Table' },
          ]}
        />
      </Group>
      <BulkBar flowId={flowId} jobs={shown} filtered={shown.length !== total} />
      {shown.length === 0 ? (
        <EmptyState title="No job matches">Change the filter above.</EmptyState>
      ) : asTable ? (
        <JobsTable jobs={shown} />
      ) : (
        <SimpleGrid cols={{ base: 1, md: 2, xl: 3 }} component="ul" p={0} m={0} style={{ listStyle: 'none' }}>
          {shown.slice(0, mostCards).map((job) => (
            <JobCard key={job.job_id} job={job} />
          ))}
        </SimpleGrid>
      )}
    </Stack>
  );
}
