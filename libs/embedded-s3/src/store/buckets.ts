import type { DatabaseSync } from 'node:sqlite';
import { inTransaction } from './database.js';
import type { LockMode, Retention } from './lock-rules.js';
import { S3Error } from '../s3-error.js';

/** '' has never had versions, as S3 calls it: unversioned. */
export type Versioning = '' | 'Enabled' | 'Suspended';

export interface DefaultRetention {
  readonly mode: LockMode;
  readonly days?: number;
  readonly years?: number;
}

export interface Bucket {
  readonly name: string;
  readonly createdMs: number;
  readonly versioning: Versioning;
  readonly objectLock: boolean;
  readonly defaultRetention?: DefaultRetention;
}

const fromRow = (row: Record<string, unknown>): Bucket => ({
  name: row.name as string,
  createdMs: row.created_ms as number,
  versioning: row.versioning as Versioning,
  objectLock: row.object_lock === 1,
  ...(typeof row.default_mode === 'string' && {
    defaultRetention: {
      mode: row.default_mode as LockMode,
      ...(row.default_days !== null && { days: row.default_days as number }),
      ...(row.default_years !== null && { years: row.default_years as number }),
    },
  }),
});

/** What the bucket's default gives an object that is written at `nowMs` without a retention of its own. */
export const defaultRetentionAt = (bucket: Bucket, nowMs: number): Retention | undefined => {
  const { defaultRetention } = bucket;
  if (!defaultRetention) return undefined;
  const until = new Date(nowMs);
  until.setUTCDate(until.getUTCDate() + (defaultRetention.days ?? 0));
  until.setUTCFullYear(until.getUTCFullYear() + (defaultRetention.years ?? 0));
  return { mode: defaultRetention.mode, untilMs: until.getTime() };
};

export class Buckets {
  constructor(private readonly database: DatabaseSync) {}

  /** Throws BucketAlreadyOwnedByYou. A bucket with Object Lock is versioned from the start. */
  create(name: string, objectLock: boolean, nowMs: number): void {
    const versioning: Versioning = objectLock ? 'Enabled' : '';
    const made = this.database
      .prepare('insert into buckets (name, created_ms, versioning, object_lock) values (?, ?, ?, ?) on conflict do nothing')
      .run(name, nowMs, versioning, Number(objectLock));
    if (made.changes === 0) throw new S3Error('BucketAlreadyOwnedByYou', 'The bucket exists and you own it.');
  }

  find(name: string): Bucket | undefined {
    const row = this.database.prepare('select * from buckets where name = ?').get(name);
    return row && fromRow(row);
  }

  require(name: string): Bucket {
    const bucket = this.find(name);
    if (!bucket) throw new S3Error('NoSuchBucket', `The bucket '${name}' does not exist.`);
    return bucket;
  }

  list(): Bucket[] {
    return this.database.prepare('select * from buckets order by name').all().map(fromRow);
  }

  /** Throws BucketNotEmpty while any version, delete marker or multipart upload is left. */
  delete(name: string): void {
    inTransaction(this.database, () => {
      this.require(name);
      const query = 'select exists (select 1 from versions where bucket = ?) or exists (select 1 from uploads where bucket = ?) as held';
      if (this.database.prepare(query).get(name, name)!.held === 1) {
        throw new S3Error('BucketNotEmpty', 'The bucket holds versions, delete markers or unfinished uploads.');
      }
      this.database.prepare('delete from buckets where name = ?').run(name);
    });
  }

  /** Throws InvalidBucketState: a bucket with Object Lock stays versioned. */
  setVersioning(name: string, versioning: 'Enabled' | 'Suspended'): void {
    if (this.require(name).objectLock && versioning !== 'Enabled') {
      throw new S3Error('InvalidBucketState', 'Versioning cannot be suspended on a bucket with Object Lock.');
    }
    this.database.prepare('update buckets set versioning = ? where name = ?').run(versioning, name);
  }

  /** Throws InvalidBucketState unless the bucket is versioned. Object Lock, once on, is never off. */
  setObjectLock(name: string, retention: DefaultRetention | undefined): void {
    if (this.require(name).versioning !== 'Enabled') {
      throw new S3Error('InvalidBucketState', 'Versioning must be Enabled on the bucket to apply an Object Lock configuration.');
    }
    this.database
      .prepare('update buckets set object_lock = 1, default_mode = ?, default_days = ?, default_years = ? where name = ?')
      .run(retention?.mode ?? null, retention?.days ?? null, retention?.years ?? null, name);
  }
}
