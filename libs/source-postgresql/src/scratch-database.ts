import { CodedError } from '@lastcopy/kernel';
import { quoteIdentifier, quoteLiteral } from './identifiers.js';
import { describeConnection, type PostgresConnection } from './postgres-connection.js';
import { restoreError } from './restore-errors.js';
import type { SchemaDocument } from './schema-document.js';
import { withSession } from './session.js';

/**
 * Makes an empty database with the source's encoding and locale (a content hash and the order of an index depend on them), from template0.
 * `admin` is a role that may create databases, connected to any other one. Answers the connection to the new one.
 * Throws RESTORE_FAILED, for instance when the server lacks the locale.
 */
export async function createScratchDatabase(
  admin: PostgresConnection,
  name: string,
  schema: Pick<SchemaDocument, 'encoding' | 'locale'>,
): Promise<PostgresConnection> {
  const doing = `Creating the database ${quoteIdentifier(name)} with encoding ${schema.encoding} and locale ${schema.locale.collate}`;
  await withSession(admin, async (session) => {
    try {
      await session.run(
        doing,
        `CREATE DATABASE ${quoteIdentifier(name)} TEMPLATE template0 ${localeOptions(schema, session.serverVersionNum)}`,
      );
    } catch (error) {
      throw restoreError(error, admin, doing);
    }
  });
  return { ...admin, database: name };
}

function localeOptions({ encoding, locale }: Pick<SchemaDocument, 'encoding' | 'locale'>, serverVersionNum: number): string {
  const options = [
    `ENCODING ${quoteLiteral(encoding)}`,
    `LC_COLLATE ${quoteLiteral(locale.collate)}`,
    `LC_CTYPE ${quoteLiteral(locale.ctype)}`,
  ];
  if (serverVersionNum >= 150000) options.push(`LOCALE_PROVIDER ${locale.provider}`);
  if (locale.provider === 'icu') options.push(`ICU_LOCALE ${quoteLiteral(locale.icu_locale ?? 'und')}`);
  if (locale.provider === 'builtin') options.push(`BUILTIN_LOCALE ${quoteLiteral(locale.icu_locale ?? 'C')}`);
  if (locale.icu_rules !== undefined) options.push(`ICU_RULES ${quoteLiteral(locale.icu_rules)}`);
  return options.join(' ');
}

/** Drops a scratch database with whoever is still connected to it; one that is not there is no error. */
export async function dropDatabase(admin: PostgresConnection, name: string): Promise<void> {
  await withSession(admin, async (session) => {
    const force = session.serverVersionNum >= 130000;
    if (!force) {
      await session.query('Disconnecting others', 'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1', [name]);
    }
    await session.run(
      `Dropping the database ${quoteIdentifier(name)}`,
      `DROP DATABASE IF EXISTS ${quoteIdentifier(name)}${force ? ' WITH (FORCE)' : ''}`,
    );
  });
}

/** Throws RESTORE_TARGET_NOT_EMPTY naming some of what is there: a restore never mixes with other data. */
export const assertEmptyDatabase = (connection: PostgresConnection): Promise<void> =>
  withSession(connection, async (session) => {
    const rows = await session.query<{ name: string }>(
      'Looking for objects',
      `SELECT pg_describe_object(x.classid, x.oid, 0) AS name FROM (
         SELECT 'pg_class'::regclass AS classid, oid FROM pg_class WHERE oid >= 16384 AND relkind NOT IN ('i', 'I', 't')
         UNION ALL SELECT 'pg_proc'::regclass, oid FROM pg_proc WHERE oid >= 16384
         UNION ALL SELECT 'pg_type'::regclass, oid FROM pg_type WHERE oid >= 16384 AND typrelid = 0 AND typelem = 0
         UNION ALL SELECT 'pg_namespace'::regclass, oid FROM pg_namespace WHERE oid >= 16384 AND nspname !~ '^pg_(temp|toast)'
         UNION ALL SELECT 'pg_largeobject'::regclass, oid FROM pg_largeobject_metadata) x LIMIT 5`,
    );
    if (rows.length === 0) return;
    throw new CodedError(
      'RESTORE_TARGET_NOT_EMPTY',
      `${describeConnection(connection)} is not empty: it holds ${rows.map((row) => row.name).join(', ')}. Create a new database for the restore.`,
    );
  });
