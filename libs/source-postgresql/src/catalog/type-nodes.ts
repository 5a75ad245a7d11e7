import type { Session } from '../session.js';
import { quoteIdentifier, quoteLiteral } from '../identifiers.js';
import { at, catalogNode, collationName, isLasting, isOurs, type CatalogNode } from './catalog-node.js';

interface TypeRow {
  oid: string;
  array: string;
  relation: string;
  schema: string;
  name: string;
  owner: string;
  privileges: string | null;
  labels: string[] | null;
  base: string | null;
  base_default: string | null;
  not_null: boolean;
  collation: string | null;
  checks: { oid: string; name: string; definition: string; validated: boolean }[] | null;
  attributes: { name: string; type: string; collation: string | null }[] | null;
  subtype: string | null;
  subtype_opclass: string | null;
  subtype_diff: string | null;
  multirange: string | null;
  multirange_oid: string | null;
  multirange_array: string | null;
}

const typesSql = `
SELECT t.oid::text, t.typarray::text AS array, t.typrelid::text AS relation, n.nspname AS schema, t.typname AS name,
       pg_get_userbyid(t.typowner) AS owner, t.typacl::text AS privileges,
       (SELECT json_agg(e.enumlabel ORDER BY e.enumsortorder) FROM pg_enum e WHERE e.enumtypid = t.oid AND t.typtype = 'e') AS labels,
       CASE t.typtype WHEN 'd' THEN format_type(t.typbasetype, t.typtypmod) END AS base,
       CASE t.typtype WHEN 'd' THEN t.typdefault END AS base_default, t.typnotnull AS not_null,
       CASE WHEN t.typtype = 'd' AND t.typcollation <> b.typcollation THEN ${collationName('t.typcollation')}
            WHEN t.typtype = 'r' AND r.rngcollation <> s.typcollation THEN ${collationName('r.rngcollation')} END AS collation,
       (SELECT json_agg(json_build_object('oid', c.oid::text, 'name', c.conname, 'definition', pg_get_constraintdef(c.oid), 'validated', c.convalidated)
               ORDER BY c.conname) FROM pg_constraint c WHERE c.contypid = t.oid AND c.contype = 'c') AS checks,
       (SELECT json_agg(json_build_object('name', a.attname, 'type', format_type(a.atttypid, a.atttypmod),
               'collation', CASE WHEN a.attcollation <> at.typcollation THEN ${collationName('a.attcollation')} END) ORDER BY a.attnum)
          FROM pg_attribute a JOIN pg_type at ON at.oid = a.atttypid
         WHERE t.typtype = 'c' AND a.attrelid = t.typrelid AND a.attnum > 0 AND NOT a.attisdropped) AS attributes,
       CASE t.typtype WHEN 'r' THEN format_type(r.rngsubtype, NULL) END AS subtype,
       CASE WHEN NOT o.opcdefault THEN quote_ident(opn.nspname) || '.' || quote_ident(o.opcname) END AS subtype_opclass,
       CASE WHEN r.rngsubdiff::oid <> 0 THEN r.rngsubdiff::text END AS subtype_diff,
       m.typname AS multirange, m.oid::text AS multirange_oid, m.typarray::text AS multirange_array
  FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace
  LEFT JOIN pg_class k ON k.oid = t.typrelid
  LEFT JOIN pg_type b ON b.oid = t.typbasetype
  LEFT JOIN pg_range r ON r.rngtypid = t.oid
  LEFT JOIN pg_type s ON s.oid = r.rngsubtype
  LEFT JOIN pg_opclass o ON o.oid = r.rngsubopc
  LEFT JOIN pg_namespace opn ON opn.oid = o.opcnamespace
  LEFT JOIN pg_type m ON m.oid = (to_jsonb(r) ->> 'rngmultitypid')::oid
 WHERE ${isOurs('pg_type', 't')} AND ${isLasting('n')}
   AND (t.typtype IN ('e', 'd') OR (t.typtype = 'r' AND r.rngcanonical::oid = 0) OR (t.typtype = 'c' AND k.relkind = 'c'))`;

/** Enums, domains, composites and ranges. Base types need a C library, and ranges with a canonical function a shell type: neither is ours. */
export async function readTypes(session: Session): Promise<CatalogNode[]> {
  const rows = await session.query<TypeRow>('Reading the types', typesSql);
  return rows.map((row) => {
    const identity = `${quoteIdentifier(row.schema)}.${quoteIdentifier(row.name)}`;
    return catalogNode({
      kind: 'type',
      identity,
      address: `pg_type:${row.oid}`,
      aliases: [
        at('pg_type', row.array),
        at('pg_class', row.relation),
        at('pg_type', row.multirange_oid),
        at('pg_type', row.multirange_array),
        ...(row.checks ?? []).map((check) => at('pg_constraint', check.oid)),
      ],
      statements: typeStatements(row, identity),
      commentOn: `${row.base === null ? 'TYPE' : 'DOMAIN'} ${identity}`,
      owner: row.owner,
      privileges: row.privileges,
    });
  });
}

function typeStatements(row: TypeRow, identity: string): string[] {
  if (row.base !== null) return domainStatements(row, identity);
  if (row.subtype !== null) return [`CREATE TYPE ${identity} AS RANGE (${rangeOptions(row).join(', ')})`];
  if (row.relation !== '0') {
    const attributes = (row.attributes ?? []).map(({ name, type, collation }) => `${quoteIdentifier(name)} ${type}${collate(collation)}`);
    return [`CREATE TYPE ${identity} AS (${attributes.join(', ')})`];
  }
  return [`CREATE TYPE ${identity} AS ENUM (${(row.labels ?? []).map(quoteLiteral).join(', ')})`];
}

const collate = (collation: string | null): string => (collation === null ? '' : ` COLLATE ${collation}`);

function domainStatements(row: TypeRow, identity: string): string[] {
  const checks = (row.checks ?? []).filter((check) => check.validated);
  const parts = [
    `CREATE DOMAIN ${identity} AS ${row.base}${collate(row.collation)}`,
    ...(row.base_default === null ? [] : [`DEFAULT ${row.base_default}`]),
    ...(row.not_null ? ['NOT NULL'] : []),
    ...checks.map((check) => `CONSTRAINT ${quoteIdentifier(check.name)} ${check.definition}`),
  ];
  return [parts.join(' ')];
}

function rangeOptions(row: TypeRow): string[] {
  return [
    `SUBTYPE = ${row.subtype}`,
    ...(row.subtype_opclass === null ? [] : [`SUBTYPE_OPCLASS = ${row.subtype_opclass}`]),
    ...(row.collation === null ? [] : [`COLLATION = ${row.collation}`]),
    ...(row.subtype_diff === null ? [] : [`SUBTYPE_DIFF = ${row.subtype_diff}`]),
    ...(row.multirange === null ? [] : [`MULTIRANGE_TYPE_NAME = ${quoteIdentifier(row.schema)}.${quoteIdentifier(row.multirange)}`]),
  ];
}

/** Domain checks that were never validated: stored values may break them, so they are added after the rows. */
export async function readUnvalidatedDomainChecks(session: Session): Promise<CatalogNode[]> {
  const rows = await session.query<{ oid: string; name: string; type_oid: string; schema: string; type: string; definition: string }>(
    'Reading the checks of domains',
    `SELECT c.oid::text, c.conname AS name, t.oid::text AS type_oid, n.nspname AS schema, t.typname AS type, pg_get_constraintdef(c.oid) AS definition
       FROM pg_constraint c JOIN pg_type t ON t.oid = c.contypid JOIN pg_namespace n ON n.oid = t.typnamespace
      WHERE c.contype = 'c' AND NOT c.convalidated AND ${isOurs('pg_type', 't')}`,
  );
  return rows.map((row) => {
    const type = `${quoteIdentifier(row.schema)}.${quoteIdentifier(row.type)}`;
    return catalogNode({
      kind: 'constraint',
      identity: `${quoteIdentifier(row.name)} ON DOMAIN ${type}`,
      address: `domain_check:${row.oid}`,
      needs: [`pg_type:${row.type_oid}`],
      statements: [`ALTER DOMAIN ${type} ADD CONSTRAINT ${quoteIdentifier(row.name)} ${row.definition}`],
    });
  });
}
