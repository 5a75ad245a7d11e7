import { dataSetPaths } from '@lastcopy/contracts';
import { CodedError } from '@lastcopy/kernel';
import { quotedName, readArchivedDatabase, type ArchivedDatabase, type ArchivedTable } from './archived-database.js';
import type { Bag } from './bag.js';
import { bagInfo, writeEvidence, writeMetadata } from './bag-documents.js';
import { CsvRecords } from './csv-records.js';
import { eachLargeObject } from './large-object-tar.js';
import type { OfflineArchive } from './open-offline.js';
import type { RestoredPart, RestoreOutcome } from './outcome.js';
import type { RestoreProgress } from './progress.js';
import { readAgain } from './read-again.js';
import { selectTables } from './table-selection.js';

const fileOf = ({ dataSet }: ArchivedTable): string => `${dataSet.path}.csv`;

async function* recorded(chunks: AsyncIterable<Buffer>, records: CsvRecords): AsyncGenerator<Buffer> {
  for await (const chunk of chunks) {
    records.write(chunk);
    yield chunk;
  }
}

async function writeTable(source: OfflineArchive, bag: Bag, table: ArchivedTable, progress: RestoreProgress): Promise<RestoredPart> {
  const { archive, signal } = source;
  const { path, plain_sha256 } = table.dataSet;
  const name = quotedName(table.ref);
  progress.doing(name);
  return readAgain(signal, async () => {
    const records = new CsvRecords(path, table.ref.columns.length);
    const { bytes, sha256 } = await bag.write(fileOf(table), recorded(progress.counted(archive.readDataSet(path, { signal })), records));
    const rows = records.end();
    if (rows === table.reconciled.rows && sha256 === plain_sha256) return { name, rows, bytes, equal: true };
    throw new CodedError(
      'ARCHIVE_CONTENT_MISMATCH',
      `${path} (${name}): ${rows} rows, SHA-256 ${sha256}; the source counted ${table.reconciled.rows}, the manifest says ${plain_sha256}.`,
    );
  });
}

const cell = (text: string): string => `"${text.replaceAll('"', '""')}"`;

/** Which file holds which table: names of tables may hold what no file name may, so files carry ordinals. */
async function writeTableIndex(bag: Bag, tables: readonly ArchivedTable[]): Promise<void> {
  const header = 'file,schema,table,rows,bytes,sha256,columns\n';
  const lines = tables.map(({ ref, dataSet, ...table }) => {
    const { rows, plain_bytes, plain_sha256 } = dataSet;
    return `${fileOf({ ref, dataSet, ...table })},${cell(ref.schema)},${cell(ref.name)},${rows},${plain_bytes},${plain_sha256},${cell(JSON.stringify(ref.columns))}\n`;
  });
  await bag.write('metadata/tables.csv', [Buffer.from(header + lines.join(''))]);
}

async function writeLargeObjects(
  source: OfflineArchive,
  bag: Bag,
  { schema }: ArchivedDatabase,
  progress: RestoreProgress,
): Promise<RestoredPart[]> {
  const { archive, signal } = source;
  const listed = schema.large_objects ?? [];
  if (listed.length === 0) return [];
  progress.doing('large objects');
  const folder = 'data/large-objects';
  await readAgain(signal, () => {
    bag.forget(folder);
    const tar = progress.counted(archive.readDataSet(dataSetPaths.largeObjects, { signal }));
    return eachLargeObject(tar, listed, async ({ oid }, content) => (await bag.write(`${folder}/${oid}`, content)).bytes);
  });
  const bytes = listed.reduce((sum, { size_bytes }) => sum + size_bytes, 0);
  return [{ name: 'large objects', rows: listed.length, bytes, equal: true }];
}

/** A database as CSV files, its documents and its large objects; with `wanted`, those tables alone. */
export async function restoreTablesToBag(
  source: OfflineArchive,
  bag: Bag,
  options: { wanted: readonly string[]; now: Date; progress: RestoreProgress },
): Promise<RestoreOutcome> {
  const { wanted, now, progress } = options;
  const database = await readArchivedDatabase(source.archive, source.signal);
  const tables = selectTables(database, wanted);
  const parts: RestoredPart[] = [];
  for (const table of tables) {
    source.signal.throwIfAborted();
    parts.push(await writeTable(source, bag, table, progress));
  }
  if (wanted.length === 0) parts.push(...(await writeLargeObjects(source, bag, database, progress)));
  await writeTableIndex(bag, tables);
  await writeMetadata(source, bag);
  await writeEvidence(source, bag);
  const what = wanted.length === 0 ? `All ${tables.length} tables` : `${tables.length} of ${database.tables.length} tables`;
  await bag.finish(bagInfo(source, now, `${what} of database ${database.schema.database}`));
  return { parts, notes: ['metadata/tables.csv says which file holds which table; the CSV files have no heading.'] };
}
