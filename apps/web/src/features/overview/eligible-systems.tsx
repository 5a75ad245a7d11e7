import { Anchor, Stack, Text, Title } from '@mantine/core';
import { Link } from 'react-router';
import type { Shape } from '../../api/client.js';
import { columnsOf, DataTable } from '../../ui/data-table.js';
import { EmptyState } from '../../ui/empty-state.js';
import { Moment } from '../../ui/moment.js';
import { RowsSkeleton } from '../../ui/page-skeleton.js';
import { ProblemAlert } from '../../ui/problem-alert.js';
import { useEligible } from './queries.js';

type Eligible = Shape<'EligibleSystem'>;
const column = columnsOf<Eligible>();
const money = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });

const columns = column.columns([
  column.accessor('asset_name', { header: 'System' }),
  column.accessor((system) => system.six_r_strategy ?? '', {
    id: 'strategy',
    header: 'Strategy',
    cell: ({ row }) => row.original.six_r_strategy ?? '–',
  }),
  column.accessor((system) => system.annual_cost ?? -1, {
    id: 'cost',
    header: 'Annual cost',
    meta: { number: true },
    cell: ({ row }) => (row.original.annual_cost == null ? '–' : money.format(row.original.annual_cost)),
  }),
  column.accessor((system) => system.grace_period_end ?? '', {
    id: 'grace',
    header: 'Grace period ends',
    cell: ({ row }) => <Moment at={row.original.grace_period_end} detail="day" />,
  }),
  column.accessor((system) => system.retirement_reason ?? '', {
    id: 'reason',
    header: 'Why it retires',
    cell: ({ row }) => row.original.retirement_reason ?? '–',
  }),
]);

/** Systems that a flow could be started for. */
export function EligibleSystems() {
  const eligible = useEligible();
  const systems = eligible.data?.items.filter(({ decommission_eligible }) => decommission_eligible) ?? [];
  return (
    <Stack gap="xs" component="section" aria-labelledby="eligible">
      <Title order={2} id="eligible">
        Eligible systems
      </Title>
      {eligible.isPending && <RowsSkeleton rows={3} />}
      {eligible.error && <ProblemAlert error={eligible.error} retry={() => void eligible.refetch()} />}
      {eligible.data && (
        <DataTable
          label="Eligible systems"
          rows={systems}
          columns={columns}
          rowId={({ asset_id }) => asset_id}
          sortName="eligible-sort"
          {...(systems.length > 50 ? { height: '50vh' } : {})}
          empty={
            <EmptyState title="No system is eligible">
              <Text size="sm" span>
                Every registered system is in a flow already.{' '}
                <Anchor component={Link} to="/decommission/systems?system=new">
                  Register a system
                </Anchor>
              </Text>
            </EmptyState>
          }
        />
      )}
    </Stack>
  );
}
