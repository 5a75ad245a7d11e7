import { createHash, randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { CodedError, type ErrorCode } from '@lastcopy/kernel';
import { guardBody } from './guarded-body.js';
import { formatLocation } from './location.js';
import { MemoryBucket, type MemoryUpload, type MemoryVersion } from './memory-bucket.js';
import {
  MAX_PUT_BYTES,
  type BucketState,
  type CallOptions,
  type ListedObject,
  type ListedVersion,
  type MultipartUpload,
  type ObjectBody,
  type ObjectHead,
  type ObjectLocation,
  type ObjectStore,
  type PendingUpload,
  type PutOptions,
  type PutResult,
  type ReadOptions,
  type Retention,
  type UploadedPart,
  type VersionOptions,
} from './object-store.js';

const CHUNK_BYTES = 64 * 1024;

const fail = (code: ErrorCode, location: ObjectLocation, why: string) =>
  new CodedError(code, `${formatLocation(location)}: ${why}`, { details: { bucket: location.bucket, key: location.key } });

function* chunksOf(body: Buffer): Generator<Buffer> {
  for (let offset = 0; offset < body.length; offset += CHUNK_BYTES) yield body.subarray(offset, offset + CHUNK_BYTES);
}

/** A whole store in memory, with versions, retention and legal holds enforced; for tests and dry runs. Every bucket has Object Lock. */
class MemoryObjectStore implements ObjectStore {
  private readonly buckets = new Map<string, MemoryBucket>();

  constructor(private readonly now: () => Date) {}

  async put(location: ObjectLocation, body: Buffer, options: PutOptions = {}): Promise<PutResult> {
    options.signal?.throwIfAborted();
    if (body.length > MAX_PUT_BYTES)
      throw fail('STORE_FAILED', location, `${body.length} bytes are too many for one put; upload in parts.`);
    return this.write(location, Buffer.from(body), options.ifAbsent);
  }

  async startMultipart(location: ObjectLocation, options: CallOptions & { partChecksums?: boolean } = {}): Promise<MultipartUpload> {
    options.signal?.throwIfAborted();
    const uploadId = randomUUID();
    this.bucket(location).uploads.set(uploadId, { key: location.key, uploadId, initiatedAt: this.now(), parts: new Map() });
    return { bucket: location.bucket, key: location.key, uploadId, partChecksums: options.partChecksums ?? false };
  }

  async uploadPart(upload: MultipartUpload, partNumber: number, body: Buffer, options: CallOptions = {}): Promise<UploadedPart> {
    options.signal?.throwIfAborted();
    const etag = `"${createHash('md5').update(body).digest('hex')}"`;
    const sha256 = upload.partChecksums ? { sha256: createHash('sha256').update(body).digest('base64') } : {};
    this.upload(upload).parts.set(partNumber, { etag, body: Buffer.from(body), ...sha256 });
    return { partNumber, etag, ...sha256 };
  }

  async completeMultipart(
    upload: MultipartUpload,
    parts: readonly UploadedPart[],
    options: CallOptions & { ifAbsent?: boolean } = {},
  ): Promise<PutResult> {
    options.signal?.throwIfAborted();
    const held = this.upload(upload).parts;
    const bodies = parts.map(({ partNumber, etag }) => {
      const part = held.get(partNumber);
      if (part?.etag !== etag) throw fail('STORE_FAILED', upload, `part ${partNumber} is not what was uploaded.`);
      return part.body;
    });
    const result = this.write(upload, Buffer.concat(bodies), options.ifAbsent);
    this.bucket(upload).uploads.delete(upload.uploadId);
    return result;
  }

  async abortMultipart(upload: Pick<MultipartUpload, 'bucket' | 'key' | 'uploadId'>): Promise<void> {
    this.bucket(upload).uploads.delete(upload.uploadId);
  }

  async *listMultipartUploads(bucket: string, prefix: string): AsyncIterable<PendingUpload> {
    for (const { key, uploadId, initiatedAt } of this.bucket({ bucket, key: prefix }).uploads.values()) {
      if (key.startsWith(prefix)) yield { bucket, key, uploadId, initiatedAt };
    }
  }

  async read(location: ObjectLocation, options: ReadOptions = {}): Promise<ObjectBody> {
    options.signal?.throwIfAborted();
    const version = this.version(location, options.versionId);
    const { range } = options;
    if (range && range.first >= version.body.length) throw fail('STORE_FAILED', location, `no byte ${range.first} (InvalidRange).`);
    const body = range ? version.body.subarray(range.first, range.last + 1) : version.body;
    const expectation = { name: formatLocation(location), expectedBytes: body.length, inactivityMs: 60_000, signal: options.signal };
    const stream = guardBody(Readable.from(chunksOf(body), { objectMode: false }), expectation, (error) => error);
    return { sizeBytes: body.length, versionId: version.versionId, body: stream };
  }

  async head(location: ObjectLocation, options: VersionOptions = {}): Promise<ObjectHead | undefined> {
    options.signal?.throwIfAborted();
    const version = this.bucket(location).find(location.key, options.versionId);
    return version && { sizeBytes: version.body.length, versionId: version.versionId, lastModified: version.writtenAt };
  }

  async *list(bucket: string, prefix: string): AsyncIterable<ListedObject> {
    const held = this.bucket({ bucket, key: prefix });
    for (const key of held.keysUnder(prefix)) yield { key, sizeBytes: held.newest(key)!.body.length };
  }

  async *listVersions(bucket: string, prefix: string): AsyncIterable<ListedVersion> {
    const held = this.bucket({ bucket, key: prefix });
    for (const key of held.keysUnder(prefix)) {
      const newestFirst = [...(held.versions.get(key) ?? [])].reverse();
      for (const [index, { versionId, body }] of newestFirst.entries()) {
        yield { key, versionId, sizeBytes: body.length, isLatest: index === 0, isDeleteMarker: false };
      }
    }
  }

  async deleteVersion(location: ObjectLocation, versionId: string): Promise<void> {
    const version = this.bucket(location).find(location.key, versionId);
    if (!version) return;
    if (version.legalHold || this.inForce(version)) throw fail('STORE_LOCKED', location, 'retention or a legal hold protects the version.');
    this.bucket(location).remove(location.key, versionId);
  }

  async setRetention(location: ObjectLocation, versionId: string, retention: Retention): Promise<void> {
    const version = this.version(location, versionId);
    const held = this.inForce(version) ? version.retention : undefined;
    const weaker = held && (retention.retainUntil < held.retainUntil || (held.mode === 'COMPLIANCE' && retention.mode !== 'COMPLIANCE'));
    if (weaker) throw fail('STORE_LOCKED', location, `retention until ${held.retainUntil.toISOString()} is in force.`);
    version.retention = retention;
  }

  async getRetention(location: ObjectLocation, versionId: string): Promise<Retention | undefined> {
    return this.version(location, versionId).retention;
  }

  async setLegalHold(location: ObjectLocation, versionId: string, on: boolean): Promise<void> {
    this.version(location, versionId).legalHold = on;
  }

  async getLegalHold(location: ObjectLocation, versionId: string): Promise<boolean> {
    return this.version(location, versionId).legalHold;
  }

  async checkBucket(bucket: string): Promise<BucketState> {
    const exists = this.buckets.has(bucket);
    return { exists, versioning: exists, objectLock: exists };
  }

  async ensureBucket(bucket: string): Promise<void> {
    if (!this.buckets.has(bucket)) this.buckets.set(bucket, new MemoryBucket());
  }

  private write(location: ObjectLocation, body: Buffer, ifAbsent: boolean | undefined): PutResult {
    const bucket = this.bucket(location);
    if (ifAbsent && bucket.newest(location.key)) throw fail('STORE_CONFLICT', location, 'an object stands there already.');
    const versionId = randomUUID();
    bucket.add({ key: location.key, versionId, body, writtenAt: this.now(), legalHold: false });
    return { versionId };
  }

  private inForce(version: MemoryVersion): boolean {
    return version.retention !== undefined && version.retention.retainUntil > this.now();
  }

  private bucket(location: ObjectLocation): MemoryBucket {
    const bucket = this.buckets.get(location.bucket);
    if (!bucket) throw fail('STORE_BUCKET_MISSING', location, `there is no bucket ${location.bucket}.`);
    return bucket;
  }

  private version(location: ObjectLocation, versionId: string | undefined): MemoryVersion {
    const version = this.bucket(location).find(location.key, versionId);
    if (!version) throw fail('ARCHIVE_OBJECT_MISSING', location, `there is no such object${versionId ? ` of version ${versionId}` : ''}.`);
    return version;
  }

  private upload(upload: Pick<MultipartUpload, 'bucket' | 'key' | 'uploadId'>): MemoryUpload {
    const held = this.bucket(upload).uploads.get(upload.uploadId);
    if (!held) throw fail('STORE_FAILED', upload, `there is no upload ${upload.uploadId} (NoSuchUpload).`);
    return held;
  }
}

/** An object store in memory. `now` is the clock that retention is judged by. */
export const createMemoryObjectStore = (now: () => Date = () => new Date()): ObjectStore => new MemoryObjectStore(now);
