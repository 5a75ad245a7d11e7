import { Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { columnsOf, DataTable } from '../../ui/data-table.js';
import { isoDuration } from '../../ui/figures.js';
import type { Shape } from '../../api/client.js';
import { RowsSkeleton } from '../../ui/page-skeleton.js';
import { ProblemAlert } from '../../ui/problem-alert.js';
import { useRegulations } from './queries.js';

type Rule = Shape<'RegulationAnswer'>;
const column = columnsOf<Rule>();
const wrapped = (text: string) => (
  <Text size="sm" maw={420}>
    {text}
  </Text>
);

const columns = column.columns([
  column.accessor('requirement', { header: 'Requirement' }),
  column.accessor('kind', { header: 'Kind', cell: ({ row }) => (row.original.kind === 'minimum' ? 'At least' : 'At most') }),
  column.accessor((rule) => rule.duration ?? '', {
    id: 'duration',
    header: 'Duration',
    cell: ({ row: { original } }) => (original.duration ? isoDuration(original.duration) : 'as needed'),
  }),
  column.accessor('clause', { header: 'Clause', cell: ({ row }) => wrapped(row.original.clause) }),
  column.accessor('says', { header: 'Says', cell: ({ row }) => wrapped(row.original.says) }),
  column.accessor('note', {
    header: 'Note',
    cell: ({ row: { original } }) =>
      wrapped(`${original.number_source === 'practice' ? 'The number is practice, not text. ' : ''}${original.note}`),
  }),
]);

/** What the law says about keeping, with its clause, and where a number is practice and not text. */
export function RegulationCatalogue() {
  const regulations = useRegulations();
  const [text, setText] = useState('');
  if (regulations.isPending) return <RowsSkeleton rows={8} />;
  if (!regulations.data) return <ProblemAlert error={regulations.error} retry={() => void regulations.refetch()} />;
  const shown = regulations.data.rules.filter((rule) => JSON.stringify(rule).toLowerCase().includes(text.toLowerCase()));
  return (
    <Stack>
      <Text size="sm" c="dimmed">
        Catalogue {regulations.data.version}. It helps to find the rule; it is no legal advice.
      </Text>
      <TextInput label="Find a rule" value={text} onChange={(event) => setText(event.currentTarget.value)} maw={320} data-search />
      <DataTable
        label="Regulations"
        rows={shown}
        columns={columns}
        rowId={({ requirement, clause, kind, says }) => requirement + kind + clause + says}
        minWidth={1100}
      />
    </Stack>
  );
}
