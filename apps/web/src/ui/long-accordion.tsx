import { Accordion } from '@mantine/core';
import { memo, type ReactNode } from 'react';
import { LongList } from './long-list.js';

const controls = '[data-accordion-control]';
const closedPx = 52;

interface LongAccordionProps<Row> {
  /** What the rows are, for screen readers. */
  label: string;
  rows: readonly Row[];
  rowId: (row: Row) => string;
  /** Id of the row that is open. */
  opened: string | null;
  onOpen: (id: string | null) => void;
  /** What a row always says, and what it says when it is open. Keep both at module scope or in a callback: others draw every row anew. */
  heading: (row: Row) => ReactNode;
  panel: (row: Row) => ReactNode;
}

interface AccordionRowProps<Row> extends Pick<LongAccordionProps<Row>, 'heading' | 'panel'> {
  row: Row;
  id: string;
  isOpen: boolean;
}

function AnyAccordionRow<Row>({ row, id, isOpen, heading, panel }: AccordionRowProps<Row>) {
  return (
    <Accordion.Item value={id}>
      <Accordion.Control>{heading(row)}</Accordion.Control>
      <Accordion.Panel>{isOpen && panel(row)}</Accordion.Panel>
    </Accordion.Item>
  );
}

/** A row that stays in sight while the list is scrolled is not drawn again. */
const AccordionRow = memo(AnyAccordionRow) as typeof AnyAccordionRow;

/** Rows that open one at a time; of thousands it draws those that are seen, and the open one. */
export function LongAccordion<Row>({ label, rows, rowId, opened, onOpen, heading, panel }: LongAccordionProps<Row>) {
  return (
    <Accordion variant="separated" chevronPosition="left" order={3} value={opened} onChange={onOpen}>
      <LongList label={label} rows={rows} rowId={rowId} rowPx={closedPx} kept={opened} stops={controls}>
        {(row) => <AccordionRow row={row} id={rowId(row)} isOpen={rowId(row) === opened} heading={heading} panel={panel} />}
      </LongList>
    </Accordion>
  );
}
