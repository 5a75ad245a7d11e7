import type { Archive } from '@lastcopy/archive-format';
import type { ReconciledLargeObjects, VerificationLevel } from '@lastcopy/contracts';
import {
  contentHash,
  copyIn,
  describeSchema,
  exportDigest,
  restorePostData,
  restorePreData,
  type PostgresConnection,
} from '@lastcopy/source-postgresql';
import { CodedError, isCodedError } from '@lastcopy/kernel';
import { sha256OfText } from '../../verification/evidence.js';
import { sqlStateOf } from '../findings.js';
import type { Proof } from '../proof.js';
import { withScratchDatabase } from '../scratch/with-scratch-database.js';
import { reaches } from './reaches.js';
import { readTable } from './read-table.js';
import { requireLargeObjects } from './large-objects.js';
import { tableLabel, type ArchivedSchema, type ArchivedTable } from './table-set.js';

export interface ArchivedDatabase {
  readonly schema: ArchivedSchema;
  readonly tables: readonly ArchivedTable[];
  readonly largeObjects: ReconciledLargeObjects | null;
}

/** What a server says about a row it refuses quotes the row: it goes to the log of this service, not into an event. */
const withoutRowData =
  ({ parts, claim }: Proof, where: string) =>
  (error: unknown): never => {
    if (!isCodedError(error) || error.code !== 'RESTORE_FAILED') throw error;
    parts.logger.warn({ err: error, job_id: claim.request.job_id, where }, 'the scratch database refused what was restored');
    const state = sqlStateOf(error) || 'none';
    throw new CodedError('RESTORE_FAILED', `${where}: it cannot be restored (SQLSTATE ${state}); the log has the words of the server.`, {
      cause: error,
    });
  };

async function load(proof: Proof, archive: Archive, scratch: PostgresConnection, tables: readonly ArchivedTable[]): Promise<void> {
  for (const table of tables) {
    proof.signal.throwIfAborted();
    const rows = await copyIn(scratch, table.ref, readTable(proof, archive, table)).catch(withoutRowData(proof, table.path));
    proof.findings.require(`restored: ${tableLabel(table.path)} rows loaded`, table.reconciled.rows, rows, table.path);
  }
}

/** The same export of the restored table has the same bytes as the archived one. */
async function requireSameExport(proof: Proof, scratch: PostgresConnection, table: ArchivedTable): Promise<void> {
  const { findings, signal } = proof;
  const label = tableLabel(table.path);
  const again = await exportDigest(scratch, table.ref, { signal });
  findings.require(`restored: ${label} rows`, table.reconciled.rows, again.rows, table.path);
  findings.require(`restored: ${label} SHA-256 of its export`, table.plainSha256, again.sha256, table.path);
}

/** The source hashed its own content in the snapshot of the export; the same query over the restored table must agree. */
async function requireReconciled(proof: Proof, scratch: PostgresConnection, table: ArchivedTable): Promise<void> {
  const { findings } = proof;
  const label = tableLabel(table.path);
  const restored = await contentHash(scratch, table.ref);
  // by digest, because the query holds the table's name
  const sourceQuery = sha256OfText(table.reconciled.query ?? '');
  findings.require(`reconciled: ${label} SHA-256 of the query`, sourceQuery, sha256OfText(restored.query), table.path);
  findings.require(`reconciled: ${label} content hash`, table.reconciled.content_hash ?? 'none', restored.hash, table.path);
  findings.require(`reconciled: ${label} rows`, table.reconciled.rows, restored.rows, table.path);
}

async function requireSameSchema(proof: Proof, scratch: PostgresConnection, schema: ArchivedSchema): Promise<void> {
  const restored = await describeSchema(scratch);
  const { findings } = proof;
  findings.require('restored: fingerprint of the schema', schema.fingerprint, restored.fingerprint, 'metadata/schema');
  const values = (document: Pick<ArchivedSchema, 'sequences'>) =>
    new Map(
      document.sequences.map(({ schema: space, name, last_value, is_called }) => [
        JSON.stringify([space, name]),
        `${last_value} ${is_called}`,
      ]),
    );
  const [expected, actual] = [values(schema), values(restored)];
  const equal = [...expected].filter(([name, value]) => actual.get(name) === value).length;
  findings.require('restored: sequences with their values', expected.size, equal, 'metadata/schema');
}

/** Levels `restored` and `reconciled`: the database comes back in an empty scratch database, which is dropped whatever happens. */
export async function requireRestored(
  proof: Proof,
  archive: Archive,
  database: ArchivedDatabase,
  required: VerificationLevel,
): Promise<void> {
  const { findings, signal } = proof;
  const { schema, tables, largeObjects } = database;
  await withScratchDatabase(proof, schema, async (scratch) => {
    findings.level = 'readable';
    await restorePreData(scratch, schema).catch(withoutRowData(proof, 'metadata/schema'));
    await load(proof, archive, scratch, tables);
    findings.level = 'restored';
    if (largeObjects) await requireLargeObjects(proof, archive, scratch, schema.large_objects ?? [], largeObjects);
    await restorePostData(scratch, schema).catch(withoutRowData(proof, 'metadata/schema'));
    for (const table of tables) await requireSameExport(proof, scratch, table);
    signal.throwIfAborted();
    await requireSameSchema(proof, scratch, schema);
    if (!reaches(required, 'reconciled')) return;
    findings.level = 'reconciled';
    for (const table of tables) {
      signal.throwIfAborted();
      await requireReconciled(proof, scratch, table);
    }
  });
}
