import { CodedError } from '@lastcopy/kernel';
import { archivedRelations, censusIdentity, readCensus, requireReadable, type CensusRow } from './census.js';
import { qualifiedName } from './identifiers.js';
import { describeConnection } from './postgres-connection.js';
import type { Session } from './session.js';

const mostRounds = 10;

export interface LockedCensus {
  readonly census: CensusRow[];
  readonly snapshotId: string;
  /** The source's clock, ISO 8601 in UTC. */
  readonly takenAt: string;
}

/**
 * The order matters. Listing takes a snapshot; a table that is rewritten between it and the lock would look empty in it. So `locks` lists, locks
 * and lists again until nothing changed, in READ COMMITTED; only then `exporter` takes the snapshot that all copies share, and must see the same.
 * Throws SOURCE_LOCKED, SOURCE_SCHEMA_CHANGED, SOURCE_PRIVILEGE, SOURCE_ROW_SECURITY.
 */
export async function lockAndExport(locks: Session, exporter: Session, lockTimeoutMs: number): Promise<LockedCensus> {
  await locks.run('Beginning', `BEGIN ISOLATION LEVEL READ COMMITTED READ ONLY; SET LOCAL lock_timeout = ${Math.ceil(lockTimeoutMs)}`);
  let census = await readCensus(locks);
  for (let round = 0; round < mostRounds; round++) {
    requireReadable(census, locks.connection);
    await locks.run('Starting a round of locks', 'SAVEPOINT locks');
    const complete = await lockAll(locks, census);
    const again = await readCensus(locks);
    const stable = complete && censusIdentity(again) === censusIdentity(census);
    census = again;
    if (!stable) continue;
    requireReadable(census, locks.connection);
    const exported = await exportSnapshot(exporter);
    const seen = await readCensus(exporter);
    if (censusIdentity(seen) === censusIdentity(census)) return { census: seen, ...exported };
    // a table came in between: it is not locked yet
    await exporter.run('Leaving a snapshot', 'ROLLBACK');
    census = await readCensus(locks);
  }
  throw new CodedError(
    'SOURCE_SCHEMA_CHANGED',
    `Tables of ${describeConnection(locks.connection)} were created, rewritten or dropped ${mostRounds} times while they were being locked. Stop what changes them.`,
  );
}

/** False when a table vanished meanwhile: then the listing is stale, and the next round begins with a new one. */
async function lockAll(locks: Session, census: CensusRow[]): Promise<boolean> {
  const tables = archivedRelations(census).filter((row) => row.relkind !== 'S');
  if (tables.length === 0) return true;
  try {
    await locks.run(
      'Locking the tables',
      `LOCK TABLE ${tables.map((row) => `ONLY ${qualifiedName(row)}`).join(', ')} IN ACCESS SHARE MODE`,
    );
    return true;
  } catch (error) {
    if (!(error instanceof CodedError) || error.code !== 'SOURCE_SCHEMA_CHANGED') throw error;
    await locks.run('Ending a round of locks', 'ROLLBACK TO SAVEPOINT locks');
    return false;
  }
}

async function exportSnapshot(exporter: Session): Promise<{ snapshotId: string; takenAt: string }> {
  await exporter.run('Beginning', 'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
  const [row] = await exporter.query<{ id: string; at: string }>(
    'Exporting the snapshot',
    `SELECT pg_export_snapshot() AS id, to_char(statement_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS at`,
  );
  return { snapshotId: row!.id, takenAt: row!.at };
}

/** A further connection that sees exactly what the exporter sees. */
export const joinSnapshot = (session: Session, snapshotId: string): Promise<void> =>
  session.run('Joining the snapshot', `BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SET TRANSACTION SNAPSHOT '${snapshotId}'`);
