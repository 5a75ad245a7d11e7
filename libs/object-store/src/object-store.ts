import type { Readable } from 'node:stream';

/** Where an object stands: a bucket and the whole key in it. */
export interface ObjectLocation {
  readonly bucket: string;
  readonly key: string;
}

export interface CallOptions {
  /** Ends the call; the promise or stream then fails with the signal's reason. */
  readonly signal?: AbortSignal;
}

export interface PutOptions extends CallOptions {
  /** Refuse with STORE_CONFLICT if an object stands under the key already. */
  readonly ifAbsent?: boolean;
  readonly contentType?: string;
}

export interface MultipartUpload extends ObjectLocation {
  readonly uploadId: string;
  /** Every part carries its SHA-256, which the store checks and keeps. */
  readonly partChecksums: boolean;
}

export interface UploadedPart {
  /** 1 to 10,000 */
  readonly partNumber: number;
  readonly etag: string;
  /** base64; present when the upload was started with `partChecksums` */
  readonly sha256?: string;
}

export interface PendingUpload extends ObjectLocation {
  readonly uploadId: string;
  readonly initiatedAt: Date | undefined;
}

/** `versionId` is undefined when the bucket is not versioned. */
export interface PutResult {
  readonly versionId: string | undefined;
}

export interface ObjectHead {
  readonly sizeBytes: number;
  readonly versionId: string | undefined;
  readonly lastModified: Date | undefined;
}

/** `sizeBytes` is the number of bytes that `body` delivers: of the range when one was asked for, else of the whole object. */
export interface ObjectBody {
  readonly sizeBytes: number;
  readonly versionId: string | undefined;
  readonly body: Readable;
}

export interface ListedObject {
  readonly key: string;
  readonly sizeBytes: number;
}

export interface ListedVersion extends ListedObject {
  readonly versionId: string;
  readonly isLatest: boolean;
  readonly isDeleteMarker: boolean;
}

export type RetentionMode = 'COMPLIANCE' | 'GOVERNANCE';

export interface Retention {
  readonly mode: RetentionMode;
  readonly retainUntil: Date;
}

export interface BucketState {
  readonly exists: boolean;
  readonly versioning: boolean;
  readonly objectLock: boolean;
}

export interface VersionOptions extends CallOptions {
  /** The newest version when absent. */
  readonly versionId?: string;
}

export interface ReadOptions extends VersionOptions {
  /** First and last byte, both inclusive, from 0. */
  readonly range?: { readonly first: number; readonly last: number };
}

/** One `put` holds at most this; larger objects go up in parts. */
export const MAX_PUT_BYTES = 16 * 1024 * 1024;

/** Every part but the last has at least this size (a rule of S3). */
export const MIN_PART_BYTES = 5 * 1024 * 1024;

/**
 * What Lastcopy needs of an object store. Failures are CodedErrors that name bucket and key.
 * "Repeatable" calls have the same effect once or many times; adapters repeat them on transient errors, a bounded number of times.
 */
export interface ObjectStore {
  /**
   * Writes an object of at most 16 MiB. Repeatable: with `ifAbsent`, an answer that was lost is resolved by comparing what stands there.
   * @throws STORE_CONFLICT when `ifAbsent` and something else stands under the key
   */
  put(location: ObjectLocation, body: Buffer, options?: PutOptions): Promise<PutResult>;

  /** Begins an upload in parts. Not repeatable in effect: a lost answer leaves an empty upload, which `listMultipartUploads` shows. */
  startMultipart(
    location: ObjectLocation,
    options?: CallOptions & { partChecksums?: boolean; contentType?: string },
  ): Promise<MultipartUpload>;

  /** Repeatable: the same part number replaces the part. `body` must not change until the promise settles. */
  uploadPart(upload: MultipartUpload, partNumber: number, body: Buffer, options?: CallOptions): Promise<UploadedPart>;

  /**
   * Makes the object out of its parts, given in ascending order. Repeatable: a lost answer is resolved by the ETag of what stands there.
   * @throws STORE_CONFLICT when `ifAbsent` and something else stands under the key
   */
  completeMultipart(
    upload: MultipartUpload,
    parts: readonly UploadedPart[],
    options?: CallOptions & { ifAbsent?: boolean },
  ): Promise<PutResult>;

  /** Repeatable: an upload that is gone is no error. */
  abortMultipart(upload: Pick<MultipartUpload, 'bucket' | 'key' | 'uploadId'>, options?: CallOptions): Promise<void>;

  listMultipartUploads(bucket: string, prefix: string, options?: CallOptions): AsyncIterable<PendingUpload>;

  /**
   * Opens an object. Opening is repeatable and retried; a stream that breaks is not. The stream fails with ARCHIVE_OBJECT_DAMAGED when it
   * ends before or goes on after the announced length, and with STORE_STALLED when the store falls silent.
   * @throws ARCHIVE_OBJECT_MISSING when the object or the version does not exist
   */
  read(location: ObjectLocation, options?: ReadOptions): Promise<ObjectBody>;

  /** Undefined when the object or version does not exist (a delete marker counts as absent). Repeatable. */
  head(location: ObjectLocation, options?: VersionOptions): Promise<ObjectHead | undefined>;

  /** Newest versions under a prefix, in key order. */
  list(bucket: string, prefix: string, options?: CallOptions): AsyncIterable<ListedObject>;

  /** All versions and delete markers under a prefix, in key order, newest first. */
  listVersions(bucket: string, prefix: string, options?: CallOptions): AsyncIterable<ListedVersion>;

  /**
   * Destroys one version for good. Repeatable: a version that is gone is no error.
   * @throws STORE_LOCKED when retention or a legal hold protects it
   */
  deleteVersion(location: ObjectLocation, versionId: string, options?: CallOptions): Promise<void>;

  /**
   * Protects one version. Repeatable. @throws STORE_LOCKED when that would shorten or weaken retention in force; ARCHIVE_OBJECT_MISSING
   */
  setRetention(location: ObjectLocation, versionId: string, retention: Retention, options?: CallOptions): Promise<void>;

  /** What protects the version, read from the store; undefined when nothing does. @throws ARCHIVE_OBJECT_MISSING */
  getRetention(location: ObjectLocation, versionId: string, options?: CallOptions): Promise<Retention | undefined>;

  /** Repeatable. @throws ARCHIVE_OBJECT_MISSING */
  setLegalHold(location: ObjectLocation, versionId: string, on: boolean, options?: CallOptions): Promise<void>;

  /** @throws ARCHIVE_OBJECT_MISSING */
  getLegalHold(location: ObjectLocation, versionId: string, options?: CallOptions): Promise<boolean>;

  checkBucket(bucket: string, options?: CallOptions): Promise<BucketState>;

  /** Creates the bucket with versioning and Object Lock unless it exists. Repeatable. For the embedded default; operators make their own. */
  ensureBucket(bucket: string, options?: CallOptions): Promise<void>;
}
