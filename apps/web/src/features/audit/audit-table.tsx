import { Text, UnstyledButton } from '@mantine/core';
import { useMemo } from 'react';
import { columnsOf, DataTable } from '../../ui/data-table.js';
import { EmptyState } from '../../ui/empty-state.js';
import { Moment } from '../../ui/moment.js';
import { usePersonName } from '../../ui/person-name.js';
import { StatusBadge } from '../../ui/status-badge.js';
import type { Entry } from './queries.js';

const column = columnsOf<Entry>();

const columnsFor = (onOpen: (seq: number) => void, nameOf: (userId: string) => string) =>
  column.columns([
    column.accessor('occurred_at', {
      header: 'When',
      meta: { width: 240 },
      cell: ({ row }) => <Moment at={row.original.occurred_at} detail="second" />,
    }),
    column.accessor((entry) => entry.actor_name ?? nameOf(entry.actor), {
      id: 'actor',
      header: 'Who',
      cell: ({ row: { original } }) => (
        <>
          {original.actor_name ?? nameOf(original.actor)}
          {original.on_behalf_of ? ` for ${nameOf(original.on_behalf_of)}` : ''}
        </>
      ),
    }),
    column.accessor('action', {
      header: 'What',
      cell: ({ row: { original } }) => (
        <UnstyledButton onClick={() => onOpen(original.seq)} td="underline" c="var(--mantine-color-anchor)" fz="sm" ta="left">
          {original.action}
        </UnstyledButton>
      ),
    }),
    column.accessor('outcome', {
      header: 'Outcome',
      cell: ({ row: { original } }) => (
        <StatusBadge status={original.outcome === 'done' ? 'passed' : 'rejected'} word={original.outcome === 'done' ? 'Done' : 'Refused'} />
      ),
    }),
    column.accessor((entry) => entry.reason ?? '', {
      id: 'reason',
      header: 'Why',
      cell: ({ row: { original } }) => (
        <Text size="sm" lineClamp={1} title={original.reason ?? original.code ?? ''} maw={360}>
          {original.reason ?? original.code ?? '–'}
        </Text>
      ),
    }),
  ]);

export function AuditTable({ entries, onOpen }: { entries: readonly Entry[]; onOpen: (seq: number) => void }) {
  const nameOf = usePersonName();
  const columns = useMemo(() => columnsFor(onOpen, nameOf), [onOpen, nameOf]);
  return (
    <DataTable
      label="Audit trail"
      rows={entries}
      columns={columns}
      rowId={({ seq }) => String(seq)}
      height="62vh"
      minWidth={900}
      empty={<EmptyState title="Nothing matches">Widen the filter above.</EmptyState>}
    />
  );
}
