import { useMemo } from 'react';
import { useSearchParams } from 'react-router';
import { sortableOf, sortOf, textOfSort, type SortedBy } from './table-sort.js';

type Change = SortedBy[] | ((now: SortedBy[]) => SortedBy[]);

/** By what a table is sorted, kept in the address under `name`: a link and a reload show the rows in the same order. */
export function useSortInAddress(
  name: string,
  columns: Parameters<typeof sortableOf>[0],
): [sorted: SortedBy[], change: (to: Change) => void] {
  const [search, setSearch] = useSearchParams();
  const kept = search.get(name);
  const sortable = useMemo(() => sortableOf(columns), [columns]);
  const sorted = useMemo(() => sortOf(kept, sortable), [kept, sortable]);
  const change = (to: Change) =>
    setSearch(
      (now) => {
        const next = new URLSearchParams(now);
        const text = textOfSort(typeof to === 'function' ? to(sortOf(now.get(name), sortable)) : to);
        if (text) next.set(name, text);
        else next.delete(name);
        return next;
      },
      // Another order is no other place: Back leads to where one came from.
      { replace: true },
    );
  return [sorted, change];
}
