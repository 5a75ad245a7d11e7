/** Rows of a table that are shown; one sees by them what a file is. */
export const shownRows = 200;

/** Commas, semicolons and tabs are all in use; the first line tells which. */
export function delimiterOf(text: string): string {
  const [line = ''] = text.split('\n', 1);
  const times = (sign: string) => line.split(sign).length;
  return [',', ';', '\t', '|'].reduce((best, sign) => (times(sign) > times(best) ? sign : best));
}

/** The heading, the rows that are shown and one more, by which one knows that there are more. */
export async function firstRows(text: string): Promise<string[][]> {
  const { parse } = await import('csv-parse/browser/esm/sync');
  const tolerant = { bom: true, relax_column_count: true, relax_quotes: true, skip_empty_lines: true };
  return parse(text, { ...tolerant, delimiter: delimiterOf(text), to: shownRows + 2 });
}
