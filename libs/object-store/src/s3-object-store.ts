import type { Readable } from 'node:stream';
import {
  AbortMultipartUploadCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  paginateListObjectsV2,
  type S3Client,
} from '@aws-sdk/client-s3';
import { CodedError } from '@lastcopy/kernel';
import { guardBody } from './guarded-body.js';
import { formatLocation } from './location.js';
import type {
  BucketState,
  CallOptions,
  ListedObject,
  ListedVersion,
  MultipartUpload,
  ObjectBody,
  ObjectHead,
  ObjectLocation,
  ObjectStore,
  PendingUpload,
  PutOptions,
  PutResult,
  ReadOptions,
  Retention,
  UploadedPart,
  VersionOptions,
} from './object-store.js';
import { bucketState, createLockedBucket } from './s3-buckets.js';
import { createS3Clients, DEFAULT_INACTIVITY_MS, type S3StoreConfig } from './s3-clients.js';
import { listPendingUploads, listObjectVersions } from './s3-listings.js';
import { putLegalHold, putRetention, readLegalHold, readRetention } from './s3-locks.js';
import { completeUpload, putObject, putPart } from './s3-writes.js';
import { sdkName, sdkStatus, toStoreError, type Asked } from './store-errors.js';

const target = ({ bucket, key }: ObjectLocation, versionId?: string) => ({
  Bucket: bucket,
  Key: key,
  ...(versionId ? { VersionId: versionId } : {}),
});

class S3ObjectStore implements ObjectStore {
  private readonly reads: S3Client;
  private readonly writes: S3Client;
  private readonly inactivityMs: number;

  constructor(config: S3StoreConfig) {
    const { reads, writes } = createS3Clients(config);
    this.reads = reads;
    this.writes = writes;
    this.inactivityMs = config.inactivityMs ?? DEFAULT_INACTIVITY_MS;
  }

  put(location: ObjectLocation, body: Buffer, options: PutOptions = {}): Promise<PutResult> {
    return this.make('Put', location, options, () => putObject(this.writes, location, body, options));
  }

  startMultipart(
    location: ObjectLocation,
    options: CallOptions & { partChecksums?: boolean; contentType?: string } = {},
  ): Promise<MultipartUpload> {
    return this.make('Start of an upload', location, options, async () => {
      const partChecksums = options.partChecksums ?? false;
      const input = { ...target(location), ContentType: options.contentType ?? 'application/octet-stream' };
      const checksum = partChecksums ? { ChecksumAlgorithm: 'SHA256' as const } : {};
      const answer = await this.writes.send(new CreateMultipartUploadCommand({ ...input, ...checksum }), { abortSignal: options.signal });
      if (!answer.UploadId) throw new CodedError('STORE_FAILED', `${formatLocation(location)}: the store began an upload without an id.`);
      return { bucket: location.bucket, key: location.key, uploadId: answer.UploadId, partChecksums };
    });
  }

  uploadPart(upload: MultipartUpload, partNumber: number, body: Buffer, options: CallOptions = {}): Promise<UploadedPart> {
    return this.make(`Upload of part ${partNumber}`, upload, options, () => putPart(this.writes, upload, partNumber, body, options.signal));
  }

  completeMultipart(
    upload: MultipartUpload,
    parts: readonly UploadedPart[],
    options: CallOptions & { ifAbsent?: boolean } = {},
  ): Promise<PutResult> {
    return this.make('Completion of an upload', upload, options, () => completeUpload(this.writes, upload, parts, options));
  }

  abortMultipart(upload: Pick<MultipartUpload, 'bucket' | 'key' | 'uploadId'>, options: CallOptions = {}): Promise<void> {
    return this.run('Abort of an upload', upload, options, async () => {
      const input = { ...target(upload), UploadId: upload.uploadId };
      await this.writes.send(new AbortMultipartUploadCommand(input), { abortSignal: options.signal }).catch((error: unknown) => {
        if (sdkName(error) !== 'NoSuchUpload') throw error;
      });
    });
  }

  listMultipartUploads(bucket: string, prefix: string, options: CallOptions = {}): AsyncIterable<PendingUpload> {
    return this.iterate(
      'List of uploads',
      { bucket, key: prefix },
      options,
      listPendingUploads(this.reads, bucket, prefix, options.signal),
    );
  }

  read(location: ObjectLocation, options: ReadOptions = {}): Promise<ObjectBody> {
    const { range, signal, versionId } = options;
    return this.run('Read', location, options, async () => {
      const input = { ...target(location, versionId), ...(range ? { Range: `bytes=${range.first}-${range.last}` } : {}) };
      const answer = await this.reads.send(new GetObjectCommand(input), { abortSignal: signal });
      const sizeBytes = answer.ContentLength;
      if (!answer.Body || sizeBytes === undefined) {
        (answer.Body as Readable | undefined)?.destroy();
        throw new CodedError('STORE_FAILED', `${formatLocation(location)}: the store announced no length, so the body cannot be checked.`);
      }
      const expectation = { name: formatLocation(location), expectedBytes: sizeBytes, inactivityMs: this.inactivityMs, signal };
      const onBroken = (error: Error) => toStoreError(error, 'Read', location, signal);
      return { sizeBytes, versionId: answer.VersionId, body: guardBody(answer.Body as Readable, expectation, onBroken) };
    });
  }

  head(location: ObjectLocation, options: VersionOptions = {}): Promise<ObjectHead | undefined> {
    return this.run('Head', location, options, async () => {
      try {
        const answer = await this.reads.send(new HeadObjectCommand(target(location, options.versionId)), { abortSignal: options.signal });
        return { sizeBytes: answer.ContentLength ?? 0, versionId: answer.VersionId, lastModified: answer.LastModified };
      } catch (error) {
        if (sdkStatus(error) === 404 || sdkStatus(error) === 405) return undefined;
        throw error;
      }
    });
  }

  list(bucket: string, prefix: string, options: CallOptions = {}): AsyncIterable<ListedObject> {
    const pages = paginateListObjectsV2({ client: this.reads }, { Bucket: bucket, Prefix: prefix }, { abortSignal: options.signal });
    const objects = async function* (): AsyncGenerator<ListedObject> {
      for await (const page of pages) {
        for (const { Key, Size } of page.Contents ?? []) if (Key !== undefined) yield { key: Key, sizeBytes: Size ?? 0 };
      }
    };
    return this.iterate('List', { bucket, key: prefix }, options, objects());
  }

  listVersions(bucket: string, prefix: string, options: CallOptions = {}): AsyncIterable<ListedVersion> {
    return this.iterate(
      'List of versions',
      { bucket, key: prefix },
      options,
      listObjectVersions(this.reads, bucket, prefix, options.signal),
    );
  }

  deleteVersion(location: ObjectLocation, versionId: string, options: CallOptions = {}): Promise<void> {
    return this.run('Deletion', location, options, async () => {
      try {
        await this.writes.send(new DeleteObjectCommand(target(location, versionId)), { abortSignal: options.signal });
      } catch (error) {
        if (sdkName(error) === 'NoSuchVersion' || sdkName(error) === 'NoSuchKey') return;
        throw await this.lockedOr(error, location, versionId, options);
      }
    });
  }

  setRetention(location: ObjectLocation, versionId: string, retention: Retention, options: CallOptions = {}): Promise<void> {
    return this.run('Setting of retention', location, options, async () => {
      try {
        await putRetention(this.writes, location, versionId, retention, options.signal);
      } catch (error) {
        throw await this.lockedOr(error, location, versionId, options);
      }
    });
  }

  getRetention(location: ObjectLocation, versionId: string, options: CallOptions = {}): Promise<Retention | undefined> {
    return this.run('Reading of retention', location, options, () => readRetention(this.reads, location, versionId, options.signal));
  }

  setLegalHold(location: ObjectLocation, versionId: string, on: boolean, options: CallOptions = {}): Promise<void> {
    return this.run('Setting of a legal hold', location, options, () => putLegalHold(this.writes, location, versionId, on, options.signal));
  }

  getLegalHold(location: ObjectLocation, versionId: string, options: CallOptions = {}): Promise<boolean> {
    return this.run('Reading of a legal hold', location, options, () => readLegalHold(this.reads, location, versionId, options.signal));
  }

  checkBucket(bucket: string, options: CallOptions = {}): Promise<BucketState> {
    return this.run('Check of the bucket', { bucket, key: '' }, options, () => bucketState(this.reads, bucket, options.signal));
  }

  ensureBucket(bucket: string, options: CallOptions = {}): Promise<void> {
    return this.run('Creation of the bucket', { bucket, key: '' }, options, () => createLockedBucket(this.writes, bucket, options.signal));
  }

  /** S3 answers a plain 403 for a locked version; whether a lock or the credentials refused is asked of the version itself. */
  private async lockedOr(error: unknown, location: ObjectLocation, versionId: string, options: CallOptions): Promise<unknown> {
    if (sdkStatus(error) !== 403) return error;
    const retention = await readRetention(this.reads, location, versionId, options.signal).catch(() => undefined);
    const held = await readLegalHold(this.reads, location, versionId, options.signal).catch(() => false);
    if (!held && !(retention && retention.retainUntil.getTime() > Date.now())) return error;
    const what = held ? 'a legal hold' : `${retention?.mode} retention until ${retention?.retainUntil.toISOString()}`;
    return new CodedError('STORE_LOCKED', `${formatLocation(location)} version ${versionId}: ${what} protects it.`, { cause: error });
  }

  private async run<T>(
    operation: string,
    location: ObjectLocation,
    options: CallOptions,
    call: () => Promise<T>,
    asked: Asked = 'standing',
  ) {
    try {
      options.signal?.throwIfAborted();
      return await call();
    } catch (error) {
      throw toStoreError(error, operation, location, options.signal, asked);
    }
  }

  /** A call that makes an object: it can find nothing missing. */
  private make<T>(operation: string, location: ObjectLocation, options: CallOptions, call: () => Promise<T>): Promise<T> {
    return this.run(operation, location, options, call, 'new');
  }

  private async *iterate<T>(operation: string, location: ObjectLocation, options: CallOptions, items: AsyncIterable<T>): AsyncGenerator<T> {
    try {
      yield* items;
    } catch (error) {
      throw toStoreError(error, operation, location, options.signal);
    }
  }
}

/**
 * Any store that speaks S3. Transient errors (5xx, throttling, broken connections) of repeatable calls are tried up to five times with
 * growing, jittered pauses; then they surface as STORE_* errors that name bucket and key.
 */
export const createS3ObjectStore = (config: S3StoreConfig): ObjectStore => new S3ObjectStore(config);
export type { S3StoreConfig };
