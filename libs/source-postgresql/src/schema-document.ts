/** What `metadata/schema.json` holds of a PostgreSQL source: enough to recreate it, and to describe every column of the CSV files. */
export interface SchemaDocument {
  readonly document_version: 1;
  readonly source_kind: 'postgresql';
  readonly database: string;
  readonly server_version: string;
  readonly server_version_num: number;
  readonly encoding: string;
  readonly locale: DatabaseLocale;
  readonly tables: TableDescription[];
  readonly sequences: SequenceDescription[];
  readonly extensions: { readonly name: string; readonly version: string; readonly schema: string }[];
  /** Everything that is recreated, in an order in which each statement finds what it needs. */
  readonly objects: SchemaObject[];
  /** Objects that are described but not recreated, each with its reason. */
  readonly not_restored: { readonly kind: string; readonly identity: string; readonly reason: string; readonly definition?: string }[];
  /** Relations whose rows are not in the archive, each with its reason. */
  readonly excluded: ExcludedRelation[];
  /** SHA-256 (hex) of all that is recreated, comparable between the source and a restored database: see `schemaFingerprint`. */
  readonly fingerprint: string;
}

export interface DatabaseLocale {
  /** `libc`, `icu` or `builtin` */
  readonly provider: string;
  readonly collate: string;
  readonly ctype: string;
  readonly icu_locale?: string;
  readonly icu_rules?: string;
}

export type ObjectKind =
  | 'schema'
  | 'extension'
  | 'collation'
  | 'type'
  | 'function'
  | 'aggregate'
  | 'sequence'
  | 'table'
  | 'inheritance'
  | 'default'
  | 'identity'
  | 'sequence_owner'
  | 'view'
  | 'materialized_view'
  | 'constraint'
  | 'index'
  | 'index_attachment'
  | 'foreign_key'
  | 'statistics'
  | 'refresh'
  | 'rule'
  | 'trigger'
  | 'comment';

export interface SchemaObject {
  readonly kind: ObjectKind;
  /** Quoted and qualified: tells apart `"a.b"."c"` and `"a"."b.c"`. */
  readonly identity: string;
  /** `pre` before the rows are loaded, `post` after. */
  readonly section: 'pre' | 'post';
  readonly statements: string[];
  /** What stays the same between server versions that write the statement differently: a view's columns and their types. */
  readonly signature?: string;
  /** Owner and privileges are recorded, not restored: roles belong to the server, not to the database. */
  readonly owner?: string;
  readonly privileges?: string;
}

export interface ColumnDescription {
  readonly name: string;
  /** As PostgreSQL writes it, for instance `numeric(10,2)`. */
  readonly type: string;
  readonly not_null: boolean;
  readonly default?: string;
  readonly identity?: 'always' | 'by_default';
  readonly generated?: 'stored' | 'virtual';
  readonly expression?: string;
  readonly collation?: string;
  readonly comment?: string;
}

export interface TableDescription {
  /** Place of the rows in the package, `t-0001`…; absent for a partitioned parent, which has none of its own. */
  readonly ordinal?: string;
  readonly schema: string;
  readonly name: string;
  readonly kind: 'table' | 'partitioned_table';
  readonly unlogged: boolean;
  readonly columns: ColumnDescription[];
  readonly primary_key?: string[];
  readonly partition_key?: string;
  readonly partition_of?: { readonly schema: string; readonly name: string; readonly bound: string };
  readonly inherits?: { readonly schema: string; readonly name: string }[];
  readonly row_security: { readonly enabled: boolean; readonly forced: boolean; readonly policies: string[] };
  readonly owner: string;
  readonly privileges?: string;
  readonly comment?: string;
}

export interface SequenceDescription {
  readonly schema: string;
  readonly name: string;
  readonly type: string;
  readonly start: string;
  readonly increment: string;
  readonly minimum: string;
  readonly maximum: string;
  readonly cache: string;
  readonly cycle: boolean;
  readonly unlogged: boolean;
  /** Quoted and qualified column, when the sequence belongs to one. */
  readonly owned_by?: string;
  readonly identity: boolean;
  /** As read after the rows were copied; a sequence is not transactional, so it may be ahead of the rows, never behind. */
  readonly last_value?: string;
  readonly is_called?: boolean;
}

export interface ExcludedRelation {
  readonly kind: string;
  readonly schema: string;
  readonly name: string;
  readonly reason: string;
}

/** A relation that holds rows itself: a plain table, a leaf partition or a member of an inheritance tree. */
export interface TableRef {
  readonly ordinal: string;
  readonly schema: string;
  readonly name: string;
  /** The columns of the CSV file in order; generated columns are recomputed by a restore and proven by the content hash. */
  readonly columns: string[];
}
