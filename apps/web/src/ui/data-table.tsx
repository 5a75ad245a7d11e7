import { ScrollArea, Table, UnstyledButton } from '@mantine/core';
import { IconArrowDown, IconArrowsSort, IconArrowUp } from '@tabler/icons-react';
import {
  createColumnHelper,
  createSortedRowModel,
  FlexRender,
  rowSortingFeature,
  sortFn_alphanumeric,
  sortFn_basic,
  sortFn_datetime,
  sortFn_text,
  tableFeatures,
  useTable,
  type ColumnDef,
  type Row as TableRow,
} from '@tanstack/react-table';
import { useVirtualizer } from '@tanstack/react-virtual';
import { memo, useRef, type ReactNode } from 'react';
import { useSortInAddress } from './use-sort-in-address.js';

const features = tableFeatures({
  rowSortingFeature,
  sortedRowModel: createSortedRowModel(),
  sortFns: { alphanumeric: sortFn_alphanumeric, basic: sortFn_basic, datetime: sortFn_datetime, text: sortFn_text },
});

/** What a table's rows are. */
export type RowOf = object;

declare module '@tanstack/react-table' {
  // The names are those of the declaration that this one is added to.
  // eslint-disable-next-line @typescript-eslint/no-unused-vars
  interface ColumnMeta<TFeatures, TData, TValue> {
    /** Right-aligned, with figures of one width. */
    number?: boolean;
    width?: number | string;
  }
}

/** Columns of a `DataTable`; keep them at module scope or in a memo. */
export const columnsOf = <Row extends RowOf>() => createColumnHelper<typeof features, Row>();
export type Columns<Row extends RowOf> = ColumnDef<typeof features, Row, any>[]; // eslint-disable-line @typescript-eslint/no-explicit-any

interface DataTableProps<Row extends RowOf> {
  /** What the table lists, for screen readers. */
  label: string;
  rows: readonly Row[];
  columns: Columns<Row>;
  rowId: (row: Row) => string;
  /** Shown instead of rows. */
  empty?: ReactNode;
  /** Height in which the rows scroll; without it the page scrolls and every row is drawn. */
  height?: number | string;
  minWidth?: number;
  /** Under which name the address keeps by what the rows are sorted; name it where two tables share a page. */
  sortName?: string;
  /** Whether a row stands out, for instance the one whose details are open. */
  isCurrent?: (row: Row) => boolean;
}

const rowHeightPx = 40;
const drawnAround = 6;

const sortNames = { asc: 'ascending', desc: 'descending' } as const;

function SortIcon({ sorted }: { sorted: false | 'asc' | 'desc' }) {
  const Shown = sorted === 'asc' ? IconArrowUp : sorted === 'desc' ? IconArrowDown : IconArrowsSort;
  return <Shown size={14} aria-hidden style={{ opacity: sorted ? 1 : 0.5, verticalAlign: 'middle', marginLeft: 4 }} />;
}

interface BodyRowProps<Row extends RowOf> {
  row: TableRow<typeof features, Row>;
  /** What its cells are made of: others draw the row anew. */
  columns: Columns<Row>;
  index: number;
  isCurrent: boolean;
  measure?: (element: Element | null) => void;
}

function TableBodyRow<Row extends RowOf>({ row, index, isCurrent, measure }: BodyRowProps<Row>) {
  return (
    <Table.Tr
      data-index={index}
      aria-rowindex={index + 2}
      {...(measure ? { ref: measure } : {})}
      {...(isCurrent ? { 'aria-current': true as const, bg: 'var(--lastcopy-raised)' } : {})}
    >
      {row.getAllCells().map((cell) => (
        <Table.Td key={cell.id} {...(cell.column.columnDef.meta?.number ? { className: 'lastcopy-number' } : {})}>
          <FlexRender cell={cell} />
        </Table.Td>
      ))}
    </Table.Tr>
  );
}

/** A row that stays in sight while the table is scrolled is not drawn again. */
const BodyRow = memo(TableBodyRow) as typeof TableBodyRow;

/** A sortable table. Of thousands of rows it draws those that are seen. */
export function DataTable<Row extends RowOf>({
  label,
  rows,
  columns,
  rowId,
  empty,
  height,
  minWidth = 720,
  sortName = 'sort',
  isCurrent,
}: DataTableProps<Row>) {
  const [sorting, onSortingChange] = useSortInAddress(sortName, columns);
  const table = useTable({ features, columns, data: rows as Row[], getRowId: rowId, state: { sorting }, onSortingChange });
  const sorted = table.getRowModel().rows;
  const viewport = useRef<HTMLDivElement>(null);
  const virtualizer = useVirtualizer({
    count: sorted.length,
    getScrollElement: () => viewport.current,
    estimateSize: () => rowHeightPx,
    overscan: drawnAround,
    enabled: height !== undefined,
    getItemKey: (index) => sorted[index]!.id,
  });
  const seen = height === undefined ? sorted.map((_, index) => ({ index, start: 0, end: 0 })) : virtualizer.getVirtualItems();
  const before = height === undefined ? 0 : (seen[0]?.start ?? 0);
  const after = height === undefined ? 0 : virtualizer.getTotalSize() - (seen.at(-1)?.end ?? 0);
  if (rows.length === 0 && empty) return <>{empty}</>;
  const all = (
    <Table stickyHeader={height !== undefined} miw={minWidth} aria-label={label} aria-rowcount={rows.length + 1} highlightOnHover>
      <Table.Thead>
        {table.getHeaderGroups().map((group) => (
          <Table.Tr key={group.id}>
            {group.headers.map((header) => {
              const by = header.column.getIsSorted();
              const { number, width } = header.column.columnDef.meta ?? {};
              return (
                <Table.Th
                  key={header.id}
                  w={width}
                  {...(number ? { className: 'lastcopy-number' } : {})}
                  {...(by ? { 'aria-sort': sortNames[by] } : {})}
                >
                  {header.column.getCanSort() ? (
                    <UnstyledButton onClick={header.column.getToggleSortingHandler()} fz="sm" fw={650} style={{ whiteSpace: 'nowrap' }}>
                      <table.FlexRender header={header} />
                      <SortIcon sorted={by} />
                    </UnstyledButton>
                  ) : (
                    <table.FlexRender header={header} />
                  )}
                </Table.Th>
              );
            })}
          </Table.Tr>
        ))}
      </Table.Thead>
      <Table.Tbody>
        {before > 0 && <tr aria-hidden style={{ height: before }} />}
        {seen.map(({ index }) => {
          const row = sorted[index]!;
          return (
            <BodyRow
              key={row.id}
              row={row}
              columns={columns}
              index={index}
              isCurrent={isCurrent?.(row.original) ?? false}
              {...(height === undefined ? {} : { measure: virtualizer.measureElement })}
            />
          );
        })}
        {after > 0 && <tr aria-hidden style={{ height: after }} />}
      </Table.Tbody>
    </Table>
  );
  if (height === undefined)
    return (
      <ScrollArea type="auto" viewportProps={{ tabIndex: 0, role: 'region', 'aria-label': label }}>
        {all}
      </ScrollArea>
    );
  return (
    <ScrollArea.Autosize
      mah={height}
      type="auto"
      viewportRef={viewport}
      viewportProps={{ tabIndex: 0, role: 'region', 'aria-label': label }}
    >
      {all}
    </ScrollArea.Autosize>
  );
}
