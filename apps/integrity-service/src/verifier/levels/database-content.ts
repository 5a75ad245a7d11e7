import type { Archive } from '@lastcopy/archive-format';
import { dataSetPaths, verificationLevels, type ReconciliationDocument, type VerificationLevel } from '@lastcopy/contracts';
import type { LargeObject, SchemaDocument } from '@lastcopy/source-postgresql';
import { CsvRecordCounter } from '../csv-record-counter.js';
import type { Proof } from '../proof.js';
import { readCounted, readDocument } from './read-counted.js';
import { requireRestored } from './restored-database.js';
import { archivedTables, tableLabel, type ArchivedTable } from './table-set.js';

/** The archived schema, with the large objects beside it. */
export type ArchivedSchema = SchemaDocument & { readonly large_objects?: readonly LargeObject[] };

export const reaches = (required: VerificationLevel, level: VerificationLevel): boolean =>
  verificationLevels.indexOf(required) >= verificationLevels.indexOf(level);

/** A table's CSV, parsed and counted while whoever needs it reads on. */
export async function* readTable(proof: Proof, archive: Archive, table: ArchivedTable): AsyncGenerator<Buffer> {
  const counter = new CsvRecordCounter(table.path, table.ref.columns.length);
  for await (const chunk of readCounted(proof, archive, table.path)) {
    const before = counter.records;
    counter.write(chunk);
    proof.progress.add(0, counter.records - before);
    yield chunk;
  }
  const name = `readable: ${tableLabel(table.path)} records parsed`;
  proof.findings.require(name, table.reconciled.rows, counter.end(), table.path);
}

async function requireReadableTables(proof: Proof, archive: Archive, tables: readonly ArchivedTable[]): Promise<void> {
  for (const table of tables) for await (const chunk of readTable(proof, archive, table)) void chunk;
}

/** Levels `readable`, `restored` and `reconciled` of a database, up to the one required, in one pass over the stored bytes. */
export async function requireDatabaseContent(
  proof: Proof,
  archive: Archive,
  reconciliation: ReconciliationDocument,
  required: VerificationLevel,
): Promise<void> {
  const { findings } = proof;
  const schema = await readDocument<ArchivedSchema>(proof, archive, dataSetPaths.schema);
  const tables = archivedTables(findings, schema, reconciliation, archive.manifest.data_sets);
  const lobs = reconciliation.large_objects;
  findings.require('readable: large objects listed', lobs?.objects ?? 0, schema.large_objects?.length ?? 0, dataSetPaths.schema);
  if (reaches(required, 'restored')) return requireRestored(proof, archive, { schema, tables, largeObjects: lobs }, required);
  await requireReadableTables(proof, archive, tables);
}
