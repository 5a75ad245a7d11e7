import { Badge, Button, Group, Stack, Text } from '@mantine/core';
import { IconAlertTriangle, IconGavel } from '@tabler/icons-react';
import { useMemo } from 'react';
import { columnsOf, DataTable } from '../../ui/data-table.js';
import { retention } from '../../ui/figures.js';
import { Moment } from '../../ui/moment.js';
import type { Assignment, Hold } from './queries.js';

const column = columnsOf<Assignment>();

const Words = ({ words }: { words: readonly string[] }) =>
  words.length === 0 ? (
    <>–</>
  ) : (
    <Group gap={4}>
      {words.map((word) => (
        <Badge key={word} className="lastcopy-badge" variant="light">
          {word}
        </Badge>
      ))}
    </Group>
  );

type HoldsBySystem = ReadonlyMap<string | null | undefined, readonly Hold[]>;
const none: readonly Hold[] = [];

function Marks({ assignment, holds }: { assignment: Assignment; holds: readonly Hold[] }) {
  return (
    <Stack gap={2} align="flex-start">
      <Text size="sm" fw={600}>
        {assignment.system_name}
      </Text>
      {assignment.conflicts_open && (
        <Badge className="lastcopy-badge lastcopy-badge-red" variant="light" leftSection={<IconAlertTriangle size={12} aria-hidden />}>
          Conflict to resolve
        </Badge>
      )}
      {holds.map(({ hold_id, matter }) => (
        <Badge
          key={hold_id}
          className="lastcopy-badge lastcopy-badge-orange"
          variant="light"
          leftSection={<IconGavel size={12} aria-hidden />}
        >
          Legal hold: {matter}
        </Badge>
      ))}
    </Stack>
  );
}

const columnsFor = (holds: HoldsBySystem, onWhy: (systemId: string) => void) =>
  column.columns([
    column.accessor('system_name', {
      header: 'System',
      cell: ({ row: { original } }) => <Marks assignment={original} holds={holds.get(original.system_id) ?? none} />,
    }),
    column.accessor((assignment) => assignment.data_classification.join(', '), {
      id: 'classification',
      header: 'Data Classification',
      cell: ({ row }) => <Words words={row.original.data_classification} />,
    }),
    column.accessor('policy_name', {
      header: 'Retention Policy',
      cell: ({ row: { original } }) => (
        <>
          {original.policy_name}{' '}
          <Text span size="sm" c="dimmed">
            v{original.policy_version}
            {original.override ? ' · chosen by hand' : ''}
          </Text>
        </>
      ),
    }),
    column.accessor('retention_period_days', {
      header: 'Retention Period',
      meta: { number: true },
      cell: ({ row: { original } }) => (
        <>
          {retention(original.retention_period_days)}
          <Text size="sm" c="dimmed">
            until <Moment at={original.retain_until_if_archived_now} detail="day" />
          </Text>
        </>
      ),
    }),
    column.accessor((assignment) => assignment.compliance_requirements.join(', '), {
      id: 'compliance',
      header: 'Compliance',
      cell: ({ row }) => <Words words={row.original.compliance_requirements} />,
    }),
    column.display({
      id: 'why',
      header: 'Reasons',
      cell: ({ row: { original } }) => (
        <Button size="compact-sm" variant="default" onClick={() => onWhy(original.system_id)} aria-label={`Why? ${original.system_name}`}>
          Why?
        </Button>
      ),
    }),
  ]);

interface AssignmentTableProps {
  assignments: readonly Assignment[];
  holds: readonly Hold[];
  onWhy: (systemId: string) => void;
}

export function AssignmentTable({ assignments, holds, onWhy }: AssignmentTableProps) {
  const columns = useMemo(() => {
    const bySystem = Map.groupBy(holds, ({ scope }) => scope.system_id);
    return columnsFor(bySystem, onWhy);
  }, [holds, onWhy]);
  return (
    <DataTable
      label="Retention policies of the systems"
      rows={assignments}
      columns={columns}
      rowId={({ assignment_id }) => assignment_id}
      minWidth={980}
      {...(assignments.length > 100 ? { height: '70vh' } : {})}
    />
  );
}
