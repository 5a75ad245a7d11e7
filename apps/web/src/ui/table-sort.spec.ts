import { sortableOf, sortOf, textOfSort } from './table-sort.js';

const sortable = ['system_name', 'state', 'attempt'];

it.each([
  ['system_name', [{ id: 'system_name', desc: false }]],
  ['-attempt', [{ id: 'attempt', desc: true }]],
  ['state,-attempt', [{ id: 'state', desc: false }, { id: 'attempt', desc: true }]], // prettier-ignore
  ['', []],
])('writes and reads %p', (text, sorted) => {
  expect(sortOf(text, sortable)).toEqual(sorted);
  expect(textOfSort(sorted)).toBe(text);
});

it('takes an address without it as the order in which the rows came', () => expect(sortOf(null, sortable)).toEqual([]));

it('leaves out columns that the table has not, and repetitions', () => {
  expect(sortOf('colour,-attempt,--state,attempt', sortable)).toEqual([{ id: 'attempt', desc: true }]);
});

it('knows by which columns a table can be sorted', () => {
  const columns = [
    { accessorKey: 'system_name' },
    { accessorKey: 'source.host' },
    { id: 'state', accessorFn: () => 1 },
    { header: 'Size', accessorFn: () => 1 },
    { id: 'why' },
    { accessorKey: 'note', enableSorting: false },
  ];
  expect(sortableOf(columns)).toEqual(['system_name', 'source_host', 'state', 'Size']);
});
