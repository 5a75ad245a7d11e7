import type { Archive } from '@lastcopy/archive-format';
import { dataSetPaths, type ReconciliationDocument, type VerificationLevel } from '@lastcopy/contracts';
import type { Proof } from '../proof.js';
import { reaches } from './reaches.js';
import { readDocument } from './read-counted.js';
import { readTable } from './read-table.js';
import { requireRestored } from './restored-database.js';
import { archivedTables, type ArchivedSchema, type ArchivedTable } from './table-set.js';

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
