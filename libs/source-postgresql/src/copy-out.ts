import { createHash } from 'node:crypto';
import { CodedError, SilenceWatch } from '@lastcopy/kernel';
import { CopyOutReader, type BlockSink, type CopyOutResult } from './copy-out-reader.js';
import { qualifiedName, quoteIdentifier } from './identifiers.js';
import { describeConnection, type PostgresConnection } from './postgres-connection.js';
import type { TableRef } from './schema-document.js';
import { withSession, type Session } from './session.js';
import { sourceError } from './source-errors.js';
import { abortable } from './watchdog.js';
import { namingWidestValue } from './widest-value.js';

export type CopyTable = Pick<TableRef, 'schema' | 'name' | 'columns'>;

export interface CopyOptions {
  /** Longest silence of the source in the middle of a table; waiting for the sink does not count. */
  readonly inactivityMs?: number;
  readonly signal?: AbortSignal;
}

/**
 * COPY of the table itself is a plain heap scan, which no planner can turn into an index scan: with synchronized scans off the order is that of
 * the pages, and a table that was filled by one COPY gives back the order in which it was filled.
 * An SQL_ASCII database holds bytes of no known encoding: they pass as they are.
 */
export const copyStatement = (table: CopyTable, direction: 'TO STDOUT' | 'FROM STDIN', serverEncoding: string): string => {
  const columns = table.columns.length === 0 ? '' : ` (${table.columns.map(quoteIdentifier).join(', ')})`;
  const encoding = serverEncoding === 'SQL_ASCII' ? 'SQL_ASCII' : 'UTF8';
  return `COPY ${qualifiedName(table)}${columns} ${direction} WITH (FORMAT csv, ENCODING '${encoding}')`;
};

/** Throws SOURCE_LOST, SOURCE_STALLED, SOURCE_UNSUPPORTED (a value too large, named), SOURCE_COUNT_MISMATCH, or what the sink throws. */
export async function copyOutOn(session: Session, table: CopyTable, sink: BlockSink, options: CopyOptions = {}): Promise<CopyOutResult> {
  const doing = `Copying ${qualifiedName(table)}`;
  let sinkError: { error: unknown } | undefined;
  const watchedSink: BlockSink = async (block, rows, endsRow) => {
    try {
      await sink(block, rows, endsRow);
    } catch (error) {
      sinkError = { error };
      throw error;
    }
  };
  const reader = new CopyOutReader(copyStatement(table, 'TO STDOUT', session.serverEncoding), watchedSink, () => watch.heard());
  const inactivityMs = options.inactivityMs ?? 60_000;
  const silent = `${doing}: ${describeConnection(session.connection)} sent nothing for ${inactivityMs} ms.`;
  const watch = new SilenceWatch({
    inactivityMs,
    waits: () => reader.waitsForSource,
    onSilence: () => session.destroy(new CodedError('SOURCE_STALLED', silent)),
  });
  try {
    const result = await abortable(session, options.signal, () => {
      session.client.query(reader);
      return reader.result;
    });
    return requireAllRows(result, table, session.connection);
  } catch (error) {
    if (sinkError) {
      // the rest of the rows is still on its way: this connection cannot be used again
      session.destroy(new Error('the copy was given up'));
      throw sinkError.error;
    }
    if (options.signal?.aborted) throw error;
    throw await namingWidestValue(sourceError(error, session.connection, doing), session, table);
  } finally {
    watch.stop();
  }
}

function requireAllRows(result: CopyOutResult, table: CopyTable, connection: PostgresConnection): CopyOutResult {
  if (result.rows === result.serverRows) return result;
  throw new CodedError(
    'SOURCE_COUNT_MISMATCH',
    `${qualifiedName(table)} of ${describeConnection(connection)}: ${result.rows} rows arrived, the server says it sent ${result.serverRows}.`,
  );
}

export interface ExportDigest {
  readonly rows: number;
  readonly bytes: number;
  /** Hex, over the CSV exactly as `copyOut` gives it. */
  readonly sha256: string;
}

/** Exports a table again without keeping it: equal to the archived plain text when the table came back as it was. */
export async function exportDigest(connection: PostgresConnection, table: CopyTable, options: CopyOptions = {}): Promise<ExportDigest> {
  const hash = createHash('sha256');
  const { rows, bytes } = await withSession(connection, (session) =>
    copyOutOn(session, table, (block) => Promise.resolve(void hash.update(block)), options),
  );
  return { rows, bytes, sha256: hash.digest('hex') };
}
