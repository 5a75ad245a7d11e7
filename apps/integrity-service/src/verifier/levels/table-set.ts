import type { ReconciledTable, ReconciliationDocument } from '@lastcopy/contracts';
import { tableRefs, type LargeObject, type SchemaDocument, type TableRef } from '@lastcopy/source-postgresql';
import type { Findings } from '../findings.js';

/** The archived schema, with the large objects beside it. */
export type ArchivedSchema = SchemaDocument & { readonly large_objects?: readonly LargeObject[] };

/** One table as three parts of the archive describe it: schema, reconciliation, manifest. */
export interface ArchivedTable {
  readonly ref: TableRef;
  readonly reconciled: ReconciledTable;
  readonly path: string;
  readonly rows: number;
  readonly plainBytes: number;
  readonly plainSha256: string;
}

/** What the manifest says about a data set. */
export interface ListedDataSet {
  readonly path: string;
  readonly kind: string;
  readonly rows: number;
  readonly plain_bytes: number;
  readonly plain_sha256: string;
}

const sorted = (paths: readonly string[]): string => [...paths].sort().join(' ');

/** For checks: a table's own name may be confidential. */
export const tableLabel = (path: string): string => `table ${Number(/t-(\d+)$/.exec(path)?.[1] ?? 0)}`;

/** Throws ARCHIVE_CONTENT_MISMATCH unless schema, reconciliation and manifest name the same tables, each once, with the same rows. */
export function archivedTables(
  findings: Findings,
  schema: SchemaDocument,
  reconciliation: ReconciliationDocument,
  dataSets: readonly ListedDataSet[],
): ArchivedTable[] {
  const refs = tableRefs(schema);
  const listed = dataSets.filter(({ kind }) => kind === 'table');
  const inSchema = sorted(refs.map(({ ordinal }) => `data/${ordinal}`));
  const where = 'metadata/reconciliation';
  requireSame(findings, 'readable: tables of the manifest', inSchema, sorted(listed.map(({ path }) => path)), 'manifest.json');
  requireSame(
    findings,
    'readable: tables of the reconciliation',
    inSchema,
    sorted(reconciliation.tables.map((table) => table.data_set)),
    where,
  );
  return refs.map((ref) => {
    const path = `data/${ref.ordinal}`;
    const dataSet = listed.find((candidate) => candidate.path === path)!;
    const reconciled = reconciliation.tables.find((table) => table.data_set === path)!;
    findings.require(`readable: ${tableLabel(path)} name`, 'as in the schema', nameOf(ref, reconciled), path);
    findings.require(`readable: ${tableLabel(path)} rows counted by the source`, reconciled.rows, dataSet.rows, path);
    return { ref, reconciled, path, rows: dataSet.rows, plainBytes: dataSet.plain_bytes, plainSha256: dataSet.plain_sha256 };
  });
}

const nameOf = (ref: TableRef, reconciled: ReconciledTable): string =>
  ref.schema === reconciled.schema && ref.name === reconciled.name ? 'as in the schema' : 'another';

/** Counts are enough in the check: a list of thousands of paths tells nobody anything. */
function requireSame(findings: Findings, name: string, expected: string, actual: string, where: string): void {
  const count = (paths: string) => (paths === '' ? 0 : paths.split(' ').length);
  const same = expected === actual;
  findings.require(name, count(expected), same || count(actual) !== count(expected) ? count(actual) : `${count(actual)} others`, where);
}
