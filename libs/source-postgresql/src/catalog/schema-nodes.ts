import type { Session } from '../session.js';
import { quoteIdentifier, quoteLiteral } from '../identifiers.js';
import { catalogNode, isLasting, isOurs, type CatalogNode } from './catalog-node.js';

export interface ExtensionRow {
  oid: string;
  name: string;
  version: string;
  schema: string;
}

export async function readSchemas(session: Session): Promise<CatalogNode[]> {
  const rows = await session.query<{ oid: string; name: string; owner: string; privileges: string | null }>(
    'Reading the schemas',
    `SELECT n.oid::text, n.nspname AS name, pg_get_userbyid(n.nspowner) AS owner, n.nspacl::text AS privileges
       FROM pg_namespace n WHERE (n.nspname = 'public' OR ${isOurs('pg_namespace', 'n')}) AND ${isLasting('n')}`,
  );
  return rows.map((row) =>
    catalogNode({
      kind: 'schema',
      identity: quoteIdentifier(row.name),
      address: `pg_namespace:${row.oid}`,
      // template0 brings "public"
      statements: [`CREATE SCHEMA IF NOT EXISTS ${quoteIdentifier(row.name)}`],
      commentOn: `SCHEMA ${quoteIdentifier(row.name)}`,
      owner: row.owner,
      privileges: row.privileges,
    }),
  );
}

export const readExtensionRows = (session: Session): Promise<ExtensionRow[]> =>
  session.query<ExtensionRow>(
    'Reading the extensions',
    `SELECT x.oid::text, x.extname AS name, x.extversion AS version, n.nspname AS schema
       FROM pg_extension x JOIN pg_namespace n ON n.oid = x.extnamespace ORDER BY x.extname`,
  );

export const extensionNodes = (rows: ExtensionRow[]): CatalogNode[] =>
  rows.map((row) =>
    catalogNode({
      kind: 'extension',
      identity: quoteIdentifier(row.name),
      address: `pg_extension:${row.oid}`,
      // the scratch server's own version serves: an exact one would tie the archive to one package
      statements: [
        `CREATE EXTENSION IF NOT EXISTS ${quoteIdentifier(row.name)}${row.schema === 'pg_catalog' ? '' : ` WITH SCHEMA ${quoteIdentifier(row.schema)}`}`,
      ],
    }),
  );

interface CollationRow {
  oid: string;
  schema: string;
  name: string;
  owner: string;
  provider: string;
  collate: string | null;
  ctype: string | null;
  locale: string | null;
  rules: string | null;
  deterministic: boolean;
}

export async function readCollations(session: Session): Promise<CatalogNode[]> {
  const rows = await session.query<CollationRow>(
    'Reading the collations',
    `SELECT c.oid::text, n.nspname AS schema, c.collname AS name, pg_get_userbyid(c.collowner) AS owner, c.collprovider AS provider,
            c.collcollate AS collate, c.collctype AS ctype,
            coalesce(to_jsonb(c) ->> 'colllocale', to_jsonb(c) ->> 'colliculocale') AS locale,
            to_jsonb(c) ->> 'collicurules' AS rules, c.collisdeterministic AS deterministic
       FROM pg_collation c JOIN pg_namespace n ON n.oid = c.collnamespace
      WHERE ${isOurs('pg_collation', 'c')} AND ${isLasting('n')}`,
  );
  return rows.map((row) => {
    const identity = `${quoteIdentifier(row.schema)}.${quoteIdentifier(row.name)}`;
    return catalogNode({
      kind: 'collation',
      identity,
      address: `pg_collation:${row.oid}`,
      statements: [`CREATE COLLATION ${identity} (${collationOptions(row).join(', ')})`],
      commentOn: `COLLATION ${identity}`,
      owner: row.owner,
    });
  });
}

function collationOptions(row: CollationRow): string[] {
  const provider = { i: 'icu', b: 'builtin', c: 'libc' }[row.provider] ?? 'libc';
  const options = [`PROVIDER = ${provider}`];
  if (provider === 'libc') options.push(`LC_COLLATE = ${quoteLiteral(row.collate ?? 'C')}`, `LC_CTYPE = ${quoteLiteral(row.ctype ?? 'C')}`);
  // before 15 an ICU locale stood in collcollate
  else options.push(`LOCALE = ${quoteLiteral(row.locale ?? row.collate ?? 'und')}`);
  if (row.rules) options.push(`RULES = ${quoteLiteral(row.rules)}`);
  if (!row.deterministic) options.push('DETERMINISTIC = false');
  return options;
}
