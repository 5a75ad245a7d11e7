import { isCodedError } from '@lastcopy/kernel';
import { qualifiedName, quoteIdentifier } from './identifiers.js';
import type { PostgresConnection } from './postgres-connection.js';
import { Session } from './session.js';

export interface SampleLimits {
  readonly rowsPerTable: number;
  readonly charsPerValue: number;
  readonly columnsPerQuery: number;
  /** Tables beyond are not looked at; `overflow` tells. */
  readonly tables: number;
  readonly statementTimeoutMs: number;
  readonly connectTimeoutMs: number;
}

export interface SampledColumn {
  name: string;
  /** As text, none of them null, each cut to `charsPerValue`. */
  values: string[];
}

/** `columns` is null when the table could not be read, or not in time; why is not told, because such messages quote values. */
export interface SampledTable {
  schema: string;
  name: string;
  columns: SampledColumn[] | null;
}

interface Candidate {
  schema: string;
  name: string;
  sampled: boolean;
  share: string;
  columns: string[];
}

/** Beyond this many compressed bytes a value is not fetched: one of a gigabyte would be unpacked to read its first words. */
const largestValueBytes = 64 * 1024;

/** Tables with the columns whose values may say something: no flags, bytes, ids without meaning or geometry. */
const candidates = `
  SELECT n.nspname AS schema, c.relname AS name, pg_relation_size(c.oid) > 1048576 AS sampled,
         least(100, greatest(0.01, 100.0 * $1 * 4 / greatest(c.reltuples, 1)))::text AS share,
         array_agg(a.attname::text ORDER BY a.attnum) AS columns
    FROM pg_class c
    JOIN pg_namespace n ON n.oid = c.relnamespace
    JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
    JOIN pg_type t ON t.oid = a.atttypid
   WHERE c.relkind IN ('r', 'p', 'm') AND NOT c.relispartition
     AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
     AND t.typcategory IN ('S', 'N', 'D', 'A', 'U', 'X', 'E')
     AND t.typname NOT IN ('uuid', 'bytea', 'float4', 'float8', 'geometry', 'geography', 'tsvector', 'tsquery', 'oid', '_uuid', '_bytea')
   GROUP BY n.nspname, c.relname, c.oid, c.reltuples
   ORDER BY n.nspname COLLATE "C", c.relname COLLATE "C"
   LIMIT $2`;

const valueSql = (column: string, chars: number): string => {
  const name = quoteIdentifier(column);
  return `CASE WHEN pg_column_size(${name}) <= ${largestValueBytes} THEN left(${name}::text, ${chars}) END`;
};

async function valuesOf(session: Session, table: Candidate, columns: string[], limits: SampleLimits): Promise<SampledColumn[]> {
  const { rowsPerTable, charsPerValue } = limits;
  const fields = columns.map((column, index) => `${valueSql(column, charsPerValue)} AS c${index}`).join(', ');
  const read = (sample: string) =>
    session.query<Record<string, string | null>>(
      'Sampling a table',
      `SELECT ${fields} FROM ${qualifiedName(table)} ${sample} LIMIT ${rowsPerTable}`,
    );
  const sampled = table.sampled ? await read(`TABLESAMPLE SYSTEM (${table.share})`) : [];
  // Few pages may all be missed by a sample of pages.
  const rows = sampled.length >= rowsPerTable / 10 ? sampled : await read('');
  return columns.map((name, index) => ({ name, values: rows.flatMap((row) => row[`c${index}`] ?? []) }));
}

async function sampleTable(session: Session, table: Candidate, limits: SampleLimits): Promise<SampledColumn[] | null> {
  try {
    const columns: SampledColumn[] = [];
    for (let at = 0; at < table.columns.length; at += limits.columnsPerQuery) {
      columns.push(...(await valuesOf(session, table, table.columns.slice(at, at + limits.columnsPerQuery), limits)));
    }
    return columns;
  } catch (error) {
    if (session.lostBecause || !isCodedError(error)) throw error;
    return null;
  }
}

async function* sampleSession(session: Session, limits: SampleLimits, signal: AbortSignal, overflow: () => void) {
  const { statementTimeoutMs, rowsPerTable, tables } = limits;
  const settings = `SET default_transaction_read_only = on; SET statement_timeout = ${statementTimeoutMs}; SET lock_timeout = 2000`;
  await session.run('Setting the limits of the look', settings);
  const found = await session.query<Candidate>('Listing the tables', candidates, [rowsPerTable, tables + 1]);
  if (found.length > tables) overflow();
  for (const table of found.slice(0, tables)) {
    if (signal.aborted) return;
    const { schema, name } = table;
    yield { schema, name, columns: await sampleTable(session, table, limits) } satisfies SampledTable;
  }
}

/**
 * A bounded sample of every table, read-only, a table at a time; memory is that of one table's sample. Ends early, without an error, when the
 * signal aborts. Throws SOURCE_UNREACHABLE, SOURCE_AUTHENTICATION, SOURCE_DATABASE_MISSING, SOURCE_UNSUPPORTED or SOURCE_LOST.
 */
export async function* sampleTables(
  connection: PostgresConnection,
  limits: SampleLimits,
  signal: AbortSignal,
  overflow: () => void = () => undefined,
): AsyncGenerator<SampledTable> {
  if (signal.aborted) return;
  const session = await Session.open(connection, { connectTimeoutMs: limits.connectTimeoutMs, applicationName: 'lastcopy classification' });
  const onAbort = () => session.destroy(new Error('the look was ended'));
  signal.addEventListener('abort', onAbort, { once: true });
  if (signal.aborted) onAbort();
  try {
    yield* sampleSession(session, limits, signal, overflow);
  } catch (error) {
    if (!signal.aborted) throw error;
  } finally {
    signal.removeEventListener('abort', onAbort);
    await session.close();
  }
}
