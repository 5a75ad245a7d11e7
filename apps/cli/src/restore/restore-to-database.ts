import { createHash } from 'node:crypto';
import { dataSetPaths } from '@lastcopy/contracts';
import { CodedError, isCodedError } from '@lastcopy/kernel';
import {
  assertEmptyDatabase,
  copyIn,
  describeConnection,
  describeSchema,
  exportDigest,
  openSnapshot,
  restoreLargeObject,
  restorePostData,
  restorePreData,
  type PostgresConnection,
  type SchemaDocument,
  type SequenceDescription,
} from '@lastcopy/source-postgresql';
import { quotedName, readArchivedDatabase, type ArchivedDatabase, type ArchivedTable } from './archived-database.js';
import { eachLargeObject } from './large-object-tar.js';
import type { OfflineArchive } from './open-offline.js';
import type { RestoredPart, RestoreOutcome } from './outcome.js';
import type { RestoreProgress } from './progress.js';
import { readAgain } from './read-again.js';
import { selectTables } from './table-selection.js';

export interface DatabaseOptions {
  readonly target: PostgresConnection;
  /** Tables by name; all when empty. */
  readonly wanted: readonly string[];
  readonly progress: RestoreProgress;
}

/** Foreign keys need the rows of tables that were not asked for. */
function schemaFor(schema: SchemaDocument, selected: boolean): { schema: SchemaDocument; notes: string[] } {
  if (!selected) return { schema, notes: [] };
  const objects = schema.objects.filter(({ kind }) => kind !== 'foreign_key');
  const left = schema.objects.length - objects.length;
  const notes = [`Tables that were not asked for exist and are EMPTY${left > 0 ? `; ${left} foreign keys were left out` : ''}.`];
  return { schema: { ...schema, objects }, notes };
}

const localeOf = ({ encoding, locale }: Pick<SchemaDocument, 'encoding' | 'locale'>): string =>
  `encoding ${encoding}, ${locale.provider} collation ${locale.icu_locale ?? locale.collate}, character type ${locale.ctype}`;

async function loadTable(source: OfflineArchive, { target, progress }: DatabaseOptions, table: ArchivedTable): Promise<void> {
  const { archive, signal } = source;
  progress.doing(quotedName(table.ref));
  // copyIn empties the table first, in one transaction with the rows: it can be repeated
  await readAgain(signal, () => copyIn(target, table.ref, progress.counted(archive.readDataSet(table.dataSet.path, { signal }))));
}

/** One line an object: their number is unbounded, so the digest of all stands for them. */
const objectLine = (oid: string, bytes: number, sha256: string): string => `${oid} ${bytes} ${sha256}\n`;

/** Large objects under their old oids. Answers a digest over all of them as they were loaded. */
async function loadLargeObjects(source: OfflineArchive, options: DatabaseOptions, database: ArchivedDatabase): Promise<string> {
  const { archive, signal } = source;
  const digest = createHash('sha256');
  options.progress.doing('large objects');
  const tar = options.progress.counted(archive.readDataSet(dataSetPaths.largeObjects, { signal }));
  await eachLargeObject(tar, database.schema.large_objects ?? [], async ({ oid }, content) => {
    const hash = createHash('sha256');
    const hashed = async function* () {
      for await (const slice of content) {
        hash.update(slice);
        yield slice;
      }
    };
    const bytes = await restoreLargeObject(options.target, oid, hashed());
    digest.update(objectLine(oid, bytes, hash.digest('hex')));
    return bytes;
  });
  return digest.digest('hex');
}

async function compareLargeObjects(target: PostgresConnection, loaded: string, signal: AbortSignal): Promise<RestoredPart> {
  const digest = createHash('sha256');
  const snapshot = await openSnapshot(target, { signal });
  try {
    const objects = await snapshot.largeObjects();
    for (const object of objects) {
      const hash = createHash('sha256');
      await snapshot.copyLargeObject(object, (slice) => Promise.resolve(void hash.update(slice)));
      digest.update(objectLine(object.oid, object.size_bytes, hash.digest('hex')));
    }
    const bytes = objects.reduce((sum, { size_bytes }) => sum + size_bytes, 0);
    const part = { name: 'large objects', rows: objects.length, bytes };
    const equal = digest.digest('hex') === loaded;
    return equal ? { ...part, equal } : { ...part, equal, difference: 'they read back differently than they were loaded' };
  } finally {
    await snapshot.close();
  }
}

/** The restored table exported again: the same bytes as the archived ones, or a difference. */
async function compareTable(
  { signal }: OfflineArchive,
  { target, progress }: DatabaseOptions,
  table: ArchivedTable,
): Promise<RestoredPart> {
  const { plain_sha256 } = table.dataSet;
  const name = quotedName(table.ref);
  progress.doing(`comparing ${name}`);
  const { rows, bytes, sha256 } = await exportDigest(target, table.ref, { signal });
  if (rows === table.reconciled.rows && sha256 === plain_sha256) return { name, rows, bytes, equal: true };
  const difference = `${rows} rows, SHA-256 ${sha256}; the source counted ${table.reconciled.rows} rows, SHA-256 ${plain_sha256}`;
  return { name, rows, bytes, equal: false, difference };
}

const valueOf = ({ last_value, is_called }: SequenceDescription): string => `${last_value} ${is_called}`;

async function compareSchema(target: PostgresConnection, schema: SchemaDocument): Promise<RestoredPart> {
  const restored = await describeSchema(target);
  const part = { name: 'schema', rows: schema.objects.length, bytes: 0 };
  if (restored.fingerprint !== schema.fingerprint) {
    return { ...part, equal: false, difference: `fingerprint ${restored.fingerprint}; the source had ${schema.fingerprint}` };
  }
  const values = new Map(restored.sequences.map((sequence) => [quotedName(sequence), valueOf(sequence)]));
  const behind = schema.sequences.find((sequence) => values.get(quotedName(sequence)) !== valueOf(sequence));
  if (!behind) return { ...part, equal: true };
  return { ...part, equal: false, difference: `sequence ${quotedName(behind)} is not at ${behind.last_value}` };
}

async function fill(source: OfflineArchive, options: DatabaseOptions, database: ArchivedDatabase): Promise<RestoreOutcome> {
  const { target, wanted } = options;
  const all = wanted.length === 0;
  const tables = selectTables(database, wanted);
  const { schema, notes } = schemaFor(database.schema, !all);
  const empty = await describeSchema(target);
  if (localeOf(empty) !== localeOf(schema))
    notes.push(`The source had ${localeOf(schema)}; this database has ${localeOf(empty)}: text may sort differently.`);
  await restorePreData(target, schema);
  for (const table of tables) {
    source.signal.throwIfAborted();
    await loadTable(source, options, table);
  }
  const withObjects = all && (database.schema.large_objects ?? []).length > 0;
  const loaded = withObjects ? await loadLargeObjects(source, options, database) : '';
  await restorePostData(target, schema);
  const parts: RestoredPart[] = [];
  for (const table of tables) parts.push(await compareTable(source, options, table));
  if (withObjects) parts.push(await compareLargeObjects(target, loaded, source.signal));
  if (all) parts.push(await compareSchema(target, schema));
  const owners = 'Owners and privileges are recorded in the archive, not restored: roles belong to the server.';
  return {
    parts,
    notes: [
      ...notes,
      owners,
      ...database.schema.not_restored.map(({ kind, identity, reason }) => `Not restored: ${kind} ${identity}: ${reason}`),
    ],
  };
}

/**
 * Restores into an empty database: what must stand before the rows, the rows, keys and indexes; then every table is exported again and
 * compared. A difference is in the outcome. @throws RESTORE_TARGET_NOT_EMPTY, RESTORE_FAILED, SOURCE_UNREACHABLE, ARCHIVE_*, STORE_*
 */
export async function restoreToDatabase(source: OfflineArchive, options: DatabaseOptions): Promise<RestoreOutcome> {
  const { target, wanted } = options;
  if (source.archive.manifest.source.kind !== 'postgresql') {
    throw new CodedError('VALIDATION_FAILED', 'This archive is of a directory: restore it to a folder.');
  }
  await assertEmptyDatabase(target);
  const database = await readArchivedDatabase(source.archive, source.signal);
  selectTables(database, wanted);
  try {
    return await fill(source, options, database);
  } catch (error) {
    if (!isCodedError(error)) throw error;
    const after = `${describeConnection(target)} holds an unfinished restore now: drop it and create it anew.`;
    throw new CodedError(error.code, `${error.message} ${after}`, { cause: error, ...(error.details ? { details: error.details } : {}) });
  }
}
