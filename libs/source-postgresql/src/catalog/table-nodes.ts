import { quoteIdentifier, quoteLiteral, qualifiedName } from '../identifiers.js';
import { at, catalogNode, type CatalogNode } from './catalog-node.js';
import type { ColumnRow, TableRow } from './table-rows.js';

const storageNames: Record<string, string> = { p: 'PLAIN', e: 'EXTERNAL', x: 'EXTENDED', m: 'MAIN' };
const compressionNames: Record<string, string> = { p: 'pglz', l: 'lz4' };

/**
 * A table, its place in a hierarchy and its defaults are nodes of their own. Every table is made alone with all its columns and then attached:
 * made with INHERITS or PARTITION OF its columns could stand in another order than in the source, and its rows would read differently.
 */
export const tableNodes = (rows: TableRow[]): CatalogNode[] =>
  rows.flatMap((row) => [tableNode(row), ...hierarchyNodes(row), ...defaultNodes(row), ...unvalidatedNotNullNodes(row)]);

function tableNode(row: TableRow): CatalogNode {
  const identity = qualifiedName(row);
  const columns = row.columns ?? [];
  return catalogNode({
    kind: 'table',
    identity,
    address: `pg_class:${row.oid}`,
    aliases: [
      at('pg_type', row.row_type),
      at('pg_type', row.row_type_array),
      ...columns.map((column) => (column.generated === '' ? null : at('pg_attrdef', column.attrdef))),
    ],
    statements: [createTable(row, identity), ...columns.flatMap((column) => columnSettings(column, identity))],
    commentOn: `TABLE ${identity}`,
    owner: row.owner,
    privileges: row.privileges,
  });
}

function createTable(row: TableRow, identity: string): string {
  const unlogged = row.persistence === 'u' ? 'UNLOGGED ' : '';
  const columns = (row.columns ?? []).map(columnDefinition);
  const partitioning = row.partition_key === null ? '' : ` PARTITION BY ${row.partition_key}`;
  const options = row.options === null ? '' : ` WITH (${row.options.map(relationOption).join(', ')})`;
  return `CREATE ${unlogged}TABLE ${identity} (${columns.length === 0 ? '' : `\n  ${columns.join(',\n  ')}\n`})${partitioning}${options}`;
}

export const relationOption = (option: string): string => {
  const [name, ...value] = option.split('=');
  return `${name!.split('.').map(quoteIdentifier).join('.')} = ${quoteLiteral(value.join('='))}`;
};

function columnDefinition(column: ColumnRow): string {
  const collation = column.collation === null ? '' : ` COLLATE ${column.collation}`;
  const kind = { s: 'STORED', v: 'VIRTUAL' }[column.generated];
  const generated = kind === undefined ? '' : ` GENERATED ALWAYS AS (${column.expression}) ${kind}`;
  return `${quoteIdentifier(column.name)} ${column.type}${collation}${generated}${notNull(column)}`;
}

function notNull(column: ColumnRow): string {
  const constraint = column.not_null_constraint;
  if (constraint === null) return column.not_null ? ' NOT NULL' : '';
  if (!constraint.validated) return '';
  return ` CONSTRAINT ${quoteIdentifier(constraint.name)} NOT NULL${constraint.no_inherit ? ' NO INHERIT' : ''}`;
}

function columnSettings(column: ColumnRow, table: string): string[] {
  const alter = `ALTER TABLE ONLY ${table} ALTER COLUMN ${quoteIdentifier(column.name)}`;
  const storage = column.storage === null ? undefined : storageNames[column.storage];
  const compression = column.compression === null ? undefined : compressionNames[column.compression];
  return [
    ...(storage === undefined ? [] : [`${alter} SET STORAGE ${storage}`]),
    ...(compression === undefined ? [] : [`${alter} SET COMPRESSION ${compression}`]),
    ...(column.comment === null ? [] : [`COMMENT ON COLUMN ${table}.${quoteIdentifier(column.name)} IS ${quoteLiteral(column.comment)}`]),
  ];
}

function hierarchyNodes(row: TableRow): CatalogNode[] {
  const child = qualifiedName(row);
  return (row.parents ?? []).map((parent, place) => {
    const above = qualifiedName(parent);
    return catalogNode({
      kind: 'inheritance',
      identity: `${child} UNDER ${above}`,
      address: `pg_inherits:${row.oid}/${place}`,
      // a second parent comes after the first: the order of the parents is part of the schema
      needs: [`pg_class:${row.oid}`, `pg_class:${parent.oid}`, place === 0 ? null : `pg_inherits:${row.oid}/${place - 1}`],
      statements: [
        row.is_partition
          ? `ALTER TABLE ONLY ${above} ATTACH PARTITION ${child} ${row.bound}`
          : `ALTER TABLE ONLY ${child} INHERIT ${above}`,
      ],
    });
  });
}

const defaultNodes = (row: TableRow): CatalogNode[] =>
  (row.columns ?? [])
    .filter((column) => column.generated === '' && column.attrdef !== null)
    .map((column) => defaultNode(row, column.name, column.attrdef!, column.expression!));

export function defaultNode(relation: { oid: string; schema: string; name: string }, column: string, attrdef: string, expression: string) {
  const target = `${qualifiedName(relation)} ALTER COLUMN ${quoteIdentifier(column)}`;
  return catalogNode({
    kind: 'default',
    identity: `${qualifiedName(relation)}.${quoteIdentifier(column)}`,
    address: `pg_attrdef:${attrdef}`,
    needs: [`pg_class:${relation.oid}`],
    statements: [`ALTER TABLE ONLY ${target} SET DEFAULT ${expression}`],
  });
}

const unvalidatedNotNullNodes = (row: TableRow): CatalogNode[] =>
  (row.columns ?? [])
    .filter((column) => column.not_null_constraint?.validated === false)
    .map((column) => {
      const { name, no_inherit } = column.not_null_constraint!;
      const constraint = `CONSTRAINT ${quoteIdentifier(name)} NOT NULL ${quoteIdentifier(column.name)}${no_inherit ? ' NO INHERIT' : ''} NOT VALID`;
      return catalogNode({
        kind: 'constraint',
        identity: `${quoteIdentifier(name)} ON ${qualifiedName(row)}`,
        address: `not_null:${row.oid}/${column.number}`,
        needs: [`pg_class:${row.oid}`],
        statements: [`ALTER TABLE ${qualifiedName(row)} ADD ${constraint}`],
      });
    });
