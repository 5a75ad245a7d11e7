import { Stack } from '@mantine/core';
import { useSearchParams } from 'react-router';
import { EmptyState } from '../../ui/empty-state.js';
import { RowsSkeleton } from '../../ui/page-skeleton.js';
import { ProblemAlert } from '../../ui/problem-alert.js';
import { AssignmentTable } from './assignment-table.js';
import { useAssignments, useHolds } from './queries.js';
import { WhyDrawer } from './why-drawer.js';

/** Which policy keeps the data of each system, for how long, and why. */
export function FlowAssignments({ flowId }: { flowId: string }) {
  const assignments = useAssignments(flowId);
  const holds = useHolds();
  const [search, setSearch] = useSearchParams();
  if (assignments.isPending) return <RowsSkeleton rows={6} />;
  if (!assignments.data) return <ProblemAlert error={assignments.error} retry={() => void assignments.refetch()} />;
  const { items } = assignments.data;
  const show = (systemId: string | null) =>
    setSearch((now) => {
      const next = new URLSearchParams(now);
      if (systemId) next.set('why', systemId);
      else next.delete('why');
      return next;
    });
  const shown = items.find(({ system_id }) => system_id === search.get('why'));
  return (
    <Stack>
      {assignments.error && <ProblemAlert error={assignments.error} retry={() => void assignments.refetch()} />}
      {items.length === 0 ? (
        <EmptyState title="No policy is assigned yet">The rules choose one for each system a moment after the flow is begun.</EmptyState>
      ) : (
        <AssignmentTable assignments={items} holds={holds.data?.items ?? []} onWhy={show} />
      )}
      <WhyDrawer assignment={shown} holds={holds.data?.items ?? []} onClose={() => show(null)} />
    </Stack>
  );
}
