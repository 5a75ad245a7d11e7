import Table from 'cli-table3';

/** Rows under headings, without frames: easy to read and to cut with other tools. */
export function table(headings: string[], rows: (string | number | null | undefined)[][]): string {
  const plain = {
    top: '',
    'top-mid': '',
    'top-left': '',
    'top-right': '',
    bottom: '',
    'bottom-mid': '',
    'bottom-left': '',
    'bottom-right': '',
    left: '',
    'left-mid': '',
    mid: '',
    'mid-mid': '',
    right: '',
    'right-mid': '',
    middle: '  ',
  };
  const printed = new Table({ head: headings, chars: plain, style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0 } });
  for (const row of rows) printed.push(row.map((cell) => String(cell ?? '–')));
  return printed.toString();
}

const units = ['B', 'kB', 'MB', 'GB', 'TB'];
/** `1.2 GB` */
export function bytes(count: number | null | undefined): string {
  if (count === null || count === undefined) return '–';
  let value = count;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${unit === 0 ? value : value.toFixed(1)} ${units[unit]}`;
}
