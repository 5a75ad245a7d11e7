import { Group, Text, UnstyledButton } from '@mantine/core';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef } from 'react';
import { Moment } from '../../ui/moment.js';
import { usePersonName } from '../../ui/person-name.js';
import type { Entry } from './queries.js';

const rowPx = 36;

interface TimelineListProps {
  entries: readonly Entry[];
  more: boolean;
  /** Asked for when the last entry is near. */
  onMore: () => void;
  onOpen: (entry: Entry) => void;
}

/** Draws what is seen: a timeline may have hundreds of thousands of entries. */
export function TimelineList({ entries, more, onMore, onOpen }: TimelineListProps) {
  const nameOf = usePersonName();
  const viewport = useRef<HTMLDivElement>(null);
  const virtualizer = useVirtualizer({
    count: entries.length,
    getScrollElement: () => viewport.current,
    estimateSize: () => rowPx,
    overscan: 10,
    getItemKey: (index) => entries[index]!.seq,
  });
  const seen = virtualizer.getVirtualItems();
  const last = seen.at(-1)?.index ?? 0;
  useEffect(() => {
    if (more && last >= entries.length - 20) onMore();
  }, [more, last, entries.length, onMore]);
  return (
    <div
      ref={viewport}
      tabIndex={0}
      role="region"
      aria-label="Timeline"
      style={{ height: '65vh', overflow: 'auto', border: '1px solid var(--lastcopy-line)' }}
    >
      <div style={{ height: virtualizer.getTotalSize(), position: 'relative' }} role="list">
        {seen.map(({ index, start, key }) => {
          const entry = entries[index]!;
          return (
            <div
              key={key}
              role="listitem"
              style={{
                position: 'absolute',
                top: 0,
                left: 0,
                right: 0,
                height: rowPx,
                transform: `translateY(${start}px)`,
                padding: '6px 12px',
                borderBottom: '1px solid var(--lastcopy-line)',
              }}
            >
              <Group justify="space-between" wrap="nowrap" gap="md">
                <UnstyledButton onClick={() => onOpen(entry)} fz="sm" td="underline" c="var(--mantine-color-anchor)">
                  {entry.type}
                </UnstyledButton>
                <Text size="sm" component="span" truncate>
                  {nameOf(entry.actor)} · <Moment at={entry.occurred_at} detail="second" />
                </Text>
              </Group>
            </div>
          );
        })}
      </div>
    </div>
  );
}
