import { excludedRelations, archivedRelations, readCensus, requireReadable } from './census.js';
import type { PostgresConnection } from './postgres-connection.js';
import { withSession, type Session } from './session.js';

export interface SourceDiagnosis {
  readonly server_version: string;
  readonly database: string;
  readonly size_bytes: number;
  /** Relations that hold rows and would be archived. */
  readonly tables: number;
  readonly encoding: string;
  readonly locale: string;
  readonly warnings: string[];
}

/**
 * Tells before an export whether it could succeed.
 * Throws SOURCE_UNREACHABLE, SOURCE_AUTHENTICATION, SOURCE_DATABASE_MISSING, SOURCE_PRIVILEGE (with the grants that mend it),
 * SOURCE_ROW_SECURITY or SOURCE_UNSUPPORTED.
 */
export const diagnose = (connection: PostgresConnection): Promise<SourceDiagnosis> =>
  withSession(connection, async (session) => {
    const census = await readCensus(session);
    requireReadable(census, connection);
    const [row] = await session.query<{ database: string; size: string; locale: string; recovering: boolean }>(
      'Reading the database',
      `SELECT d.datname AS database, pg_database_size(d.oid)::text AS size, d.datcollate AS locale, pg_is_in_recovery() AS recovering
         FROM pg_database d WHERE d.datname = current_database()`,
    );
    const excluded = excludedRelations(census).filter(
      (relation) => relation.kind === 'foreign table' || /^configuration/.test(relation.reason),
    );
    return {
      server_version: session.serverVersion,
      database: row!.database,
      size_bytes: Number(row!.size),
      tables: archivedRelations(census).filter((relation) => relation.relkind === 'r').length,
      encoding: session.serverEncoding,
      locale: row!.locale,
      warnings: [
        ...excluded.map((relation) => `"${relation.schema}"."${relation.name}" is not archived: ${relation.reason}.`),
        ...(await sourceWarnings(session, row!.recovering)),
      ],
    };
  });

async function sourceWarnings(session: Session, recovering: boolean): Promise<string[]> {
  const [row] = await session.query<{ prepared: string }>(
    'Looking for prepared transactions',
    'SELECT count(*)::text AS prepared FROM pg_prepared_xacts WHERE database = current_database()',
  );
  return [
    ...(recovering ? ['The server is a standby: long copies may be cancelled by replication; archive from the primary.'] : []),
    ...(session.serverEncoding === 'SQL_ASCII' ? ['The encoding is SQL_ASCII: text is archived as the bytes that it is.'] : []),
    ...(row!.prepared === '0'
      ? []
      : [`${row!.prepared} prepared transactions are neither committed nor rolled back; their rows are not seen.`]),
  ];
}
