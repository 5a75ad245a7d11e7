import type { Session } from '../session.js';
import { quoteIdentifier, qualifiedName } from '../identifiers.js';
import { catalogNode, isLasting, isOurs, type CatalogNode } from './catalog-node.js';

interface AttachedRow {
  oid: string;
  schema: string;
  table: string;
  name: string;
  enabled: string;
  definition: string;
}

const firing: Record<string, string> = { D: 'DISABLE', R: 'ENABLE REPLICA', A: 'ENABLE ALWAYS' };

const firingStatements = (row: AttachedRow, what: 'TRIGGER' | 'RULE', table: string): string[] =>
  firing[row.enabled] === undefined ? [] : [`ALTER TABLE ${table} ${firing[row.enabled]} ${what} ${quoteIdentifier(row.name)}`];

/** Triggers of partitions that come from the parent's are made with it. */
export async function readTriggers(session: Session): Promise<CatalogNode[]> {
  const rows = await session.query<AttachedRow>(
    'Reading the triggers',
    `SELECT t.oid::text, n.nspname AS schema, c.relname AS table, t.tgname AS name, t.tgenabled AS enabled, pg_get_triggerdef(t.oid) AS definition
       FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE NOT t.tgisinternal AND c.relkind IN ('r', 'p', 'v') AND ${isOurs('pg_class', 'c')} AND ${isLasting('n')}
        AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_trigger'::regclass AND d.objid = t.oid AND d.refclassid = 'pg_trigger'::regclass)`,
  );
  return rows.map((row) => {
    const table = qualifiedName({ schema: row.schema, name: row.table });
    return catalogNode({
      kind: 'trigger',
      identity: `${quoteIdentifier(row.name)} ON ${table}`,
      address: `pg_trigger:${row.oid}`,
      statements: [row.definition, ...firingStatements(row, 'TRIGGER', table)],
      commentOn: `TRIGGER ${quoteIdentifier(row.name)} ON ${table}`,
    });
  });
}

export async function readRules(session: Session): Promise<CatalogNode[]> {
  const rows = await session.query<AttachedRow>(
    'Reading the rules',
    `SELECT r.oid::text, n.nspname AS schema, c.relname AS table, r.rulename AS name, r.ev_enabled AS enabled, pg_get_ruledef(r.oid) AS definition
       FROM pg_rewrite r JOIN pg_class c ON c.oid = r.ev_class JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE r.rulename <> '_RETURN' AND ${isOurs('pg_class', 'c')} AND ${isLasting('n')}`,
  );
  return rows.map((row) => {
    const table = qualifiedName({ schema: row.schema, name: row.table });
    return catalogNode({
      kind: 'rule',
      identity: `${quoteIdentifier(row.name)} ON ${table}`,
      address: `pg_rewrite:${row.oid}`,
      statements: [row.definition.replace(/;\s*$/, ''), ...firingStatements(row, 'RULE', table)],
      commentOn: `RULE ${quoteIdentifier(row.name)} ON ${table}`,
    });
  });
}

export async function readStatistics(session: Session): Promise<CatalogNode[]> {
  const rows = await session.query<{ oid: string; schema: string; name: string; definition: string }>(
    'Reading the extended statistics',
    `SELECT s.oid::text, n.nspname AS schema, s.stxname AS name, pg_get_statisticsobjdef(s.oid) AS definition
       FROM pg_statistic_ext s JOIN pg_namespace n ON n.oid = s.stxnamespace WHERE ${isOurs('pg_statistic_ext', 's')} AND ${isLasting('n')}`,
  );
  return rows.map((row) =>
    catalogNode({
      kind: 'statistics',
      identity: qualifiedName(row),
      address: `pg_statistic_ext:${row.oid}`,
      statements: [row.definition],
      commentOn: `STATISTICS ${qualifiedName(row)}`,
    }),
  );
}
