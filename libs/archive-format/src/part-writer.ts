import { createHash, type Hash } from 'node:crypto';
import { CodedError } from '@lastcopy/kernel';
import { formatLocation } from '@lastcopy/object-store';
import type { EncryptionContext } from './encryption-context.js';
import { EncryptingPump } from './encrypting-pump.js';
import { FRAME_BYTES, messageBytes } from './message.js';
import { ObjectUpload, type ObjectUploadOptions } from './object-upload.js';

export interface ObjectRecord {
  /** Below the job's prefix: `attempt-1/data/t-0001/part-00001.csv.zst.enc`. */
  readonly path: string;
  readonly rows: number;
  readonly plain_bytes: number;
  /** Lower-case hex. */
  readonly plain_sha256: string;
  readonly stored_bytes: number;
  /** Lower-case hex. */
  readonly stored_sha256: string;
  readonly version_id: string;
}

export interface PartWriterOptions extends ObjectUploadOptions {
  readonly path: string;
  readonly archiveKey: Uint8Array;
  readonly context: EncryptionContext;
}

// provider info: the key's name, tag length and IV length (4 bytes each), IV; the data key wrapped with its tag
const WRAPPED_KEY = { providerId: 'lastcopy', rawInfo: Buffer.alloc('archive-key'.length + 20), encryptedDataKey: Buffer.alloc(48) };

/** One stored object being written: compressed blocks in, one encrypted message out and up. */
export class PartWriter {
  rows = 0;
  private plainBytes = 0;
  private compressedBytes = 0;
  private readonly plainHash: Hash = createHash('sha256');
  private readonly upload: ObjectUpload;
  private readonly pump: EncryptingPump;

  constructor(private readonly options: PartWriterOptions) {
    const { archiveKey, context } = options;
    this.upload = new ObjectUpload(options);
    this.pump = new EncryptingPump(archiveKey, context, (chunk) => this.upload.append(chunk));
  }

  get path(): string {
    return this.options.path;
  }

  /** Compressed bytes handed over so far; stored bytes are these and under 0.02 % more. */
  get acceptedBytes(): number {
    return this.compressedBytes;
  }

  countPlain(block: Buffer): void {
    this.plainBytes += block.length;
    this.plainHash.update(block);
  }

  /** The digest of the plain text so far; the part can still grow. */
  plainDigest(): Hash {
    return this.plainHash.copy();
  }

  async append(frame: Buffer): Promise<void> {
    this.compressedBytes += frame.length;
    await this.pump.write(frame);
  }

  async complete(): Promise<ObjectRecord> {
    await this.pump.end();
    this.checkLength();
    const stored = await this.upload.complete();
    const plain_sha256 = this.plainHash.digest('hex');
    return { path: this.options.path, rows: this.rows, plain_bytes: this.plainBytes, plain_sha256, ...stored };
  }

  async abort(): Promise<void> {
    this.pump.stop(new CodedError('STORE_FAILED', `The writing of ${formatLocation(this.options.location)} was aborted.`));
    await this.upload.abort();
  }

  /** A chain of streams that lost a frame without an error would store a hole for ever. */
  private checkLength(): void {
    const { context, location } = this.options;
    const header = { encryptionContext: context, encryptedDataKeys: [WRAPPED_KEY], frameLength: FRAME_BYTES };
    const expected = messageBytes(header as unknown as Parameters<typeof messageBytes>[0], this.compressedBytes);
    if (this.upload.storedBytes === expected) return;
    throw new CodedError(
      'ARCHIVE_OBJECT_DAMAGED',
      `${formatLocation(location)}: encryption gave ${this.upload.storedBytes} bytes where ${expected} follow from its input.`,
    );
  }
}
