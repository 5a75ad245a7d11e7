import { Anchor, Progress, Text } from '@mantine/core';
import { Link } from 'react-router';
import { useProgress } from '../../live/progress.js';
import { columnsOf, DataTable } from '../../ui/data-table.js';
import { bytes, bytesPerSecond } from '../../ui/figures.js';
import { Moment } from '../../ui/moment.js';
import { StatusBadge } from '../../ui/status-badge.js';
import { percentOf, shownState, sizeOf, speedOf } from './job-figures.js';
import type { Job } from './queries.js';

const column = columnsOf<Job>();

function Bar({ job }: { job: Job }) {
  const percent = percentOf(job, useProgress(job.job_id));
  return (
    <Progress.Root size="sm" w={120}>
      <Progress.Section value={percent} aria-label={`${job.system_name}: ${percent}% complete`} color="blue.8" />
    </Progress.Root>
  );
}

function Speed({ job }: { job: Job }) {
  const speed = speedOf(job, useProgress(job.job_id));
  return <>{speed ? bytesPerSecond(speed) : '–'}</>;
}

const columns = column.columns([
  column.accessor('system_name', {
    header: 'System',
    cell: ({ row }) => (
      <Anchor component={Link} to={`/decommission/jobs/${row.original.job_id}`}>
        {row.original.system_name}
      </Anchor>
    ),
  }),
  column.accessor(shownState, { id: 'state', header: 'Status', cell: ({ row }) => <StatusBadge status={shownState(row.original)} /> }),
  column.accessor('progress_percentage', { header: 'Progress', cell: ({ row }) => <Bar job={row.original} /> }),
  column.accessor((job) => sizeOf(job) ?? -1, {
    id: 'size',
    header: 'Size',
    meta: { number: true },
    cell: ({ row }) => {
      const size = sizeOf(row.original);
      return size === null ? '–' : bytes(size);
    },
  }),
  column.display({ id: 'speed', header: 'Throughput', meta: { number: true }, cell: ({ row }) => <Speed job={row.original} /> }),
  column.accessor('attempt', { header: 'Attempt', meta: { number: true } }),
  column.accessor((job) => job.retain_until ?? '', {
    id: 'retain',
    header: 'Kept until',
    cell: ({ row }) => <Moment at={row.original.retain_until} detail="day" />,
  }),
  column.accessor((job) => job.error_message ?? '', {
    id: 'error',
    header: 'Error',
    cell: ({ row }) => (
      <Text size="sm" lineClamp={1} title={row.original.error_message ?? ''} maw={320}>
        {row.original.error_message ?? ''}
      </Text>
    ),
  }),
]);

/** Every job in a line; drawn as far as it is seen. */
export const JobsTable = ({ jobs }: { jobs: readonly Job[] }) => (
  <DataTable label="Archive jobs" rows={jobs} columns={columns} rowId={({ job_id }) => job_id} height="70vh" minWidth={1000} />
);
