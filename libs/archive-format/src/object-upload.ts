import { createHash } from 'node:crypto';
import { CodedError } from '@lastcopy/kernel';
import { formatLocation, type MultipartUpload, type ObjectLocation, type ObjectStore, type UploadedPart } from '@lastcopy/object-store';
import { BufferPool } from './buffer-pool.js';

/**
 * S3 allows 10,000 parts of at least 5 MiB: with these an object can have 78 GiB, far more than one ever gets. Parts twice as large made
 * nothing quicker and took 24 MiB more of each writer.
 */
export const UPLOAD_PART_BYTES = 8 * 1024 * 1024;

/** One buffer fills while two are on their way. */
export const createUploadPool = (): BufferPool => new BufferPool(UPLOAD_PART_BYTES, 3);

export interface StoredObjectRecord {
  readonly stored_bytes: number;
  readonly stored_sha256: string;
  readonly version_id: string;
}

export interface ObjectUploadOptions {
  readonly store: ObjectStore;
  readonly location: ObjectLocation;
  readonly pool: BufferPool;
  readonly signal: AbortSignal;
  readonly onStoredBytes?: (bytes: number) => void;
}

/** One object on its way up: one PUT when it fits into a part, else a multipart upload with two parts in flight. */
export class ObjectUpload {
  private readonly hash = createHash('sha256');
  private readonly inFlight = new Set<Promise<void>>();
  private readonly parts: UploadedPart[] = [];
  private upload: MultipartUpload | undefined;
  private buffer: Buffer | undefined;
  private filledBytes = 0;
  private partNumber = 0;
  private failure: { error: unknown } | undefined;
  private bytes = 0;
  private appending: Promise<void> = Promise.resolve();

  constructor(private readonly options: ObjectUploadOptions) {}

  get storedBytes(): number {
    return this.bytes;
  }

  /** Takes the bytes over; the chunk may be reused when the promise has settled. Waits while two parts are in flight. */
  append(chunk: Uint8Array): Promise<void> {
    this.appending = this.take(chunk);
    return this.appending;
  }

  private async take(chunk: Uint8Array): Promise<void> {
    let offset = 0;
    while (offset < chunk.length) {
      // sent only when more follows, so that what fits into one part stays one PUT
      if (this.buffer && this.filledBytes === UPLOAD_PART_BYTES) await this.sendPart();
      this.buffer ??= await this.options.pool.take();
      this.throwIfFailed();
      const taken = Math.min(chunk.length - offset, UPLOAD_PART_BYTES - this.filledBytes);
      this.buffer.set(chunk.subarray(offset, offset + taken), this.filledBytes);
      this.filledBytes += taken;
      offset += taken;
    }
    this.bytes += chunk.length;
  }

  /** @throws STORE_* ; CONFIGURATION_INVALID when the bucket keeps no versions, since a version id is what everything later relies on */
  async complete(): Promise<StoredObjectRecord> {
    const { store, location, signal } = this.options;
    const versionId = this.upload ? await this.completeParts(this.upload) : await this.putWhole();
    if (versionId === undefined || versionId === 'null') {
      throw new CodedError(
        'CONFIGURATION_INVALID',
        `Bucket ${location.bucket} keeps no versions. Enable versioning and Object Lock on it.`,
      );
    }
    // What the store says it holds, before anything relies on it.
    const head = await store.head(location, { versionId, signal });
    if (head?.sizeBytes !== this.bytes) {
      const held = head ? `${head.sizeBytes} bytes` : 'nothing';
      throw new CodedError(
        'ARCHIVE_OBJECT_DAMAGED',
        `${formatLocation(location)}: ${this.bytes} bytes were sent and the store holds ${held}.`,
      );
    }
    return { stored_bytes: this.bytes, stored_sha256: this.hash.digest('hex'), version_id: versionId };
  }

  /** Leaves nothing behind that costs storage: parts that are under way end first, then the upload is dropped. */
  async abort(): Promise<void> {
    this.failure ??= { error: new CodedError('STORE_FAILED', `The upload of ${formatLocation(this.options.location)} was aborted.`) };
    // an upload that is just being started must be known before it can be dropped
    await this.appending.catch(() => undefined);
    await Promise.allSettled(this.inFlight);
    this.releaseBuffer();
    // without the signal: it may be what ended the upload
    if (this.upload) await this.options.store.abortMultipart(this.upload);
  }

  private async putWhole(): Promise<string | undefined> {
    const { store, location, signal } = this.options;
    const body = this.takeFilled();
    const { versionId } = await store.put(location, body, { ifAbsent: true, signal });
    this.options.onStoredBytes?.(body.length);
    this.releaseBuffer();
    return versionId;
  }

  private async completeParts(upload: MultipartUpload): Promise<string | undefined> {
    await this.sendPart();
    await Promise.all(this.inFlight);
    this.throwIfFailed();
    const ascending = [...this.parts].sort((one, other) => one.partNumber - other.partNumber);
    const { versionId } = await this.options.store.completeMultipart(upload, ascending, { ifAbsent: true, signal: this.options.signal });
    this.upload = undefined;
    return versionId;
  }

  private takeFilled(): Buffer {
    const body = (this.buffer ?? Buffer.alloc(0)).subarray(0, this.filledBytes);
    this.hash.update(body);
    return body;
  }

  private async sendPart(): Promise<void> {
    const { store, location, signal } = this.options;
    this.upload ??= await store.startMultipart(location, { signal });
    const body = this.takeFilled();
    const buffer = this.buffer!;
    this.buffer = undefined;
    this.filledBytes = 0;
    this.partNumber += 1;
    const sending = this.send(this.upload, this.partNumber, body).finally(() => {
      this.inFlight.delete(sending);
      this.options.pool.give(buffer);
    });
    this.inFlight.add(sending);
  }

  private async send(upload: MultipartUpload, partNumber: number, body: Buffer): Promise<void> {
    try {
      this.parts.push(await this.options.store.uploadPart(upload, partNumber, body, { signal: this.options.signal }));
      this.options.onStoredBytes?.(body.length);
    } catch (error) {
      this.failure ??= { error };
    }
  }

  private releaseBuffer(): void {
    if (this.buffer) this.options.pool.give(this.buffer);
    this.buffer = undefined;
    this.filledBytes = 0;
  }

  private throwIfFailed(): void {
    if (this.failure) throw this.failure.error;
  }
}
