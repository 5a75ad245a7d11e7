import { randomBytes } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import type { Checksum, ChecksumAlgorithm, ChecksumType } from '../body/checksums.js';
import { inTransaction } from './database.js';
import type { Protection } from './lock-rules.js';
import { checksumOf, keyBytes, keyText, protectionOf, type StoredHeaders } from './version-rows.js';
import type { Stored } from './versions.js';
import { S3Error } from '../s3-error.js';

/** A multipart upload that is neither completed nor aborted. */
export interface Upload extends Protection {
  readonly uploadId: string;
  readonly bucket: string;
  readonly key: string;
  readonly startedMs: number;
  readonly headers: StoredHeaders;
  readonly checksum?: { readonly algorithm: ChecksumAlgorithm; readonly type: ChecksumType };
}

export interface UploadedPart {
  readonly number: number;
  readonly blob: string;
  readonly sizeBytes: number;
  /** MD5, hexadecimal, without quotes. */
  readonly etag: string;
  readonly modifiedMs: number;
  readonly checksum?: Checksum;
}

type Row = Record<string, unknown>;

const uploadOf = (row: Row): Upload => ({
  uploadId: row.upload_id as string,
  bucket: row.bucket as string,
  key: keyText(row.key),
  startedMs: row.started_ms as number,
  headers: JSON.parse(row.headers as string) as StoredHeaders,
  ...(typeof row.algorithm === 'string' && {
    checksum: { algorithm: row.algorithm as ChecksumAlgorithm, type: row.checksum_type as ChecksumType },
  }),
  ...protectionOf(row),
});

const partOf = (row: Row): UploadedPart => ({
  number: row.number as number,
  blob: row.blob as string,
  sizeBytes: row.size_bytes as number,
  etag: row.etag as string,
  modifiedMs: row.modified_ms as number,
  ...checksumOf(row),
});

const insertUpload = `insert into uploads (upload_id, bucket, key, started_ms, headers, algorithm, checksum_type, lock_mode, retain_until_ms, legal_hold)
  values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`;
const insertPart = 'insert into parts (upload_id, number, blob, size_bytes, etag, checksum, modified_ms) values (?, ?, ?, ?, ?, ?, ?)';

export class Uploads {
  constructor(private readonly database: DatabaseSync) {}

  start(upload: Omit<Upload, 'uploadId'>): string {
    const uploadId = randomBytes(16).toString('hex');
    const { bucket, key, startedMs, headers, checksum, retention, legalHold } = upload;
    this.database
      .prepare(insertUpload)
      .run(
        uploadId,
        bucket,
        keyBytes(key),
        startedMs,
        JSON.stringify(headers),
        checksum?.algorithm ?? null,
        checksum?.type ?? null,
        retention?.mode ?? null,
        retention?.untilMs ?? null,
        Number(legalHold),
      );
    return uploadId;
  }

  /** Throws NoSuchUpload for an unknown, completed or aborted upload, or one of another key. */
  require(bucket: string, key: string, uploadId: string): Upload {
    const sql = 'select * from uploads where upload_id = ? and bucket = ? and key = ?';
    const row = this.database.prepare(sql).get(uploadId, bucket, keyBytes(key));
    if (!row) throw new S3Error('NoSuchUpload', 'The specified upload does not exist. It may have been completed or aborted.');
    return uploadOf(row);
  }

  /** Adds or replaces a part; answers the replaced part's blob. */
  putPart(upload: Upload, part: UploadedPart): string[] {
    return inTransaction(this.database, () => {
      this.require(upload.bucket, upload.key, upload.uploadId);
      const replaced = this.database
        .prepare('delete from parts where upload_id = ? and number = ? returning blob')
        .all(upload.uploadId, part.number);
      const { number, blob, sizeBytes, etag, checksum, modifiedMs } = part;
      this.database
        .prepare(insertPart)
        .run(upload.uploadId, number, blob, sizeBytes, etag, checksum ? JSON.stringify(checksum) : null, modifiedMs);
      return replaced.map((row) => row.blob as string);
    });
  }

  /** Parts after number `after`, in order; at most 10,000 exist. */
  parts(uploadId: string, after = 0, count = 10_000): UploadedPart[] {
    const sql = 'select * from parts where upload_id = ? and number > ? order by number limit ?';
    return this.database.prepare(sql).all(uploadId, after, count).map(partOf);
  }

  /** Uploads in order of key and id, after (`afterKey`, `afterId`). */
  list(bucket: string, after: { key: string; uploadId: string }, count: number): Upload[] {
    const sql = 'select * from uploads where bucket = ? and (key, upload_id) > (?, ?) order by key, upload_id limit ?';
    return this.database.prepare(sql).all(bucket, keyBytes(after.key), after.uploadId, count).map(uploadOf);
  }

  /** Ends the upload in one transaction with what `publish` does; parts that were not used are orphans. */
  complete(upload: Upload, used: readonly UploadedPart[], publish: () => Stored): Stored {
    return inTransaction(this.database, () => {
      this.require(upload.bucket, upload.key, upload.uploadId);
      const named = new Set(used.map((part) => part.blob));
      const current = this.parts(upload.uploadId);
      const kept = current.filter((part) => named.has(part.blob));
      if (kept.length !== used.length) throw new S3Error('InvalidPart', 'A part was replaced while the upload was completed.');
      this.database.prepare('delete from uploads where upload_id = ?').run(upload.uploadId);
      const stored = publish();
      const unused = current.filter((part) => !named.has(part.blob)).map((part) => part.blob);
      return { ...stored, orphans: [...stored.orphans, ...unused] };
    });
  }

  /** Drops the upload and answers the blobs of its parts. */
  abort(upload: Upload): string[] {
    return inTransaction(this.database, () => {
      this.require(upload.bucket, upload.key, upload.uploadId);
      const blobs = this.parts(upload.uploadId).map((part) => part.blob);
      this.database.prepare('delete from uploads where upload_id = ?').run(upload.uploadId);
      return blobs;
    });
  }
}
