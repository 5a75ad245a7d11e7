import type { Session } from '../session.js';
import { quoteLiteral } from '../identifiers.js';
import { catalogNode, isLasting, isOurs, type CatalogNode } from './catalog-node.js';

interface FunctionRow {
  oid: string;
  identity: string;
  prokind: string;
  definition: string | null;
  owner: string;
  privileges: string | null;
}

export async function readFunctions(session: Session): Promise<CatalogNode[]> {
  const rows = await session.query<FunctionRow>(
    'Reading the functions',
    `SELECT p.oid::text, quote_ident(n.nspname) || '.' || quote_ident(p.proname) || '(' || pg_get_function_identity_arguments(p.oid) || ')' AS identity,
            p.prokind, pg_get_functiondef(p.oid) AS definition, pg_get_userbyid(p.proowner) AS owner, p.proacl::text AS privileges
       FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
      WHERE p.prokind <> 'a' AND ${isOurs('pg_proc', 'p')} AND ${isLasting('n')}
        -- the constructors of a range type come with the type
        AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'i')`,
  );
  return rows.map((row) =>
    catalogNode({
      kind: 'function',
      identity: row.identity,
      address: `pg_proc:${row.oid}`,
      statements: [row.definition!],
      commentOn: `${row.prokind === 'p' ? 'PROCEDURE' : 'FUNCTION'} ${row.identity}`,
      owner: row.owner,
      privileges: row.privileges,
    }),
  );
}

interface AggregateRow extends FunctionRow {
  create_identity: string;
  aggkind: string;
  options: Record<string, string | null>;
  initial: string | null;
  moving_initial: string | null;
}

const functionName = (column: string) =>
  `(SELECT quote_ident(fn.nspname) || '.' || quote_ident(f.proname) FROM pg_proc f JOIN pg_namespace fn ON fn.oid = f.pronamespace WHERE f.oid = a.${column})`;

const aggregatesSql = `
SELECT p.oid::text, quote_ident(n.nspname) || '.' || quote_ident(p.proname) || '(' || coalesce(nullif(pg_get_function_identity_arguments(p.oid), ''), '*') || ')' AS identity,
       quote_ident(n.nspname) || '.' || quote_ident(p.proname) || '(' || coalesce(nullif(pg_get_function_arguments(p.oid), ''), '*') || ')' AS create_identity,
       a.aggkind, pg_get_userbyid(p.proowner) AS owner, p.proacl::text AS privileges,
       json_build_object('SFUNC', ${functionName('aggtransfn')}, 'STYPE', format_type(a.aggtranstype, NULL), 'SSPACE', nullif(a.aggtransspace, 0)::text,
         'FINALFUNC', ${functionName('aggfinalfn')}, 'COMBINEFUNC', ${functionName('aggcombinefn')}, 'SERIALFUNC', ${functionName('aggserialfn')},
         'DESERIALFUNC', ${functionName('aggdeserialfn')}, 'MSFUNC', ${functionName('aggmtransfn')}, 'MINVFUNC', ${functionName('aggminvtransfn')},
         'MSTYPE', CASE WHEN a.aggmtranstype <> 0 THEN format_type(a.aggmtranstype, NULL) END, 'MFINALFUNC', ${functionName('aggmfinalfn')},
         'SORTOP', (SELECT 'OPERATOR(' || quote_ident(sn.nspname) || '.' || s.oprname || ')' FROM pg_operator s JOIN pg_namespace sn ON sn.oid = s.oprnamespace WHERE s.oid = a.aggsortop),
         'PARALLEL', CASE p.proparallel WHEN 's' THEN 'SAFE' WHEN 'r' THEN 'RESTRICTED' END,
         'FINALFUNC_EXTRA', CASE WHEN a.aggfinalextra THEN '' END, 'MFINALFUNC_EXTRA', CASE WHEN a.aggmfinalextra THEN '' END) AS options,
       a.agginitval AS initial, a.aggminitval AS moving_initial
  FROM pg_aggregate a JOIN pg_proc p ON p.oid = a.aggfnoid JOIN pg_namespace n ON n.oid = p.pronamespace
 WHERE ${isOurs('pg_proc', 'p')} AND ${isLasting('n')}`;

export async function readAggregates(session: Session): Promise<CatalogNode[]> {
  const rows = await session.query<AggregateRow>('Reading the aggregates', aggregatesSql);
  return rows.map((row) => {
    const options = Object.entries(row.options)
      .filter(([, value]) => value !== null)
      .map(([name, value]) => (value === '' ? name : `${name} = ${value}`));
    if (row.initial !== null) options.push(`INITCOND = ${quoteLiteral(row.initial)}`);
    if (row.moving_initial !== null) options.push(`MINITCOND = ${quoteLiteral(row.moving_initial)}`);
    if (row.aggkind === 'h') options.push('HYPOTHETICAL');
    return catalogNode({
      kind: 'aggregate',
      identity: row.identity,
      address: `pg_proc:${row.oid}`,
      statements: [`CREATE AGGREGATE ${row.create_identity} (${options.join(', ')})`],
      commentOn: `AGGREGATE ${row.identity}`,
      owner: row.owner,
      privileges: row.privileges,
    });
  });
}
