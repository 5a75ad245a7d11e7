import { Drawer, Group, Stack, UnstyledButton } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useCallback, useMemo } from 'react';
import { useMay } from '../../sign-in/use-who.js';
import { columnsOf, DataTable } from '../../ui/data-table.js';
import { EmptyState } from '../../ui/empty-state.js';
import { retention } from '../../ui/figures.js';
import { RowsSkeleton } from '../../ui/page-skeleton.js';
import { ProblemAlert } from '../../ui/problem-alert.js';
import { StatusBadge } from '../../ui/status-badge.js';
import { WhyNotButton } from '../../ui/why-not-button.js';
import { PolicyDetails } from './policy-details.js';
import { PolicyForm } from './policy-form.js';
import { useAddress } from '../../ui/use-address.js';
import { usePolicies, type Policy } from './queries.js';

const column = columnsOf<Policy>();

const columnsFor = (onOpen: (policyId: string) => void) =>
  column.columns([
    column.accessor('policy_name', {
      header: 'Policy',
      cell: ({ row: { original } }) => (
        <UnstyledButton onClick={() => onOpen(original.policy_id)} td="underline" c="var(--mantine-color-anchor)" fz="sm" ta="left">
          {original.policy_name}
        </UnstyledButton>
      ),
    }),
    column.accessor('version', { header: 'Version', meta: { number: true } }),
    column.accessor('status', { header: 'Status', cell: ({ row }) => <StatusBadge status={row.original.status} /> }),
    column.accessor('retention_period_days', {
      header: 'Retention',
      meta: { number: true },
      cell: ({ row }) => retention(row.original.retention_period_days),
    }),
    column.accessor(({ data_types }) => data_types.join(', '), { id: 'data', header: 'Data' }),
    column.accessor(({ compliance_requirements }) => compliance_requirements.join(', '), { id: 'requirements', header: 'Compliance' }),
    column.accessor('verification_level', { header: 'Proof' }),
    column.accessor('storage_location', {
      header: 'Place',
      cell: ({ row }) => <span style={{ overflowWrap: 'anywhere' }}>{row.original.storage_location}</span>,
    }),
  ]);

/** Every policy with its versions, and what can be done with it. */
export function PolicyCatalogue() {
  const policies = usePolicies();
  const [search, set] = useAddress();
  const whyNot = useMay('decommission.write');
  const open = useCallback((policyId: string | null) => set('policy', policyId), [set]);
  const columns = useMemo(() => columnsFor(open), [open]);
  if (policies.isPending) return <RowsSkeleton rows={8} />;
  if (!policies.data) return <ProblemAlert error={policies.error} retry={() => void policies.refetch()} />;
  const opened = search.get('policy');
  const chosen = policies.data.items.find(({ policy_id }) => policy_id === opened);
  return (
    <Stack>
      {policies.error && <ProblemAlert error={policies.error} retry={() => void policies.refetch()} />}
      <Group justify="flex-end">
        <WhyNotButton leftSection={<IconPlus size={16} aria-hidden />} whyNot={whyNot} onClick={() => open('new')}>
          Create a policy
        </WhyNotButton>
      </Group>
      <DataTable
        label="Retention policies"
        rows={policies.data.items}
        columns={columns}
        rowId={({ policy_id }) => policy_id}
        minWidth={1000}
        empty={<EmptyState title="No policy yet">The standard policies are made when the first flow begins.</EmptyState>}
      />
      <Drawer opened={opened === 'new'} onClose={() => open(null)} title="Create a policy" size="lg">
        {opened === 'new' && <PolicyForm onDone={() => open(null)} />}
      </Drawer>
      <Drawer opened={chosen !== undefined} onClose={() => open(null)} title={chosen?.policy_name ?? ''} size="xl">
        {chosen && <PolicyDetails policy={chosen} key={chosen.policy_id} />}
      </Drawer>
    </Stack>
  );
}
