import { useMemo } from 'react';
import { useAddress } from './use-address.js';
import { sortableOf, sortOf, textOfSort, type SortedBy } from './table-sort.js';

type Change = SortedBy[] | ((now: SortedBy[]) => SortedBy[]);

/** By what a table is sorted, kept in the address under `name`: a link and a reload show the rows in the same order. */
export function useSortInAddress(
  name: string,
  columns: Parameters<typeof sortableOf>[0],
): [sorted: SortedBy[], change: (to: Change) => void] {
  const [search, set] = useAddress();
  const kept = search.get(name);
  const sortable = useMemo(() => sortableOf(columns), [columns]);
  const sorted = useMemo(() => sortOf(kept, sortable), [kept, sortable]);
  const change = (to: Change) => set(name, textOfSort(typeof to === 'function' ? to(sorted) : to), { replace: true });
  return [sorted, change];
}
