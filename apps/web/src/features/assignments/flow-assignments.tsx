import { Stack } from '@mantine/core';
import { useCallback } from 'react';
import { EmptyState } from '../../ui/empty-state.js';
import { RowsSkeleton } from '../../ui/page-skeleton.js';
import { ProblemAlert } from '../../ui/problem-alert.js';
import { AssignmentTable } from './assignment-table.js';
import { useAssignments, useHolds, type Hold } from './queries.js';
import { useAddress } from '../../ui/use-address.js';
import { WhyDrawer } from './why-drawer.js';

const none: readonly Hold[] = [];

/** Which policy keeps the data of each system, for how long, and why. */
export function FlowAssignments({ flowId }: { flowId: string }) {
  const assignments = useAssignments(flowId);
  const holds = useHolds();
  const [search, set] = useAddress();
  const show = useCallback((systemId: string | null) => set('why', systemId), [set]);
  const standing = holds.data?.items;
  if (assignments.isPending) return <RowsSkeleton rows={6} />;
  if (!assignments.data) return <ProblemAlert error={assignments.error} retry={() => void assignments.refetch()} />;
  const { items } = assignments.data;
  const shown = items.find(({ system_id }) => system_id === search.get('why'));
  return (
    <Stack>
      {assignments.error && <ProblemAlert error={assignments.error} retry={() => void assignments.refetch()} />}
      {holds.error && <ProblemAlert error={holds.error} retry={() => void holds.refetch()} />}
      {items.length === 0 ? (
        <EmptyState title="No policy is assigned yet">The rules choose one for each system a moment after the flow is begun.</EmptyState>
      ) : (
        <AssignmentTable assignments={items} holds={standing ?? none} onWhy={show} />
      )}
      <WhyDrawer assignment={shown} holds={standing} onClose={() => show(null)} />
    </Stack>
  );
}
