import { qualifiedName } from './identifiers.js';
import type { PostgresConnection } from './postgres-connection.js';
import type { TableRef } from './schema-document.js';
import { withSession, type Session } from './session.js';
import { probed } from './watchdog.js';
import { namingWidestValue } from './widest-value.js';

export interface ContentHash {
  readonly rows: number;
  /** A whole number in decimal digits; the order of the rows does not matter, generated columns count. */
  readonly hash: string;
  /** What was asked, for the manifest. It depends on the pinned settings, the encoding and the locale. */
  readonly query: string;
}

/** `(r.*)::text` is the whole row whatever its columns are called; a column named like an alias would else be taken for it. */
export const contentHashQuery = (table: Pick<TableRef, 'schema' | 'name'>): string =>
  `SELECT count(*)::text AS rows, coalesce(sum(hashtextextended((r.*)::text COLLATE "C", 0)::numeric), 0)::text AS hash FROM ONLY ${qualifiedName(table)} AS r`;

export async function contentHashOn(
  session: Session,
  table: Pick<TableRef, 'schema' | 'name'>,
  inactivityMs: number,
): Promise<ContentHash> {
  const query = contentHashQuery(table);
  const [row] = await probed(session, inactivityMs, () =>
    session.query<{ rows: string; hash: string }>(`Hashing ${qualifiedName(table)}`, query),
  ).catch(async (error: unknown) => {
    throw await namingWidestValue(error, session, table);
  });
  return { rows: Number(row!.rows), hash: row!.hash, query };
}

export async function countOn(session: Session, table: Pick<TableRef, 'schema' | 'name'>, inactivityMs: number): Promise<number> {
  const [row] = await probed(session, inactivityMs, () =>
    session.query<{ rows: string }>(`Counting ${qualifiedName(table)}`, `SELECT count(*)::text AS rows FROM ONLY ${qualifiedName(table)}`),
  );
  return Number(row!.rows);
}

/** The same hash over another database, for instance a restored one. */
export const contentHash = (
  connection: PostgresConnection,
  table: Pick<TableRef, 'schema' | 'name'>,
  inactivityMs = 60_000,
): Promise<ContentHash> => withSession(connection, (session) => contentHashOn(session, table, inactivityMs));
