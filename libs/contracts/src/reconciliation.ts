import type { SourceKind } from './vocabulary.js';

/** One table as the source itself counted it, in the snapshot that was exported. */
export interface ReconciledTable {
  /** Path of its rows in the package: `data/t-0001`. */
  data_set: string;
  schema: string;
  name: string;
  /** The source's own count(*). */
  rows: number;
  /** Order-independent hash of the content, computed by the source; null below level `reconciled`. */
  content_hash: string | null;
  /** The query that gave `content_hash`. */
  query: string | null;
}

/** A directory tree as the walk found it. */
export interface ReconciledTree {
  /** Path of the tar in the package, and of its index. */
  data_set: string;
  index_data_set: string;
  entries: number;
  files: number;
  total_bytes: number;
  excluded: number;
  /** Of names, sizes, times and kinds: equal later means that nothing was written since. */
  fingerprint: string;
}

/** The large objects of a database: a tar with one file each, named by its oid. */
export interface ReconciledLargeObjects {
  data_set: string;
  objects: number;
  total_bytes: number;
}

/** `metadata/reconciliation.json` of an archive: what the source says that the copy must agree with. */
export interface ReconciliationDocument {
  document_version: 1;
  source_kind: SourceKind;
  snapshot_id: string;
  /** ISO 8601 UTC. */
  taken_at: string;
  tables: ReconciledTable[];
  large_objects: ReconciledLargeObjects | null;
  tree: ReconciledTree | null;
}

/** Paths of data sets that writer and verifier share. A table's is `data/<ordinal>`. */
export const dataSetPaths = {
  files: 'data/files',
  fileIndex: 'data/file-index',
  largeObjects: 'data/lobs',
  schema: 'metadata/schema',
  reconciliation: 'metadata/reconciliation',
} as const;
