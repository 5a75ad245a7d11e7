import { stringify } from 'csv-stringify/sync';
import type { ReportAnswer } from '@lastcopy/contracts';
import { harmlessCell } from '../audit/harmless-cell.js';

/** The report's own table, for a spreadsheet. */
export function reportCsv({ tables: [main] }: ReportAnswer): string {
  const { columns, rows } = main!;
  return stringify([columns, ...rows.map((row) => row.map(harmlessCell))], { quoted_string: true });
}
