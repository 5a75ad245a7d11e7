import type { Archive, ManifestDataSet } from '@lastcopy/archive-format';
import { dataSetPaths, type ReconciledTable, type ReconciliationDocument } from '@lastcopy/contracts';
import { CodedError } from '@lastcopy/kernel';
import { tableRefs, type LargeObject, type SchemaDocument, type TableRef } from '@lastcopy/source-postgresql';
import { readAgain } from './read-again.js';

export type ArchivedSchema = SchemaDocument & { readonly large_objects?: readonly LargeObject[] };

/** One table as schema, reconciliation and manifest describe it: they agree. */
export interface ArchivedTable {
  readonly ref: TableRef;
  readonly dataSet: ManifestDataSet;
  readonly reconciled: ReconciledTable;
}

export interface ArchivedDatabase {
  readonly schema: ArchivedSchema;
  readonly reconciliation: ReconciliationDocument;
  readonly tables: readonly ArchivedTable[];
}

export const quotedName = ({ schema, name }: Pick<TableRef, 'schema' | 'name'>): string =>
  [schema, name].map((part) => `"${part.replaceAll('"', '""')}"`).join('.');

const mismatch = (where: string, what: string): CodedError => new CodedError('ARCHIVE_CONTENT_MISMATCH', `${where}: ${what}.`);

function tableOf(ref: TableRef, dataSets: Map<string, ManifestDataSet>, reconciliations: Map<string, ReconciledTable>): ArchivedTable {
  const path = `data/${ref.ordinal}`;
  const [dataSet, reconciled] = [dataSets.get(path), reconciliations.get(path)];
  const name = quotedName(ref);
  if (!dataSet) throw mismatch('manifest.json', `table ${name} (${path}) is in the schema, not in the manifest`);
  if (!reconciled) throw mismatch(dataSetPaths.reconciliation, `table ${name} (${path}) was not reconciled`);
  if (quotedName(reconciled) !== name)
    throw mismatch(dataSetPaths.reconciliation, `${path} is ${quotedName(reconciled)}, in the schema ${name}`);
  if (reconciled.rows !== dataSet.rows)
    throw mismatch(path, `the source counted ${reconciled.rows} rows in ${name}, the manifest says ${dataSet.rows}`);
  return { ref, dataSet, reconciled };
}

/** Every table once in each of the three documents: none may be left out in silence. @throws ARCHIVE_CONTENT_MISMATCH */
export function archivedTables(
  schema: SchemaDocument,
  reconciliation: ReconciliationDocument,
  dataSets: readonly ManifestDataSet[],
): ArchivedTable[] {
  const refs = tableRefs(schema);
  const listed = new Map(dataSets.filter(({ kind }) => kind === 'table').map((dataSet) => [dataSet.path, dataSet]));
  const reconciled = new Map(reconciliation.tables.map((table) => [table.data_set, table]));
  const tables = refs.map((ref) => tableOf(ref, listed, reconciled));
  const known = new Set(tables.map(({ dataSet }) => dataSet.path));
  const surplus = [...listed.keys(), ...reconciled.keys()].find((path) => !known.has(path));
  if (surplus) throw mismatch(surplus, 'the schema knows no such table');
  return tables;
}

/** The documents of an archived database. @throws ARCHIVE_CONTENT_MISMATCH, ARCHIVE_OBJECT_*, ARCHIVE_KEY_UNAVAILABLE, STORE_* */
export async function readArchivedDatabase(archive: Archive, signal: AbortSignal): Promise<ArchivedDatabase> {
  const reconciliation = await readAgain(signal, () => archive.readJson<ReconciliationDocument>(dataSetPaths.reconciliation, { signal }));
  const schema = await readAgain(signal, () => archive.readJson<ArchivedSchema>(dataSetPaths.schema, { signal }));
  const lobs = schema.large_objects ?? [];
  if (lobs.length !== (reconciliation.large_objects?.objects ?? 0)) {
    throw mismatch(dataSetPaths.largeObjects, `the schema lists ${lobs.length} large objects, the reconciliation another number`);
  }
  return { schema, reconciliation, tables: archivedTables(schema, reconciliation, archive.manifest.data_sets) };
}
