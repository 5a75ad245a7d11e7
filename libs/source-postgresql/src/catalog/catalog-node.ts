import type { ObjectKind } from '../schema-document.js';

/** One thing to recreate, as the catalog knows it. Addresses are `<catalog>:<oid>` and never leave the library. */
export interface CatalogNode {
  readonly kind: ObjectKind;
  readonly identity: string;
  readonly address: string;
  /** Other catalog rows that mean this node: a table's row type, a constraint's index. */
  readonly aliases: string[];
  /** Dependencies that pg_depend does not know. */
  readonly needs: string[];
  readonly statements: string[];
  /** What follows COMMENT ON. */
  readonly commentOn?: string;
  readonly signature?: string;
  readonly owner?: string;
  readonly privileges?: string;
}

export type NodeDraft = Pick<CatalogNode, 'kind' | 'identity' | 'address' | 'statements'> &
  Partial<Pick<CatalogNode, 'commentOn' | 'signature'>> & {
    aliases?: (string | null)[];
    needs?: (string | null)[];
    owner?: string | null;
    privileges?: string | null;
  };

const present = (values: (string | null)[] | undefined): string[] => (values ?? []).filter((value): value is string => value !== null);

export const catalogNode = (draft: NodeDraft): CatalogNode => ({
  kind: draft.kind,
  identity: draft.identity,
  address: draft.address,
  statements: draft.statements,
  aliases: present(draft.aliases),
  needs: present(draft.needs),
  ...(draft.commentOn === undefined ? {} : { commentOn: draft.commentOn }),
  ...(draft.signature === undefined ? {} : { signature: draft.signature }),
  ...(draft.owner ? { owner: draft.owner } : {}),
  ...(draft.privileges ? { privileges: draft.privileges } : {}),
});

export const at = (catalog: string, oid: string | null | undefined): string | null =>
  oid === null || oid === undefined || oid === '0' ? null : `${catalog}:${oid}`;

/** Rows that a person or an application made: initdb's have lower oids, and an extension recreates its own. */
export const isOurs = (catalog: string, alias: string): string =>
  `${alias}.oid >= 16384 AND NOT EXISTS (SELECT FROM pg_depend e WHERE e.classid = '${catalog}'::regclass AND e.objid = ${alias}.oid AND e.deptype = 'e')`;

/** Schemas of temporary and toast relations, which end with their session or belong to a table. */
export const isLasting = (namespaceAlias: string): string => `${namespaceAlias}.nspname !~ '^pg_(temp|toast)'`;

/** Qualified and quoted name of a collation (`regcollation` came with version 13). */
export const collationName = (oid: string): string =>
  `(SELECT quote_ident(cn.nspname) || '.' || quote_ident(co.collname) FROM pg_collation co JOIN pg_namespace cn ON cn.oid = co.collnamespace WHERE co.oid = ${oid})`;
