import type { Session } from '../session.js';
import { quoteIdentifier, qualifiedName } from '../identifiers.js';
import type { SequenceDescription } from '../schema-document.js';
import { catalogNode, isLasting, isOurs, type CatalogNode } from './catalog-node.js';

export interface SequenceRow {
  oid: string;
  schema: string;
  name: string;
  type: string;
  start: string;
  increment: string;
  minimum: string;
  maximum: string;
  cache: string;
  cycle: boolean;
  persistence: string;
  owner: string;
  privileges: string | null;
  /** `i` an identity column's, `a` a serial column's */
  link: string | null;
  table_oid: string | null;
  table_schema: string | null;
  table_name: string | null;
  column_name: string | null;
  identity: string | null;
}

export const readSequenceRows = (session: Session): Promise<SequenceRow[]> =>
  session.query<SequenceRow>(
    'Reading the sequences',
    `SELECT c.oid::text, n.nspname AS schema, c.relname AS name, format_type(s.seqtypid, NULL) AS type, s.seqstart::text AS start,
            s.seqincrement::text AS increment, s.seqmin::text AS minimum, s.seqmax::text AS maximum, s.seqcache::text AS cache, s.seqcycle AS cycle,
            c.relpersistence AS persistence, pg_get_userbyid(c.relowner) AS owner, c.relacl::text AS privileges,
            d.deptype AS link, t.oid::text AS table_oid, tn.nspname AS table_schema, t.relname AS table_name, a.attname AS column_name, a.attidentity AS identity
       FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_sequence s ON s.seqrelid = c.oid
       LEFT JOIN pg_depend d ON d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.objsubid = 0
             AND d.refclassid = 'pg_class'::regclass AND d.refobjsubid > 0 AND d.deptype IN ('a', 'i')
       LEFT JOIN pg_class t ON t.oid = d.refobjid LEFT JOIN pg_namespace tn ON tn.oid = t.relnamespace
       LEFT JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = d.refobjsubid
      WHERE c.relkind = 'S' AND c.relpersistence <> 't' AND ${isOurs('pg_class', 'c')} AND ${isLasting('n')}
      ORDER BY n.nspname COLLATE "C", c.relname COLLATE "C"`,
  );

const ownerColumn = (row: SequenceRow): string | undefined =>
  row.link === null
    ? undefined
    : `${qualifiedName({ schema: row.table_schema!, name: row.table_name! })}.${quoteIdentifier(row.column_name!)}`;

export const describeSequence = (row: SequenceRow): SequenceDescription => ({
  schema: row.schema,
  name: row.name,
  type: row.type,
  start: row.start,
  increment: row.increment,
  minimum: row.minimum,
  maximum: row.maximum,
  cache: row.cache,
  cycle: row.cycle,
  unlogged: row.persistence === 'u',
  ...(row.link === null ? {} : { owned_by: ownerColumn(row)! }),
  identity: row.link === 'i',
});

const sequenceOptions = (row: SequenceRow): string =>
  `START WITH ${row.start} INCREMENT BY ${row.increment} MINVALUE ${row.minimum} MAXVALUE ${row.maximum} CACHE ${row.cache}${row.cycle ? ' CYCLE' : ' NO CYCLE'}`;

export const sequenceNodes = (rows: SequenceRow[]): CatalogNode[] =>
  rows.flatMap((row) => (row.link === 'i' ? [identityNode(row)] : [sequenceNode(row), ...(row.link === 'a' ? [ownedByNode(row)] : [])]));

function sequenceNode(row: SequenceRow): CatalogNode {
  const identity = qualifiedName(row);
  const unlogged = row.persistence === 'u' ? 'UNLOGGED ' : '';
  return catalogNode({
    kind: 'sequence',
    identity,
    address: `pg_class:${row.oid}`,
    statements: [`CREATE ${unlogged}SEQUENCE ${identity} AS ${row.type} ${sequenceOptions(row)}`],
    commentOn: `SEQUENCE ${identity}`,
    owner: row.owner,
    privileges: row.privileges,
  });
}

const ownedByNode = (row: SequenceRow): CatalogNode =>
  catalogNode({
    kind: 'sequence_owner',
    identity: qualifiedName(row),
    address: `sequence_owner:${row.oid}`,
    needs: [`pg_class:${row.oid}`, `pg_class:${row.table_oid}`],
    statements: [`ALTER SEQUENCE ${qualifiedName(row)} OWNED BY ${ownerColumn(row)}`],
  });

function identityNode(row: SequenceRow): CatalogNode {
  const table = qualifiedName({ schema: row.table_schema!, name: row.table_name! });
  const always = row.identity === 'a' ? 'ALWAYS' : 'BY DEFAULT';
  const options = `SEQUENCE NAME ${qualifiedName(row)} ${sequenceOptions(row)}`;
  return catalogNode({
    kind: 'identity',
    identity: ownerColumn(row)!,
    address: `pg_class:${row.oid}`,
    needs: [`pg_class:${row.table_oid}`],
    statements: [`ALTER TABLE ${table} ALTER COLUMN ${quoteIdentifier(row.column_name!)} ADD GENERATED ${always} AS IDENTITY (${options})`],
    commentOn: `SEQUENCE ${qualifiedName(row)}`,
  });
}
