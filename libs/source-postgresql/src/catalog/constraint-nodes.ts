import type { Session } from '../session.js';
import { quoteIdentifier, qualifiedName } from '../identifiers.js';
import { at, catalogNode, isLasting, isOurs, type CatalogNode } from './catalog-node.js';

interface ConstraintRow {
  oid: string;
  schema: string;
  table: string;
  relkind: string;
  name: string;
  type: string;
  index: string;
  definition: string;
}

/** Keys, checks, exclusions and foreign keys. What a partition has only from its parent comes back with the parent's. */
export async function readConstraints(session: Session): Promise<CatalogNode[]> {
  const rows = await session.query<ConstraintRow>(
    'Reading the constraints',
    `SELECT k.oid::text, n.nspname AS schema, c.relname AS table, c.relkind, k.conname AS name, k.contype AS type,
            CASE WHEN k.contype IN ('p', 'u', 'x') THEN k.conindid ELSE 0 END::text AS index, pg_get_constraintdef(k.oid) AS definition
       FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE c.relkind IN ('r', 'p') AND c.relpersistence <> 't' AND ${isOurs('pg_class', 'c')} AND ${isLasting('n')}
        AND (k.contype IN ('p', 'u', 'x') OR (k.contype = 'c' AND k.conislocal) OR (k.contype = 'f' AND k.conparentid = 0))`,
  );
  return rows.map((row) => {
    const table = qualifiedName({ schema: row.schema, name: row.table });
    // a check reaches the heirs by itself, a foreign key the partitions; keys are made table by table and their indexes attached
    const only = row.type === 'c' || (row.type === 'f' && row.relkind === 'p') ? '' : 'ONLY ';
    return catalogNode({
      kind: row.type === 'f' ? 'foreign_key' : 'constraint',
      identity: `${quoteIdentifier(row.name)} ON ${table}`,
      address: `pg_constraint:${row.oid}`,
      aliases: [at('pg_class', row.index)],
      statements: [`ALTER TABLE ${only}${table} ADD CONSTRAINT ${quoteIdentifier(row.name)} ${row.definition}`],
      commentOn: `CONSTRAINT ${quoteIdentifier(row.name)} ON ${table}`,
    });
  });
}

interface IndexRow {
  oid: string;
  schema: string;
  name: string;
  definition: string;
}

/** An index that a failed CREATE INDEX CONCURRENTLY left behind is invalid and proves nothing: it is not made again. */
export async function readIndexes(session: Session): Promise<CatalogNode[]> {
  const rows = await session.query<IndexRow>(
    'Reading the indexes',
    `SELECT x.oid::text, n.nspname AS schema, x.relname AS name, pg_get_indexdef(x.oid) AS definition
       FROM pg_index i JOIN pg_class x ON x.oid = i.indexrelid JOIN pg_namespace n ON n.oid = x.relnamespace JOIN pg_class c ON c.oid = i.indrelid
      WHERE c.relkind IN ('r', 'p', 'm') AND x.relpersistence <> 't' AND ${isOurs('pg_class', 'c')} AND ${isLasting('n')}
        AND (i.indisvalid OR x.relkind = 'I')
        AND NOT EXISTS (SELECT FROM pg_constraint k WHERE k.conindid = x.oid AND k.contype IN ('p', 'u', 'x'))`,
  );
  return rows.map((row) =>
    catalogNode({
      kind: 'index',
      identity: qualifiedName(row),
      address: `pg_class:${row.oid}`,
      statements: [row.definition],
      commentOn: `INDEX ${qualifiedName(row)}`,
    }),
  );
}

interface AttachmentRow {
  child: string;
  child_schema: string;
  child_name: string;
  parent: string;
  parent_schema: string;
  parent_name: string;
}

export async function readIndexAttachments(session: Session): Promise<CatalogNode[]> {
  const rows = await session.query<AttachmentRow>(
    'Reading the indexes of partitions',
    `SELECT h.inhrelid::text AS child, xn.nspname AS child_schema, x.relname AS child_name,
            h.inhparent::text AS parent, pn.nspname AS parent_schema, p.relname AS parent_name
       FROM pg_inherits h JOIN pg_class x ON x.oid = h.inhrelid JOIN pg_namespace xn ON xn.oid = x.relnamespace
       JOIN pg_class p ON p.oid = h.inhparent JOIN pg_namespace pn ON pn.oid = p.relnamespace
      WHERE p.relkind = 'I' AND ${isOurs('pg_class', 'x')}`,
  );
  return rows.map((row) => {
    const parent = qualifiedName({ schema: row.parent_schema, name: row.parent_name });
    const child = qualifiedName({ schema: row.child_schema, name: row.child_name });
    return catalogNode({
      kind: 'index_attachment',
      identity: `${child} UNDER ${parent}`,
      address: `index_attachment:${row.child}`,
      needs: [`pg_class:${row.child}`, `pg_class:${row.parent}`],
      statements: [`ALTER INDEX ${parent} ATTACH PARTITION ${child}`],
    });
  });
}
