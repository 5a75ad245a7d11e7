import { randomBytes } from 'node:crypto';
import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import type { Bucket, Buckets } from './buckets.js';
import { inTransaction } from './database.js';
import { requireDeletable, requireRetentionChange, type Retention } from './lock-rules.js';
import { keyBytes, versionOf, type NewVersion, type ObjectVersion, type Segment } from './version-rows.js';
import { S3Error } from '../s3-error.js';

/** Conditions of a write, decided in the transaction that makes it visible. */
export interface WriteConditions {
  /** `If-None-Match: *` */
  readonly onlyIfAbsent?: boolean;
  /** `If-Match`, without quotes. */
  readonly onlyIfEtag?: string;
}

/** What a change did; `orphans` are blobs that nothing names any more. */
export interface Stored {
  readonly versionId: string;
  readonly orphans: readonly string[];
}

export interface Deleted {
  readonly versionId?: string;
  readonly deleteMarker: boolean;
  readonly orphans: readonly string[];
}

const unversionedId = 'null';
const insertVersion = `insert into versions (bucket, key, version_id, is_latest, delete_marker, size_bytes, etag, modified_ms, headers, checksum,
  lock_mode, retain_until_ms, legal_hold) values (?, ?, ?, 1, ?, ?, ?, ?, ?, ?, ?, ?, ?)`;

export class Versions {
  constructor(
    private readonly database: DatabaseSync,
    private readonly buckets: Buckets,
  ) {}

  private one(sql: string, ...values: SQLInputValue[]): ObjectVersion | undefined {
    const row = this.database.prepare(sql).get(...values);
    return row && versionOf(row);
  }

  latest(bucket: string, key: string): ObjectVersion | undefined {
    return this.one('select * from versions where bucket = ? and key = ? and is_latest = 1', bucket, keyBytes(key));
  }

  /** The version named, or the newest one; a delete marker is a version. */
  find(bucket: string, key: string, versionId?: string): ObjectVersion | undefined {
    if (versionId === undefined) return this.latest(bucket, key);
    return this.one('select * from versions where bucket = ? and key = ? and version_id = ?', bucket, keyBytes(key), versionId);
  }

  segments(version: ObjectVersion): Segment[] {
    const rows = this.database.prepare('select blob, size_bytes from segments where seq = ? order by ordinal').all(version.seq);
    return rows.map((row) => ({ blob: row.blob as string, sizeBytes: row.size_bytes as number }));
  }

  isNamed(blob: string): boolean {
    const sql = 'select exists (select 1 from segments where blob = ?) or exists (select 1 from parts where blob = ?) as named';
    return this.database.prepare(sql).get(blob, blob)!.named === 1;
  }

  private requireConditions(bucket: string, key: string, conditions: WriteConditions): void {
    const latest = this.latest(bucket, key);
    const present = latest !== undefined && !latest.deleteMarker;
    if (conditions.onlyIfAbsent && present) throw new S3Error('PreconditionFailed', `An object stands under '${key}' already.`);
    if (conditions.onlyIfEtag === undefined) return;
    if (!present) throw new S3Error('NoSuchKey', `No object stands under '${key}' that If-Match could match.`);
    if (latest.etag !== conditions.onlyIfEtag) throw new S3Error('PreconditionFailed', `The object under '${key}' has another ETag.`);
  }

  /** Removes rows and answers their blobs. */
  private dropVersion(version: ObjectVersion): string[] {
    const blobs = this.segments(version).map((segment) => segment.blob);
    this.database.prepare('delete from versions where seq = ?').run(version.seq);
    return blobs;
  }

  /** Makes room for the next newest version; answers its id and what an overwritten `null` version leaves. */
  private supersede(bucket: Bucket, key: string): Stored {
    const orphans: string[] = [];
    const versionId = bucket.versioning === 'Enabled' ? randomBytes(16).toString('hex') : unversionedId;
    const overwritten = versionId === unversionedId ? this.find(bucket.name, key, unversionedId) : undefined;
    if (overwritten) {
      requireDeletable(overwritten, Date.now(), false);
      orphans.push(...this.dropVersion(overwritten));
    }
    this.database
      .prepare('update versions set is_latest = 0 where bucket = ? and key = ? and is_latest = 1')
      .run(bucket.name, keyBytes(key));
    return { versionId, orphans };
  }

  private insert(version: NewVersion, versionId: string, deleteMarker: boolean): void {
    const { bucket, key, sizeBytes, etag, modifiedMs, headers, checksum, retention, legalHold } = version;
    const { lastInsertRowid } = this.database
      .prepare(insertVersion)
      .run(
        bucket,
        keyBytes(key),
        versionId,
        Number(deleteMarker),
        sizeBytes,
        etag,
        modifiedMs,
        JSON.stringify(headers),
        checksum ? JSON.stringify(checksum) : null,
        retention?.mode ?? null,
        retention?.untilMs ?? null,
        Number(legalHold),
      );
    const add = this.database.prepare('insert into segments (seq, ordinal, blob, size_bytes) values (?, ?, ?, ?)');
    version.segments.forEach((segment, ordinal) => add.run(lastInsertRowid, ordinal, segment.blob, segment.sizeBytes));
  }

  /** Makes a version visible. Call within a transaction. Throws NoSuchBucket, PreconditionFailed, NoSuchKey (If-Match). */
  addInTransaction(version: NewVersion, conditions: WriteConditions): Stored {
    const bucket = this.buckets.require(version.bucket);
    if ((version.retention || version.legalHold) && !bucket.objectLock) {
      throw new S3Error('InvalidRequest', 'Bucket is missing Object Lock Configuration.');
    }
    this.requireConditions(version.bucket, version.key, conditions);
    const stored = this.supersede(bucket, version.key);
    this.insert(version, stored.versionId, false);
    return stored;
  }

  add(version: NewVersion, conditions: WriteConditions): Stored {
    return inTransaction(this.database, () => this.addInTransaction(version, conditions));
  }

  /** Deletes without naming a version: a delete marker where there are versions, the object itself where there are none. */
  delete(bucketName: string, key: string, nowMs: number): Deleted {
    return inTransaction(this.database, () => {
      const bucket = this.buckets.require(bucketName);
      if (bucket.versioning === '') return this.removeVersion(bucketName, key, unversionedId, nowMs, false);
      const { versionId, orphans } = this.supersede(bucket, key);
      const marker: NewVersion = {
        bucket: bucketName,
        key,
        sizeBytes: 0,
        etag: '',
        modifiedMs: nowMs,
        headers: {},
        legalHold: false,
        segments: [],
      };
      this.insert(marker, versionId, true);
      return { versionId, deleteMarker: true, orphans };
    });
  }

  /** Removes one version for good. Throws AccessDenied while it is locked; a version that is not there is already deleted. */
  deleteVersion(bucket: string, key: string, versionId: string, nowMs: number, bypassGovernance: boolean): Deleted {
    return inTransaction(this.database, () => {
      const deleted = this.removeVersion(bucket, key, versionId, nowMs, bypassGovernance);
      return { ...deleted, versionId };
    });
  }

  private removeVersion(bucket: string, key: string, versionId: string, nowMs: number, bypassGovernance: boolean): Deleted {
    const version = this.find(bucket, key, versionId);
    if (!version) return { deleteMarker: false, orphans: [] };
    requireDeletable(version, nowMs, bypassGovernance);
    const orphans = this.dropVersion(version);
    if (version.isLatest) {
      const sql = `update versions set is_latest = 1 where seq = (select max(seq) from versions where bucket = ? and key = ?)`;
      this.database.prepare(sql).run(bucket, keyBytes(key));
    }
    return { deleteMarker: version.deleteMarker, orphans };
  }

  /** Sets, lengthens or (undefined) removes retention; throws AccessDenied when that weakens one that runs. */
  setRetention(version: ObjectVersion, retention: Retention | undefined, nowMs: number, bypassGovernance: boolean): void {
    inTransaction(this.database, () => {
      const current = this.find(version.bucket, version.key, version.versionId);
      if (!current) throw new S3Error('NoSuchVersion', 'The version was deleted meanwhile.');
      requireRetentionChange(current.retention, retention, nowMs, bypassGovernance);
      this.database
        .prepare('update versions set lock_mode = ?, retain_until_ms = ? where seq = ?')
        .run(retention?.mode ?? null, retention?.untilMs ?? null, current.seq);
    });
  }

  setLegalHold(version: ObjectVersion, on: boolean): void {
    const changed = this.database.prepare('update versions set legal_hold = ? where seq = ?').run(Number(on), version.seq);
    if (changed.changes === 0) throw new S3Error('NoSuchVersion', 'The version was deleted meanwhile.');
  }
}
