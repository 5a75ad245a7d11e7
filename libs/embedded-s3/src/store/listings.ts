import type { DatabaseSync } from 'node:sqlite';
import { keyBytes, versionOf, type ObjectVersion } from './version-rows.js';

export interface ListingQuery {
  readonly bucket: string;
  readonly prefix: string;
  /** '' for none. */
  readonly delimiter: string;
  readonly maxKeys: number;
}

/** A page of a listing, in the order of the keys' UTF-8 bytes. */
export interface ListingPage {
  readonly versions: readonly ObjectVersion[];
  readonly commonPrefixes: readonly string[];
  readonly isTruncated: boolean;
  /** Where the next page begins: after this key, and after all under it when it is a common prefix. */
  readonly lastKey?: string;
  readonly lastVersionId?: string;
}

/** Where to go on: at `key` inclusive, or, if `afterSeq` is given, at the versions of `key` that are older. */
interface Position {
  readonly key: Buffer;
  readonly afterSeq?: number;
}

/** The smallest byte string after all that begin with `prefix`; undefined when there is none. */
const afterPrefix = (prefix: Buffer): Buffer | undefined => {
  for (let length = prefix.length; length > 0; length -= 1) {
    if (prefix[length - 1]! < 0xff) {
      const next = Buffer.from(prefix.subarray(0, length));
      next[length - 1]! += 1;
      return next;
    }
  }
  return undefined;
};

const afterKey = (key: Buffer): Buffer => Buffer.concat([key, Buffer.of(0)]);

const latestSql = `select * from versions where bucket = :bucket and key >= :key and is_latest = 1 and delete_marker = 0 order by key limit :count`;
const allSql = `select * from versions where bucket = :bucket and key >= :key and (key > :key or seq < :seq) order by key, seq desc limit :count`;
const batchRows = 250;

/** Pages through the index with range scans; a common prefix is stepped over, not read. */
export class Listings {
  constructor(private readonly database: DatabaseSync) {}

  /** The newest versions that are no delete markers, after the key `after` ('' for the beginning). */
  objects(query: ListingQuery, after: string): ListingPage {
    return this.page(query, latestSql, this.start(query, after));
  }

  /** Every version and delete marker, newest first within a key, after (`afterKeyMarker`, `afterSeq`). */
  versions(query: ListingQuery, afterKeyMarker: string, afterSeq?: number): ListingPage {
    const start = this.start(query, afterKeyMarker);
    const resumesInside = afterSeq !== undefined && afterKeyMarker.startsWith(query.prefix);
    return this.page(query, allSql, resumesInside ? { key: keyBytes(afterKeyMarker), afterSeq } : start);
  }

  private start({ prefix, delimiter }: ListingQuery, after: string): Position | undefined {
    const prefixBytes = keyBytes(prefix);
    if (after === '') return { key: prefixBytes };
    const isCommonPrefix = delimiter !== '' && after.startsWith(prefix) && after.length > prefix.length && after.endsWith(delimiter);
    const next = isCommonPrefix ? afterPrefix(keyBytes(after)) : afterKey(keyBytes(after));
    if (next === undefined) return undefined;
    return { key: Buffer.compare(next, prefixBytes) < 0 ? prefixBytes : next };
  }

  private rows(sql: string, bucket: string, at: Position): ObjectVersion[] {
    const seq = at.afterSeq ?? Number.MAX_SAFE_INTEGER;
    const bound = { bucket, key: at.key, count: batchRows, ...(sql === allSql && { seq }) };
    return this.database.prepare(sql).all(bound).map(versionOf);
  }

  private page(query: ListingQuery, sql: string, start: Position | undefined): ListingPage {
    const { bucket, prefix, delimiter, maxKeys } = query;
    const versions: ObjectVersion[] = [];
    const commonPrefixes: string[] = [];
    let last: { lastKey: string; lastVersionId?: string } | undefined;
    const done = (isTruncated: boolean): ListingPage => ({ versions, commonPrefixes, isTruncated, ...last });
    if (maxKeys === 0) return done(false);
    let at = start;
    while (at) {
      const rows = this.rows(sql, bucket, at);
      at = undefined;
      for (const row of rows) {
        if (!row.key.startsWith(prefix)) return done(false);
        if (versions.length + commonPrefixes.length >= maxKeys) return done(true);
        const cut = delimiter === '' ? -1 : row.key.indexOf(delimiter, prefix.length);
        if (cut >= 0) {
          const common = row.key.slice(0, cut + delimiter.length);
          commonPrefixes.push(common);
          last = { lastKey: common };
          const next = afterPrefix(keyBytes(common));
          at = next && { key: next };
          break;
        }
        versions.push(row);
        last = { lastKey: row.key, lastVersionId: row.versionId };
        at = { key: keyBytes(row.key), afterSeq: row.seq };
      }
      if (sql === latestSql && at?.afterSeq !== undefined) at = { key: afterKey(at.key) };
    }
    return done(false);
  }
}
