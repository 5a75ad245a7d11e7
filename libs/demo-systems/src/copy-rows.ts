import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Client } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';

/** A value of PostgreSQL's COPY text format. Numbers and dates go as the text PostgreSQL reads. */
export type CopyValue = string | number | Buffer | null;

const escapes: Record<string, string> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };
const chunkChars = 64 * 1024;

const copyText = (value: CopyValue): string => {
  if (value === null) return '\\N';
  if (Buffer.isBuffer(value)) return `\\\\x${value.toString('hex')}`;
  return typeof value === 'number' ? String(value) : value.replace(/[\\\t\n\r]/g, (character) => escapes[character]!);
};

function* linesOf(rows: Iterable<CopyValue[]>): Generator<string> {
  let chunk = '';
  for (const row of rows) {
    chunk += `${row.map(copyText).join('\t')}\n`;
    if (chunk.length < chunkChars) continue;
    yield chunk;
    chunk = '';
  }
  if (chunk) yield chunk;
}

/** Streams rows into a table with COPY; answers how many the server took. `target` is a table with its columns, as SQL. */
export const copyRows = async (client: Client, target: string, rows: Iterable<CopyValue[]>): Promise<number> => {
  const copy = client.query(copyFrom(`copy ${target} from stdin`));
  await pipeline(Readable.from(linesOf(rows), { objectMode: false }), copy);
  return copy.rowCount;
};

export function* times<T>(count: number, make: (index: number) => T): Generator<T> {
  for (let index = 0; index < count; index += 1) yield make(index);
}
