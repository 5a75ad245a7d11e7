import type { Session } from '../session.js';
import { quoteLiteral } from '../identifiers.js';
import type { DatabaseLocale, ExcludedRelation, SchemaDocument, SchemaObject } from '../schema-document.js';
import { schemaFingerprint } from '../schema-fingerprint.js';
import type { CatalogNode } from './catalog-node.js';
import { readConstraints, readIndexAttachments, readIndexes } from './constraint-nodes.js';
import { dependencies, inDependencyOrder, type OrderedNode } from './dependency-order.js';
import { describeTables } from './describe-tables.js';
import { readAggregates, readFunctions } from './function-nodes.js';
import { readRules, readStatistics, readTriggers } from './rule-nodes.js';
import { extensionNodes, readCollations, readExtensionRows, readSchemas, type ExtensionRow } from './schema-nodes.js';
import { describeSequence, readSequenceRows, sequenceNodes } from './sequence-nodes.js';
import { tableNodes } from './table-nodes.js';
import { readTableRows, type TableRow } from './table-rows.js';
import { readTypes, readUnvalidatedDomainChecks } from './type-nodes.js';
import { readEdges, readExtensionMembers, readForeignObjects, withoutUnsupported } from './unsupported.js';
import { readViews } from './view-nodes.js';

/**
 * Reads the whole schema of the session's database from pg_catalog.
 * Throws SOURCE_UNSUPPORTED when a table cannot be recreated.
 */
export async function captureSchema(session: Session, excluded: ExcludedRelation[] = []): Promise<SchemaDocument> {
  const database = await readDatabase(session);
  const extensions = await readExtensionRows(session);
  const tables = await readTableRows(session);
  const sequences = await readSequenceRows(session);
  const all = await readNodes(session, extensions, tables, sequenceNodes(sequences));
  const foreign = await readForeignObjects(session);
  const edges = await readEdges(session);
  const { nodes, notRestored } = withoutUnsupported(all, edges, foreign);
  const comments = await readComments(session);
  const ordered = inDependencyOrder(nodes, dependencies(nodes, edges));
  const document: Omit<SchemaDocument, 'fingerprint'> = {
    document_version: 1,
    source_kind: 'postgresql',
    database: database.name,
    server_version: session.serverVersion,
    server_version_num: session.serverVersionNum,
    encoding: session.serverEncoding,
    locale: database.locale,
    tables: describeTables(tables),
    sequences: sequences.map(describeSequence),
    extensions: extensions.map(({ name, version, schema }) => ({ name, version, schema })),
    objects: ordered.map((entry) => schemaObject(entry, comments)),
    not_restored: [
      ...notRestored,
      ...foreign.map(({ kind, identity }) => ({ kind, identity, reason: `a ${kind} is described, not recreated` })),
    ],
    excluded,
  };
  return { ...document, fingerprint: schemaFingerprint(document, 'comparable') };
}

async function readNodes(
  session: Session,
  extensions: ExtensionRow[],
  tables: TableRow[],
  sequences: CatalogNode[],
): Promise<CatalogNode[]> {
  const nodes = [
    ...(await readSchemas(session)),
    ...(await readCollations(session)),
    ...(await readTypes(session)),
    ...(await readUnvalidatedDomainChecks(session)),
    ...(await readFunctions(session)),
    ...(await readAggregates(session)),
    ...sequences,
    ...tableNodes(tables),
    ...(await readViews(session)),
    ...(await readConstraints(session)),
    ...(await readIndexes(session)),
    ...(await readIndexAttachments(session)),
    ...(await readStatistics(session)),
    ...(await readRules(session)),
    ...(await readTriggers(session)),
  ];
  const members = new Map<string, string[]>();
  for (const { member, extension } of await readExtensionMembers(session)) {
    members.set(extension, [...(members.get(extension) ?? []), member]);
  }
  const extensionsWithMembers = extensionNodes(extensions).map((node) => ({ ...node, aliases: members.get(node.address) ?? [] }));
  return [...extensionsWithMembers, ...nodes];
}

function schemaObject({ node, section }: OrderedNode, comments: Map<string, string>): SchemaObject {
  const comment = comments.get(node.address);
  // template0 comments on "public" already
  const isStandard = node.kind === 'schema' && comment === 'standard public schema';
  const commented = comment !== undefined && node.commentOn !== undefined && !isStandard;
  return {
    kind: node.kind,
    identity: node.identity,
    section,
    statements: [...node.statements, ...(commented ? [`COMMENT ON ${node.commentOn} IS ${quoteLiteral(comment)}`] : [])],
    ...(node.signature === undefined ? {} : { signature: node.signature }),
    ...(node.owner === undefined ? {} : { owner: node.owner }),
    ...(node.privileges === undefined ? {} : { privileges: node.privileges }),
  };
}

async function readComments(session: Session): Promise<Map<string, string>> {
  const rows = await session.query<{ address: string; text: string }>(
    'Reading the comments',
    `SELECT classoid::regclass || ':' || objoid AS address, description AS text FROM pg_description
      WHERE objsubid = 0 AND (objoid >= 16384 OR classoid = 'pg_namespace'::regclass)`,
  );
  return new Map(rows.map((row) => [row.address, row.text]));
}

async function readDatabase(session: Session): Promise<{ name: string; locale: DatabaseLocale }> {
  const [row] = await session.query<{
    name: string;
    provider: string;
    collate: string;
    ctype: string;
    locale: string | null;
    rules: string | null;
  }>(
    'Reading the database',
    `SELECT d.datname AS name, coalesce(to_jsonb(d) ->> 'datlocprovider', 'c') AS provider, d.datcollate AS collate, d.datctype AS ctype,
            coalesce(to_jsonb(d) ->> 'datlocale', to_jsonb(d) ->> 'daticulocale') AS locale, to_jsonb(d) ->> 'daticurules' AS rules
       FROM pg_database d WHERE d.datname = current_database()`,
  );
  const { name, provider, collate, ctype, locale, rules } = row!;
  return {
    name,
    locale: {
      provider: { i: 'icu', b: 'builtin' }[provider] ?? 'libc',
      collate,
      ctype,
      ...(locale === null ? {} : { icu_locale: locale }),
      ...(rules === null ? {} : { icu_rules: rules }),
    },
  };
}
