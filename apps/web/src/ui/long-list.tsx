import { Stack } from '@mantine/core';
import { defaultRangeExtractor, useVirtualizer, type Range } from '@tanstack/react-virtual';
import { useCallback, useEffect, useMemo, useRef, useState, type FocusEvent, type KeyboardEvent, type ReactNode } from 'react';
import { flushSync } from 'react-dom';
import { drawnRows, rowAfterKey } from './drawn-rows.js';

/** As many rows are drawn at once, and the page scrolls; more scroll in a box of their own. */
const mostAtOnce = 60;
const gapPx = 8;
const drawnAround = 6;
/** Tables inside of a row count their own rows by data-index. */
// Mantine's inputs have a data-position of their own.
const position = 'data-row-position';

interface LongListProps<Row> {
  /** What the list holds, for screen readers. */
  label: string;
  rows: readonly Row[];
  rowId: (row: Row) => string;
  /** About how high a row is, in pixels; each is measured when it is drawn. */
  rowPx: number;
  /** The row that is drawn wherever the list is scrolled to, and shown first. */
  kept?: string | null;
  /** CSS selector of the control in each row among which the arrow keys, Home and End move. */
  stops?: string;
  children: (row: Row) => ReactNode;
}

const positionOf = (target: EventTarget): number => Number((target as Element).closest(`[${position}]`)?.getAttribute(position) ?? -1);

function LongRows<Row>({ label, rows, rowId, rowPx, kept = null, stops, children }: LongListProps<Row>) {
  const viewport = useRef<HTMLDivElement>(null);
  // Whatever has the focus keeps it while it is scrolled out of sight.
  const [focused, setFocused] = useState<string>();
  const [keptAt, focusedAt] = useMemo(
    () => [kept, focused].map((id) => (id == null ? -1 : rows.findIndex((row) => rowId(row) === id))) as [number, number],
    [rows, rowId, kept, focused],
  );
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => viewport.current,
    estimateSize: () => rowPx + gapPx,
    overscan: drawnAround,
    indexAttribute: position,
    getItemKey: (index) => rowId(rows[index]!),
    rangeExtractor: useCallback((range: Range) => drawnRows(defaultRangeExtractor(range), [keptAt, focusedAt]), [keptAt, focusedAt]),
  });
  const first = useRef(keptAt);
  useEffect(() => {
    if (first.current > 0) virtualizer.scrollToIndex(first.current, { align: 'start' });
  }, [virtualizer]);
  const focus = ({ target }: FocusEvent) => {
    const row = rows[positionOf(target)];
    if (row) setFocused(rowId(row));
  };
  const press = (event: KeyboardEvent) => {
    if (!stops || event.ctrlKey || event.altKey || event.metaKey || !(event.target as Element).matches(stops)) return;
    const to = rowAfterKey(event.key, positionOf(event.target), rows.length);
    if (to === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    flushSync(() => setFocused(rowId(rows[to]!)));
    viewport.current?.querySelector<HTMLElement>(`[${position}="${to}"] ${stops}`)?.focus();
    virtualizer.scrollToIndex(to, { align: 'auto' });
  };
  return (
    <div
      ref={viewport}
      tabIndex={0}
      role="region"
      aria-label={label}
      onFocus={focus}
      onKeyDownCapture={press}
      style={{ maxHeight: '70vh', overflow: 'auto', padding: 4 }}
    >
      <div role="list" style={{ height: virtualizer.getTotalSize(), position: 'relative' }}>
        {virtualizer.getVirtualItems().map(({ index, start, key }) => (
          <div
            key={key}
            ref={virtualizer.measureElement}
            role="listitem"
            aria-posinset={index + 1}
            aria-setsize={rows.length}
            {...{ [position]: index }}
            style={{ position: 'absolute', top: 0, left: 0, right: 0, transform: `translateY(${start}px)`, paddingBottom: gapPx }}
          >
            {children(rows[index]!)}
          </div>
        ))}
      </div>
    </div>
  );
}

/** Rows of any height one below the other; of many it draws those that are seen. */
export function LongList<Row>(props: LongListProps<Row>) {
  const { label, rows, rowId, children } = props;
  if (rows.length > mostAtOnce) return <LongRows {...props} />;
  return (
    <Stack gap={gapPx} role="list" aria-label={label}>
      {rows.map((row) => (
        <div key={rowId(row)} role="listitem">
          {children(row)}
        </div>
      ))}
    </Stack>
  );
}
