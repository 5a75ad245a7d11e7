import { CodedError } from '@lastcopy/kernel';
import { qualifiedName, quoteIdentifier } from './identifiers.js';
import { withSession, type Session } from './session.js';

export interface WidestValue {
  column: string;
  bytes: number;
  ctid: string;
}

/** The largest text, bytea or JSON value of a table, by its uncompressed length, which the server knows without unpacking it. */
export async function widestValue(session: Session, table: { schema: string; name: string }): Promise<WidestValue | undefined> {
  const columns = await session.query<{ name: string; measure: string }>(
    `Reading the columns of ${qualifiedName(table)}`,
    `SELECT a.attname AS name, CASE WHEN a.atttypid IN ('text'::regtype, 'bytea'::regtype, 'varchar'::regtype, 'bpchar'::regtype)
            THEN 'octet_length' ELSE 'pg_column_size' END AS measure
       FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE n.nspname = $1 AND c.relname = $2 AND a.attnum > 0 AND NOT a.attisdropped AND a.attlen = -1`,
    [table.schema, table.name],
  );
  let widest: WidestValue | undefined;
  for (const { name, measure } of columns) {
    const [row] = await session.query<{ ctid: string; bytes: string | null }>(
      `Measuring ${qualifiedName(table)}`,
      `SELECT ctid::text, ${measure}(${quoteIdentifier(name)})::text AS bytes FROM ONLY ${qualifiedName(table)}
        ORDER BY ${measure}(${quoteIdentifier(name)}) DESC NULLS LAST LIMIT 1`,
    );
    const bytes = Number(row?.bytes ?? 0);
    if (row && bytes > (widest?.bytes ?? 0)) widest = { column: name, bytes, ctid: row.ctid };
  }
  return widest;
}

/** "invalid memory alloc request size" helps nobody: this says which column. Other errors pass as they are. */
export async function namingWidestValue(error: unknown, session: Session, table: { schema: string; name: string }): Promise<unknown> {
  if (!(error instanceof CodedError) || error.code !== 'SOURCE_UNSUPPORTED') return error;
  const widest = await withSession(session.connection, (fresh) => widestValue(fresh, table)).catch(() => undefined);
  if (!widest) return error;
  const where = `${qualifiedName(table)}.${quoteIdentifier(widest.column)}`;
  return new CodedError(
    'SOURCE_UNSUPPORTED',
    `${error.message}. The largest value is ${widest.bytes} bytes in ${where} (row at ctid ${widest.ctid}); a row's text must stay under 1 GiB. Split or export that value, then try again.`,
    { cause: error, details: { table: qualifiedName(table), ...widest } },
  );
}
