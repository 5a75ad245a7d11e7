import { CodedError } from '@lastcopy/kernel';
import { qualifiedName, quoteIdentifier } from './identifiers.js';
import { describeConnection, type PostgresConnection } from './postgres-connection.js';
import type { ExcludedRelation } from './schema-document.js';
import type { Session } from './session.js';

/** A relation that holds rows or values, as pg_class knows it: information_schema would hide what the role may not see. */
export interface CensusRow {
  [column: string]: unknown;
  oid: string;
  relfilenode: string;
  relkind: string;
  persistence: string;
  schema: string;
  name: string;
  extension: string | null;
  is_configuration: boolean;
  may_use_schema: boolean;
  may_select: boolean;
  filtered: boolean;
}

export const readCensus = (session: Session): Promise<CensusRow[]> =>
  session.query<CensusRow>(
    'Listing the relations',
    `SELECT c.oid::text, c.relfilenode::text, c.relkind, c.relpersistence AS persistence, n.nspname AS schema, c.relname AS name,
            x.extname AS extension, coalesce(c.oid = ANY (x.extconfig), false) AS is_configuration,
            has_schema_privilege(n.oid, 'USAGE') AS may_use_schema,
            CASE c.relkind WHEN 'S' THEN has_sequence_privilege(c.oid, 'SELECT') ELSE has_table_privilege(c.oid, 'SELECT') END AS may_select,
            c.relkind IN ('r', 'p') AND row_security_active(c.oid) AS filtered
       FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
       LEFT JOIN pg_depend d ON d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e' AND d.refclassid = 'pg_extension'::regclass
       LEFT JOIN pg_extension x ON x.oid = d.refobjid
      WHERE c.relkind IN ('r', 'p', 'm', 'f', 'S') AND c.oid >= 16384 AND n.nspname <> 'pg_toast'
      ORDER BY n.nspname COLLATE "C", c.relname COLLATE "C"`,
  );

function reasonToExclude(row: CensusRow): string | undefined {
  if (row.persistence === 't') return 'temporary: it belongs to one session and ends with it';
  if (row.relkind === 'f') return 'foreign table: its rows lie in another system, which must be archived by itself';
  if (row.extension !== null && row.is_configuration) {
    return `configuration table of the extension ${row.extension}: recreated by it, rows that were added are not archived`;
  }
  if (row.extension !== null) return `belongs to the extension ${row.extension}, which recreates it`;
  if (row.relkind === 'm') return 'materialised view: recreated and refreshed from its query';
  return undefined;
}

const kindNames: Record<string, string> = { r: 'table', p: 'partitioned table', m: 'materialised view', f: 'foreign table', S: 'sequence' };

export const excludedRelations = (census: CensusRow[]): ExcludedRelation[] =>
  census.flatMap((row) => {
    const reason = reasonToExclude(row);
    return reason === undefined ? [] : [{ kind: kindNames[row.relkind] ?? row.relkind, schema: row.schema, name: row.name, reason }];
  });

export const archivedRelations = (census: CensusRow[]): CensusRow[] => census.filter((row) => reasonToExclude(row) === undefined);

/** What must not differ between two listings. Other sessions' temporary tables come and go, a sequence's restart is no change of the schema. */
export const censusIdentity = (census: CensusRow[]): string =>
  JSON.stringify(
    census
      .filter((row) => row.persistence !== 't' && row.relkind !== 'S' && row.relkind !== 'm')
      .map(({ oid, relfilenode, relkind, schema, name }) => [oid, relfilenode, relkind, schema, name]),
  );

/** Throws SOURCE_PRIVILEGE with the grants that mend it, or SOURCE_ROW_SECURITY with the tables that would be read in part. */
export function requireReadable(census: CensusRow[], connection: PostgresConnection): void {
  const wanted = archivedRelations(census);
  const unreadable = wanted.filter((row) => !row.may_use_schema || !row.may_select);
  if (unreadable.length > 0) throw privilegeError(unreadable, connection);
  const filtered = wanted.filter((row) => row.filtered).map(qualifiedName);
  if (filtered.length === 0) return;
  throw new CodedError(
    'SOURCE_ROW_SECURITY',
    `Row security hides rows of ${filtered.join(', ')} from role "${connection.user}" in ${describeConnection(connection)}. Run: ALTER ROLE ${quoteIdentifier(connection.user)} BYPASSRLS`,
    { details: { tables: filtered } },
  );
}

function privilegeError(unreadable: CensusRow[], connection: PostgresConnection): CodedError {
  const role = quoteIdentifier(connection.user);
  const schemas = [...new Set(unreadable.filter((row) => !row.may_use_schema).map((row) => quoteIdentifier(row.schema)))];
  const named = (sequences: boolean) =>
    unreadable.filter((row) => !row.may_select && (row.relkind === 'S') === sequences).map((row) => qualifiedName(row));
  const [tables, sequences] = [named(false), named(true)];
  const grants = [
    ...schemas.map((schema) => `GRANT USAGE ON SCHEMA ${schema} TO ${role}`),
    ...(tables.length > 0 ? [`GRANT SELECT ON TABLE ${tables.join(', ')} TO ${role}`] : []),
    ...(sequences.length > 0 ? [`GRANT SELECT ON SEQUENCE ${sequences.join(', ')} TO ${role}`] : []),
  ];
  const names = unreadable.map(qualifiedName);
  return new CodedError(
    'SOURCE_PRIVILEGE',
    `Role "${connection.user}" may not read ${names.join(', ')} in ${describeConnection(connection)}. Run: ${grants.join('; ')}`,
    { details: { tables: names, grants } },
  );
}
