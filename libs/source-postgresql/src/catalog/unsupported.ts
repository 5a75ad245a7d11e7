import { CodedError } from '@lastcopy/kernel';
import type { Session } from '../session.js';
import type { SchemaDocument } from '../schema-document.js';
import { isOurs, type CatalogNode } from './catalog-node.js';
import { nodesByAddress, type CatalogEdge } from './dependency-order.js';

type NotRestored = SchemaDocument['not_restored'][number];

export interface ForeignObject {
  address: string;
  kind: string;
  identity: string;
}

/** Kinds of objects that this library describes but does not recreate. */
const catalogs: [catalog: string, kind: string][] = [
  ['pg_operator', 'operator'],
  ['pg_opclass', 'operator class'],
  ['pg_opfamily', 'operator family'],
  ['pg_cast', 'cast'],
  ['pg_conversion', 'conversion'],
  ['pg_language', 'language'],
  ['pg_transform', 'transform'],
  ['pg_am', 'access method'],
  ['pg_foreign_data_wrapper', 'foreign-data wrapper'],
  ['pg_foreign_server', 'foreign server'],
  ['pg_event_trigger', 'event trigger'],
  ['pg_publication', 'publication'],
  ['pg_ts_config', 'text search configuration'],
  ['pg_ts_dict', 'text search dictionary'],
  ['pg_ts_parser', 'text search parser'],
  ['pg_ts_template', 'text search template'],
  ['pg_default_acl', 'default privileges'],
];

/** What comes along with another object, as the cast from a range to its multirange does, is not named. */
export async function readForeignObjects(session: Session): Promise<ForeignObject[]> {
  const parts = catalogs.map(
    ([catalog, kind]) =>
      `SELECT '${catalog}:' || x.oid AS address, '${kind}' AS kind, pg_describe_object('${catalog}'::regclass, x.oid, 0) AS identity FROM ${catalog} x WHERE ${isOurs(catalog, 'x')}
        AND NOT EXISTS (SELECT FROM pg_depend i WHERE i.classid = '${catalog}'::regclass AND i.objid = x.oid AND i.deptype = 'i')`,
  );
  const foreignTables = `SELECT 'pg_class:' || x.oid, 'foreign table', x.oid::regclass::text FROM pg_class x WHERE x.relkind = 'f' AND ${isOurs('pg_class', 'x')}`;
  const baseTypes = `SELECT 'pg_type:' || x.oid, 'base type', format_type(x.oid, NULL) FROM pg_type x LEFT JOIN pg_range r ON r.rngtypid = x.oid
     WHERE ((x.typtype IN ('b', 'p') AND NOT EXISTS (SELECT FROM pg_type el WHERE el.typarray = x.oid)) OR r.rngcanonical::oid <> 0) AND ${isOurs('pg_type', 'x')}`;
  return session.query<ForeignObject>(
    'Reading further objects',
    [...parts, foreignTables, baseTypes].join(' UNION ALL ') + ' ORDER BY 2, 3',
  );
}

export async function readEdges(session: Session): Promise<CatalogEdge[]> {
  return session.query<CatalogEdge & Record<string, string>>(
    'Reading the dependencies',
    `SELECT DISTINCT d.classid::regclass || ':' || d.objid AS "from", d.refclassid::regclass || ':' || d.refobjid AS "to"
       FROM pg_depend d WHERE d.objid >= 16384 AND d.deptype <> 'e'`,
  );
}

/** Members of extensions, each as an alias of its extension. */
export const readExtensionMembers = (session: Session): Promise<{ member: string; extension: string }[]> =>
  session.query(
    'Reading the members of extensions',
    `SELECT classid::regclass || ':' || objid AS member, 'pg_extension:' || refobjid AS extension FROM pg_depend WHERE deptype = 'e'`,
  );

/** Without these there is no place for the rows. */
const bearsRows = new Set(['schema', 'type', 'sequence', 'table', 'inheritance']);

/**
 * Leaves out what hangs on an object that is not recreated, and says so; what holds rows must not be left out.
 * Throws SOURCE_UNSUPPORTED naming the table or type and the object that it needs.
 */
export function withoutUnsupported(nodes: CatalogNode[], edges: CatalogEdge[], foreign: ForeignObject[]) {
  const known = nodesByAddress(nodes);
  const reasons = new Map<string, string>(foreign.map((object) => [object.address, object.identity]));
  for (const { to } of edges) {
    const [catalog, oid] = to.split(':');
    // a type that is none of ours: a foreign table's row, an array of a base type
    if (catalog === 'pg_type' && Number(oid) >= 16384 && !known.has(to) && !reasons.has(to)) reasons.set(to, 'a type of an object');
  }
  const dropped = new Map<CatalogNode, string>();
  const links = [
    ...edges.map((edge) => ({ from: known.get(edge.from), to: edge.to })),
    ...nodes.flatMap((node) => node.needs.map((to) => ({ from: node, to }))),
  ];
  for (let changed = true; changed;) {
    changed = false;
    for (const { from, to } of links) {
      const target = known.get(to);
      const reason = reasons.get(to) ?? (target && target !== from ? dropped.get(target) : undefined);
      if (!from || reason === undefined || dropped.has(from)) continue;
      refuseRows(from, reason);
      dropped.set(from, reason);
      changed = true;
    }
  }
  const notRestored: NotRestored[] = [...dropped].map(([node, reason]) => ({
    kind: node.kind,
    identity: node.identity,
    reason: `needs ${reason}, which is not recreated`,
    definition: node.statements.join(';\n'),
  }));
  return { nodes: nodes.filter((node) => !dropped.has(node)), notRestored };
}

function refuseRows(node: CatalogNode, reason: string): void {
  if (!bearsRows.has(node.kind)) return;
  throw new CodedError(
    'SOURCE_UNSUPPORTED',
    `The ${node.kind} ${node.identity} needs ${reason}, which cannot be recreated for a restore. Change the column to a standard type, or move the object into an extension.`,
  );
}
