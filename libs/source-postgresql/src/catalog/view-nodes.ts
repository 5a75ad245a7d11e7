import type { Session } from '../session.js';
import { quoteIdentifier, quoteLiteral, qualifiedName } from '../identifiers.js';
import { at, catalogNode, isLasting, isOurs, type CatalogNode } from './catalog-node.js';
import { defaultNode, relationOption } from './table-nodes.js';

interface ViewRow {
  oid: string;
  row_type: string;
  row_type_array: string;
  rewrite: string;
  schema: string;
  name: string;
  materialized: boolean;
  populated: boolean;
  definition: string;
  options: string[] | null;
  owner: string;
  privileges: string | null;
  columns: { name: string; type: string; comment: string | null; attrdef: string | null; expression: string | null }[];
}

const viewsSql = `
SELECT c.oid::text, c.reltype::text AS row_type, t.typarray::text AS row_type_array, r.oid::text AS rewrite, n.nspname AS schema, c.relname AS name,
       c.relkind = 'm' AS materialized, c.relispopulated AS populated, pg_get_viewdef(c.oid) AS definition, c.reloptions AS options,
       pg_get_userbyid(c.relowner) AS owner, c.relacl::text AS privileges,
       coalesce((SELECT json_agg(json_build_object('name', a.attname, 'type', format_type(a.atttypid, a.atttypmod), 'comment', col_description(c.oid, a.attnum), 'attrdef', d.oid::text,
                 'expression', pg_get_expr(d.adbin, d.adrelid)) ORDER BY a.attnum)
          FROM pg_attribute a LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
         WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped), '[]') AS columns
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_type t ON t.oid = c.reltype
  JOIN pg_rewrite r ON r.ev_class = c.oid AND r.rulename = '_RETURN'
 WHERE c.relkind IN ('v', 'm') AND c.relpersistence <> 't' AND ${isOurs('pg_class', 'c')} AND ${isLasting('n')}`;

export async function readViews(session: Session): Promise<CatalogNode[]> {
  const rows = await session.query<ViewRow>('Reading the views', viewsSql);
  return rows.flatMap((row) => [
    viewNode(row),
    ...row.columns
      .filter((column) => column.attrdef !== null)
      .map((column) => defaultNode(row, column.name, column.attrdef!, column.expression!)),
    ...(row.materialized && row.populated ? [refreshNode(row)] : []),
  ]);
}

function viewNode(row: ViewRow): CatalogNode {
  const identity = qualifiedName(row);
  const kind = row.materialized ? 'MATERIALIZED VIEW' : 'VIEW';
  const options = row.options === null ? '' : ` WITH (${row.options.map(relationOption).join(', ')})`;
  const query = row.definition.replace(/;\s*$/, '');
  return catalogNode({
    kind: row.materialized ? 'materialized_view' : 'view',
    identity,
    address: `pg_class:${row.oid}`,
    aliases: [at('pg_type', row.row_type), at('pg_type', row.row_type_array), at('pg_rewrite', row.rewrite)],
    statements: [
      `CREATE ${kind} ${identity}${options} AS\n${query}${row.materialized ? '\nWITH NO DATA' : ''}`,
      ...row.columns
        .filter((column) => column.comment !== null)
        .map((column) => `COMMENT ON COLUMN ${identity}.${quoteIdentifier(column.name)} IS ${quoteLiteral(column.comment!)}`),
    ],
    commentOn: `${kind} ${identity}`,
    signature: JSON.stringify(row.columns.map(({ name, type }) => [name, type])),
    owner: row.owner,
    privileges: row.privileges,
  });
}

const refreshNode = (row: ViewRow): CatalogNode =>
  catalogNode({
    kind: 'refresh',
    identity: qualifiedName(row),
    address: `refresh:${row.oid}`,
    needs: [`pg_class:${row.oid}`],
    statements: [`REFRESH MATERIALIZED VIEW ${qualifiedName(row)}`],
  });
