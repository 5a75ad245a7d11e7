import { Code, Drawer, Stack, Text } from '@mantine/core';
import { CopyText } from '../../ui/copy-text.js';
import { EmptyState } from '../../ui/empty-state.js';
import { Moment } from '../../ui/moment.js';
import { RowsSkeleton } from '../../ui/page-skeleton.js';
import { usePersonName } from '../../ui/person-name.js';
import { ProblemAlert } from '../../ui/problem-alert.js';
import { positionOf } from './named-event.js';
import { useEntry, type Entry } from './queries.js';

const Details = ({ entry, by }: { entry: Entry; by: string }) => (
  <Stack>
    <Text size="sm">
      {by} · <Moment at={entry.occurred_at} detail="second" /> · {entry.source}
    </Text>
    {entry.trace_id && <CopyText text={entry.trace_id} label="trace id" />}
    <Code block tabIndex={0}>
      {JSON.stringify(entry.data, null, 2)}
    </Code>
  </Stack>
);

interface EntryDrawerProps {
  flowId: string;
  /** The event that the address names. */
  named: string | null;
  /** Those that the list holds already. */
  entries: readonly Entry[];
  onClose: () => void;
}

/** What the event says that the address names, whether the list has come to it or not, and whatever it is filtered by. */
export function EntryDrawer({ flowId, named, entries, onClose }: EntryDrawerProps) {
  const nameOf = usePersonName();
  const seq = named === null ? undefined : positionOf(named);
  const listed = entries.find((entry) => entry.seq === seq);
  const asked = useEntry(flowId, listed ? undefined : seq);
  const entry = listed ?? asked.data;
  return (
    <Drawer opened={named !== null} onClose={onClose} title={entry?.type ?? (named === null ? '' : `Event ${named}`)} size="lg">
      {entry ? (
        <Details entry={entry} by={nameOf(entry.actor)} />
      ) : asked.isLoading ? (
        <RowsSkeleton rows={3} />
      ) : asked.error ? (
        <ProblemAlert error={asked.error} retry={() => void asked.refetch()} />
      ) : (
        named !== null && (
          <EmptyState title="Not in this flow">
            No event of this flow has the position {named}. The address may have been cut short, or it is of another flow.
          </EmptyState>
        )
      )}
    </Drawer>
  );
}
