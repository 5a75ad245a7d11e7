import { Group, Select, Stack, Text } from '@mantine/core';
import { useMemo } from 'react';
import { EmptyState } from '../../ui/empty-state.js';
import { count } from '../../ui/figures.js';
import { RowsSkeleton } from '../../ui/page-skeleton.js';
import { usePersonName } from '../../ui/person-name.js';
import { ProblemAlert } from '../../ui/problem-alert.js';
import { EntryDrawer } from './entry-drawer.js';
import { useFacets, useTimeline, type TimelineFilters } from './queries.js';
import { useAddress } from '../../ui/use-address.js';
import { TimelineList } from './timeline-list.js';

const choice = (facets: readonly { name: string; count: number }[] | undefined, says = (name: string) => name) =>
  (facets ?? []).map(({ name, count: times }) => ({ value: name, label: `${says(name)} · ${count(times)}` }));

/** Every event of the flow, by whom, the newest first. */
export function FlowTimeline({ flowId }: { flowId: string }) {
  const [search, set] = useAddress();
  const [type, actor] = [search.get('type'), search.get('actor')];
  const filters: TimelineFilters = { ...(type ? { type } : {}), ...(actor ? { actor } : {}) };
  const timeline = useTimeline(flowId, filters);
  const facets = useFacets(flowId);
  const nameOf = usePersonName();
  const entries = useMemo(() => timeline.data?.pages.flatMap(({ items }) => items) ?? [], [timeline.data]);
  return (
    <Stack>
      <Group align="flex-end">
        <Select
          label="Kind"
          placeholder="Every kind"
          clearable
          searchable
          clearButtonProps={{ 'aria-label': 'Every kind' }}
          data={choice(facets.data?.types)}
          value={type}
          onChange={(value) => set('type', value)}
        />
        <Select
          label="Who"
          placeholder="Everybody"
          clearable
          searchable
          clearButtonProps={{ 'aria-label': 'Everybody' }}
          data={choice(facets.data?.actors, nameOf)}
          value={actor}
          onChange={(value) => set('actor', value)}
        />
        <Text size="sm" role="status" pb={8}>
          {timeline.data ? `${count(timeline.data.pages[0]!.total)} events` : ''}
        </Text>
      </Group>
      {timeline.error && <ProblemAlert error={timeline.error} retry={() => void timeline.refetch()} />}
      {timeline.isPending && <RowsSkeleton rows={10} />}
      {timeline.data && entries.length === 0 && <EmptyState title="No event matches">Choose another kind or person above.</EmptyState>}
      {entries.length > 0 && (
        <TimelineList
          entries={entries}
          more={timeline.hasNextPage}
          onMore={() => !timeline.isFetchingNextPage && void timeline.fetchNextPage()}
          onOpen={(entry) => set('event', String(entry.seq))}
        />
      )}
      <EntryDrawer flowId={flowId} named={search.get('event')} entries={entries} onClose={() => set('event', null)} />
    </Stack>
  );
}
