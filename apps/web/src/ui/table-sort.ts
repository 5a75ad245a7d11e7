/** By which column a table is sorted. */
export interface SortedBy {
  id: string;
  desc: boolean;
}

/** What a column's definition says of its id, and of whether it has values to sort by. */
interface SortableColumn {
  id?: string | undefined;
  header?: unknown;
  accessorKey?: unknown;
  accessorFn?: unknown;
  enableSorting?: boolean | undefined;
}

/** As the table itself names its columns. */
const idOf = ({ id, accessorKey, header }: SortableColumn): string =>
  id ?? (accessorKey === undefined ? String(header) : String(accessorKey).replaceAll('.', '_'));

/** The ids of the columns by which a table can be sorted. */
export const sortableOf = (columns: readonly SortableColumn[]): string[] =>
  columns
    .filter((column) => (column.accessorKey ?? column.accessorFn) !== undefined && column.enableSorting !== false)
    .map((column) => idOf(column));

/** What the address says: `attempt` the lowest first, `-attempt` the highest first, `state,-attempt` one after the other. Unknown columns are left out. */
export const sortOf = (text: string | null, sortable: readonly string[]): SortedBy[] =>
  (text ?? '')
    .split(',')
    .map((each) => (each.startsWith('-') ? { id: each.slice(1), desc: true } : { id: each, desc: false }))
    .filter(({ id }, at, all) => sortable.includes(id) && all.findIndex((other) => other.id === id) === at);

/** What stands in the address; empty for the order in which the rows came. */
export const textOfSort = (sorted: readonly SortedBy[]): string => sorted.map(({ id, desc }) => (desc ? `-${id}` : id)).join(',');
