import type { Checksum } from '../body/checksums.js';
import type { LockMode, Protection } from './lock-rules.js';

/** The headers that come back with an object: content type and its kin, and `x-amz-meta-*`. */
export type StoredHeaders = Readonly<Record<string, string>>;

export interface ObjectVersion extends Protection {
  /** Rises with every version of the store; a key's highest is its newest. */
  readonly seq: number;
  readonly bucket: string;
  readonly key: string;
  /** `null` (the text) for a version written while the bucket was not versioned. */
  readonly versionId: string;
  readonly isLatest: boolean;
  readonly deleteMarker: boolean;
  readonly sizeBytes: number;
  /** Without quotes. */
  readonly etag: string;
  readonly modifiedMs: number;
  readonly headers: StoredHeaders;
  readonly checksum?: Checksum;
}

/** Consecutive bytes of an object, held in one blob. */
export interface Segment {
  readonly blob: string;
  readonly sizeBytes: number;
}

export type NewVersion = Pick<
  ObjectVersion,
  'bucket' | 'key' | 'sizeBytes' | 'etag' | 'modifiedMs' | 'headers' | 'checksum' | 'retention' | 'legalHold'
> & {
  readonly segments: readonly Segment[];
};

type Row = Record<string, unknown>;

export const keyBytes = (key: string): Buffer => Buffer.from(key, 'utf8');
export const keyText = (bytes: unknown): string => Buffer.from(bytes as Uint8Array).toString('utf8');

/** The columns that versions and uploads share. */
export const protectionOf = (row: Row): Protection => ({
  legalHold: row.legal_hold === 1,
  ...(typeof row.lock_mode === 'string' && { retention: { mode: row.lock_mode as LockMode, untilMs: row.retain_until_ms as number } }),
});

export const checksumOf = (row: Row): { checksum?: Checksum } =>
  typeof row.checksum === 'string' ? { checksum: JSON.parse(row.checksum) as Checksum } : {};

export const versionOf = (row: Row): ObjectVersion => ({
  seq: row.seq as number,
  bucket: row.bucket as string,
  key: keyText(row.key),
  versionId: row.version_id as string,
  isLatest: row.is_latest === 1,
  deleteMarker: row.delete_marker === 1,
  sizeBytes: row.size_bytes as number,
  etag: row.etag as string,
  modifiedMs: row.modified_ms as number,
  headers: JSON.parse(row.headers as string) as StoredHeaders,
  ...checksumOf(row),
  ...protectionOf(row),
});
