import { UnstyledButton } from '@mantine/core';
import { useMemo, type ReactNode } from 'react';
import { columnsOf, DataTable } from '../../ui/data-table.js';
import { Moment } from '../../ui/moment.js';
import { StatusBadge } from '../../ui/status-badge.js';
import type { System } from './queries.js';

const column = columnsOf<System>();

const placeOf = ({ source }: System): string =>
  source.kind === 'postgresql' ? `${source.host}:${source.port}/${source.database}` : (source.path ?? '');

const columnsFor = (onOpen: (systemId: string) => void) =>
  column.columns([
    column.accessor('system_name', {
      header: 'System',
      cell: ({ row: { original } }) => (
        <UnstyledButton onClick={() => onOpen(original.system_id)} td="underline" c="var(--mantine-color-anchor)" fz="sm" ta="left">
          {original.system_name}
        </UnstyledButton>
      ),
    }),
    column.accessor(({ source }) => source.kind, {
      id: 'kind',
      header: 'Source',
      cell: ({ row: { original } }) => (original.source.kind === 'postgresql' ? 'PostgreSQL' : 'Directory'),
    }),
    column.accessor(placeOf, {
      id: 'place',
      header: 'Place',
      cell: ({ row }) => <span style={{ overflowWrap: 'anywhere' }}>{placeOf(row.original)}</span>,
    }),
    column.accessor(({ data_classification }) => data_classification.join(', '), { id: 'classification', header: 'Data classification' }),
    column.accessor(({ compliance_requirements }) => compliance_requirements.join(', '), { id: 'requirements', header: 'Compliance' }),
    column.accessor(({ connection }) => (connection ? (connection.passed ? 'passed' : 'failed') : 'pending'), {
      id: 'connection',
      header: 'Connection',
      cell: ({ row: { original } }) =>
        original.connection ? (
          <StatusBadge status={original.connection.passed ? 'passed' : 'failed'} />
        ) : (
          <StatusBadge status="pending" word="Not tested" />
        ),
    }),
    column.accessor('updated_at', { header: 'Changed', cell: ({ row }) => <Moment at={row.original.updated_at} detail="day" /> }),
  ]);

export function SystemsTable({
  systems,
  onOpen,
  empty,
}: {
  systems: readonly System[];
  onOpen: (systemId: string) => void;
  empty: ReactNode;
}) {
  const columns = useMemo(() => columnsFor(onOpen), [onOpen]);
  return (
    <DataTable
      label="Systems"
      rows={systems}
      columns={columns}
      rowId={({ system_id }) => system_id}
      empty={empty}
      height="72vh"
      minWidth={980}
    />
  );
}
