import type { Session } from '../session.js';
import { collationName, isLasting, isOurs } from './catalog-node.js';

export interface ColumnRow {
  number: number;
  name: string;
  type: string;
  not_null: boolean;
  /** From version 18 a NOT NULL has a name and may be NO INHERIT or NOT VALID. */
  not_null_constraint: { name: string; no_inherit: boolean; validated: boolean } | null;
  expression: string | null;
  attrdef: string | null;
  generated: string;
  identity: string;
  collation: string | null;
  storage: string | null;
  compression: string | null;
  comment: string | null;
}

export interface TableRow {
  oid: string;
  row_type: string;
  row_type_array: string;
  schema: string;
  name: string;
  relkind: string;
  persistence: string;
  is_partition: boolean;
  options: string[] | null;
  owner: string;
  privileges: string | null;
  row_security: boolean;
  force_row_security: boolean;
  partition_key: string | null;
  bound: string | null;
  parents: { oid: string; schema: string; name: string }[] | null;
  primary_key: string[] | null;
  policies: string[] | null;
  comment: string | null;
  columns: ColumnRow[] | null;
}

const columnsSql = `
(SELECT json_agg(json_build_object('number', a.attnum, 'name', a.attname, 'type', format_type(a.atttypid, a.atttypmod), 'not_null', a.attnotnull,
        'not_null_constraint', (SELECT json_build_object('name', nn.conname, 'no_inherit', nn.connoinherit, 'validated', nn.convalidated)
           FROM pg_constraint nn WHERE nn.conrelid = c.oid AND nn.contype = 'n' AND nn.conkey = ARRAY[a.attnum]),
        'expression', pg_get_expr(d.adbin, d.adrelid), 'attrdef', d.oid::text, 'generated', a.attgenerated, 'identity', a.attidentity,
        'collation', CASE WHEN a.attcollation <> t.typcollation THEN ${collationName('a.attcollation')} END,
        'storage', CASE WHEN a.attstorage <> t.typstorage THEN a.attstorage END, 'compression', nullif(to_jsonb(a) ->> 'attcompression', ''),
        'comment', col_description(c.oid, a.attnum)) ORDER BY a.attnum)
   FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
  WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped)`;

const policiesSql = `
(SELECT json_agg('CREATE POLICY ' || quote_ident(p.polname) || ' AS ' || CASE WHEN p.polpermissive THEN 'PERMISSIVE' ELSE 'RESTRICTIVE' END
        || ' FOR ' || CASE p.polcmd WHEN 'r' THEN 'SELECT' WHEN 'a' THEN 'INSERT' WHEN 'w' THEN 'UPDATE' WHEN 'd' THEN 'DELETE' ELSE 'ALL' END
        || ' TO ' || (SELECT string_agg(CASE WHEN r = 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(r)) END, ', ') FROM unnest(p.polroles) r)
        || coalesce(' USING (' || pg_get_expr(p.polqual, p.polrelid) || ')', '')
        || coalesce(' WITH CHECK (' || pg_get_expr(p.polwithcheck, p.polrelid) || ')', '') ORDER BY p.polname)
   FROM pg_policy p WHERE p.polrelid = c.oid)`;

/** Plain and partitioned tables with their columns; temporary ones end with their session. */
export const readTableRows = (session: Session): Promise<TableRow[]> =>
  session.query<TableRow>(
    'Reading the tables',
    `SELECT c.oid::text, c.reltype::text AS row_type, rt.typarray::text AS row_type_array, n.nspname AS schema, c.relname AS name, c.relkind,
            c.relpersistence AS persistence, c.relispartition AS is_partition, c.reloptions AS options, pg_get_userbyid(c.relowner) AS owner,
            c.relacl::text AS privileges, c.relrowsecurity AS row_security, c.relforcerowsecurity AS force_row_security,
            pg_get_partkeydef(c.oid) AS partition_key, pg_get_expr(c.relpartbound, c.oid) AS bound,
            (SELECT json_agg(json_build_object('oid', i.inhparent::text, 'schema', pn.nspname, 'name', pc.relname) ORDER BY i.inhseqno)
               FROM pg_inherits i JOIN pg_class pc ON pc.oid = i.inhparent JOIN pg_namespace pn ON pn.oid = pc.relnamespace WHERE i.inhrelid = c.oid) AS parents,
            (SELECT json_agg(a.attname ORDER BY k.place) FROM pg_constraint pk, unnest(pk.conkey) WITH ORDINALITY k (number, place), pg_attribute a
              WHERE pk.conrelid = c.oid AND pk.contype = 'p' AND a.attrelid = c.oid AND a.attnum = k.number) AS primary_key,
            ${policiesSql} AS policies, obj_description(c.oid, 'pg_class') AS comment, ${columnsSql} AS columns
       FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace LEFT JOIN pg_type rt ON rt.oid = c.reltype
      WHERE c.relkind IN ('r', 'p') AND c.relpersistence <> 't' AND ${isOurs('pg_class', 'c')} AND ${isLasting('n')}
      ORDER BY n.nspname COLLATE "C", c.relname COLLATE "C"`,
  );
