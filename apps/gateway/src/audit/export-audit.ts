import { Readable, type Transform } from 'node:stream';
import { stringify } from 'csv-stringify';
import type { AuditEntry } from '@lastcopy/contracts';
import { harmlessCell } from './harmless-cell.js';

export const exportFormats = ['csv', 'jsonl'] as const;
export type ExportFormat = (typeof exportFormats)[number];
export const mediaTypes: Record<ExportFormat, string> = { csv: 'text/csv; charset=utf-8', jsonl: 'application/x-ndjson; charset=utf-8' };

/** The last line of an export: without it the export was cut off. */
export interface ExportSummary {
  entries: number;
  /** The newest entry that could be in it. */
  through_seq: number;
  /** Heads of the services' logs, `source@position hash`. */
  log_heads: string[];
}

const columns: (keyof AuditEntry)[] = [
  ...(['seq', 'occurred_at', 'outcome', 'type', 'action', 'actor', 'actor_name', 'on_behalf_of', 'reason', 'flow_id'] as const),
  ...(['system_id', 'job_id', 'before', 'after', 'trace_id', 'source', 'position', 'hash', 'stream_id', 'version', 'code'] as const),
];

const cell = (value: unknown): unknown => {
  if (value === null || value === undefined || typeof value === 'number') return value ?? '';
  return harmlessCell(typeof value === 'string' ? value : JSON.stringify(value));
};

async function* csvRows(entries: AsyncIterable<AuditEntry>, summary: (entries: number) => ExportSummary) {
  let count = 0;
  for await (const entry of entries) {
    count += 1;
    yield columns.map((name) => cell(entry[name]));
  }
  const { through_seq, log_heads } = summary(count);
  yield columns.map((name) =>
    name === 'seq' ? 'end' : name === 'action' ? `${count} entries through ${through_seq}; ${log_heads.join('; ')}` : '',
  );
}

async function* jsonLines(entries: AsyncIterable<AuditEntry>, summary: (entries: number) => ExportSummary) {
  let count = 0;
  for await (const entry of entries) {
    count += 1;
    yield `${JSON.stringify(entry)}\n`;
  }
  yield `${JSON.stringify({ end: summary(count) })}\n`;
}

/** The entries as a stream of text; in memory is one page of them. The last row says how many there are. */
export function exportAudit(
  format: ExportFormat,
  entries: AsyncIterable<AuditEntry>,
  summary: (entries: number) => ExportSummary,
): Readable[] | [Readable, Transform] {
  if (format === 'jsonl') return [Readable.from(jsonLines(entries, summary))];
  return [Readable.from(csvRows(entries, summary)), stringify({ header: true, columns, quoted_string: true })];
}
