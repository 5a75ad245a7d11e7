import { Anchor, Button, Group, Progress, Stack, Text, Tooltip } from '@mantine/core';
import { IconCircle, IconCircleCheck, IconCircleX, IconProgress, type Icon } from '@tabler/icons-react';
import { Link } from 'react-router';
import { columnsOf, DataTable } from '../../ui/data-table.js';
import { EmptyState } from '../../ui/empty-state.js';
import { bytes, count } from '../../ui/figures.js';
import { Moment } from '../../ui/moment.js';
import { StatusBadge } from '../../ui/status-badge.js';
import type { OverviewFlow } from './queries.js';

const column = columnsOf<OverviewFlow>();

type PhaseState = OverviewFlow['phase_progress']['data_migration'];
const phaseNames = { decommission_planning: 'Planning', data_migration: 'Data migration', system_shutdown: 'System shutdown' } as const;
const stateIcons: Record<PhaseState, Icon> = {
  pending: IconCircle,
  in_progress: IconProgress,
  completed: IconCircleCheck,
  failed: IconCircleX,
};

/** The three phases in one line, each with its state in words. */
function Phases({ flow }: { flow: OverviewFlow }) {
  const steps = Object.entries(phaseNames) as [keyof typeof phaseNames, string][];
  const says = steps.map(([phase, name]) => `${name}: ${flow.phase_progress[phase].replace('_', ' ')}`).join(', ');
  return (
    <Tooltip label={says}>
      <Group gap={2} wrap="nowrap" role="img" aria-label={says} tabIndex={0} w="fit-content">
        {steps.map(([phase]) => {
          const Shown = stateIcons[flow.phase_progress[phase]];
          return <Shown key={phase} size={18} aria-hidden />;
        })}
      </Group>
    </Tooltip>
  );
}

const linkOf = (flow: OverviewFlow): string => `/decommission/flow/${flow.flow_id}/data-migration`;

function BlockedBy({ flow }: { flow: OverviewFlow }) {
  const [first] = flow.blocked_by;
  if (!first) return <>–</>;
  const more = flow.blocker_count - 1;
  return (
    <Stack gap={0}>
      <Text size="sm" lineClamp={1} title={first.message} maw={360}>
        {first.message}
      </Text>
      {more > 0 && (
        <Anchor component={Link} size="sm" to={`${linkOf(flow)}?readiness=open`}>
          and {count(more)} more
        </Anchor>
      )}
    </Stack>
  );
}

const columns = column.columns([
  column.accessor('flow_name', {
    header: 'Flow',
    meta: { width: 240 },
    cell: ({ row: { original } }) => (
      <Anchor component={Link} to={linkOf(original)} fw={600}>
        {original.flow_name}
      </Anchor>
    ),
  }),
  column.accessor('status', { header: 'Status', cell: ({ row }) => <StatusBadge status={row.original.status} /> }),
  column.accessor('current_phase', { header: 'Phases', cell: ({ row }) => <Phases flow={row.original} /> }),
  column.accessor('progress_percentage', {
    header: 'Progress',
    cell: ({ row: { original } }) => (
      <Group gap="xs" wrap="nowrap">
        <Progress.Root size="sm" w={90}>
          <Progress.Section value={original.progress_percentage} aria-label={`${original.flow_name}: progress`} color="blue.8" />
        </Progress.Root>
        <Text size="sm">{original.progress_percentage}%</Text>
      </Group>
    ),
  }),
  column.accessor(({ jobs }) => jobs.completed, {
    id: 'jobs',
    header: 'Jobs done',
    meta: { number: true },
    cell: ({ row: { original } }) => `${count(original.jobs.completed)} of ${count(original.system_count)}`,
  }),
  column.accessor(({ jobs }) => jobs.failed, {
    id: 'failed',
    header: 'Failed',
    meta: { number: true },
    cell: ({ row: { original } }) => count(original.jobs.failed),
  }),
  column.accessor('archived_bytes', { header: 'Archived', meta: { number: true }, cell: ({ row }) => bytes(row.original.archived_bytes) }),
  column.accessor(({ eta }) => eta?.latest ?? '', {
    id: 'eta',
    header: 'Finished by',
    cell: ({ row }) => <Moment at={row.original.eta?.latest} />,
  }),
  column.display({ id: 'blocked', header: 'Blocked by', cell: ({ row }) => <BlockedBy flow={row.original} /> }),
]);

export const FlowsTable = ({ flows, onStart }: { flows: readonly OverviewFlow[]; onStart: () => void }) => (
  <DataTable
    label="Flows"
    rows={flows}
    columns={columns}
    rowId={({ flow_id }) => flow_id}
    minWidth={1120}
    empty={
      <EmptyState title="No flow yet" action={<Button onClick={onStart}>Start a flow</Button>}>
        A flow takes one or more systems from planning through their last copy to shutdown.
      </EmptyState>
    }
  />
);
