import { createHash, type Hash } from 'node:crypto';
import { CodedError } from '@lastcopy/kernel';
import type { ObjectStore } from '@lastcopy/object-store';
import { BufferPool } from './buffer-pool.js';
import { BLOCK_BYTES, checkedLevel, createBlockCompressor, type BlockCompressor } from './compression.js';
import { encryptionContext } from './encryption-context.js';
import { assertDataSetPath, jobPrefix, partPath, type ArchiveIdentity, type Codec } from './layout.js';
import { createUploadPool } from './object-upload.js';
import { PartWriter, type ObjectRecord } from './part-writer.js';

export interface DataSetRecord {
  /** `data/t-0001`, `metadata/schema` */
  readonly path: string;
  readonly rows: number;
  readonly plain_bytes: number;
  /** Of all parts' plain text together, lower-case hex. */
  readonly plain_sha256: string;
  readonly objects: readonly ObjectRecord[];
}

export interface DataSetWriterOptions {
  readonly store: ObjectStore;
  readonly bucket: string;
  /** The policy's storage location within the bucket; may be empty. */
  readonly prefix: string;
  readonly identity: ArchiveIdentity;
  /** 32 bytes; stays the caller's, who wipes it. */
  readonly archiveKey: Uint8Array;
  /** `data/<name>` or `metadata/<name>` */
  readonly path: string;
  /** What the plain text is: `csv`, `json`, `pack` */
  readonly extension: string;
  readonly codec?: Codec;
  /** zstd 1 to 19 (1 when absent), gzip 1 to 9 (6) */
  readonly level?: number;
  /** A part is closed before it could grow beyond this; one single `write` larger than it still makes one part. */
  readonly partMaxStoredBytes?: number;
  readonly signal?: AbortSignal;
  /** Called with the number of bytes whenever the store has taken some. */
  readonly onStoredBytes?: (bytes: number) => void;
  /** Called, and awaited, when a part is complete in the store, so that it can be recorded. */
  readonly onObject?: (object: ObjectRecord) => Promise<void>;
}

export interface DataSetWriter {
  /**
   * Adds plain text of any size, which holds `rows` whole rows (0 within a row: the rest of the row must not come in the next call if
   * parts are to start with a row). Resolves when the block may be reused. Calls must not overlap.
   */
  write(block: Buffer, rows: number): Promise<void>;
  /** Completes the last part. The writer is done for, whether it resolves or rejects. */
  finish(): Promise<DataSetRecord>;
  /** Drops the part under way; finished parts stay for the sweep of the attempt. May be called at any time, and twice. */
  abort(): Promise<void>;
}

export const DEFAULT_PART_MAX_STORED_BYTES = 256 * 1024 * 1024;

/** Both cores compress; more lanes gain nothing while one stream encrypts and uploads. */
const LANES = 2;
/** Upper bound of what frames, headers and incompressible blocks add. */
const OVERHEAD_FACTOR = 1.001;
const OVERHEAD_BYTES = 4096;

interface Lane {
  readonly compressor: BlockCompressor;
  done: Promise<void>;
}

/**
 * Block by block through compression lanes side by side, then in order through encryption, digest and upload.
 * Memory: 3 blocks of 4 MiB, 2 frames under way, 3 upload buffers of 8 MiB and the streams' own: about 56 MiB whatever the size.
 */
class StreamingDataSetWriter implements DataSetWriter {
  private readonly blocks = new BufferPool(BLOCK_BYTES, LANES + 1);
  private readonly uploads = createUploadPool();
  private readonly lanes: Lane[];
  private readonly objects: ObjectRecord[] = [];
  private readonly ended = new AbortController();
  private readonly signal: AbortSignal;
  private block: Buffer | undefined;
  private filledBytes = 0;
  private pendingBytes = 0;
  private blockCount = 0;
  private inOrder: Promise<void> = Promise.resolve();
  private part: PartWriter | undefined;
  private plainHash: Hash | undefined;
  private failure: { error: unknown } | undefined;

  constructor(private readonly options: Required<Pick<DataSetWriterOptions, 'codec' | 'partMaxStoredBytes'>> & DataSetWriterOptions) {
    assertDataSetPath(options.path);
    const level = checkedLevel(options.codec, options.level);
    this.lanes = Array.from({ length: LANES }, () => ({
      compressor: createBlockCompressor(options.codec, level),
      done: Promise.resolve(),
    }));
    this.signal = options.signal ? AbortSignal.any([options.signal, this.ended.signal]) : this.ended.signal;
  }

  async write(block: Buffer, rows: number): Promise<void> {
    try {
      this.throwIfFailed();
      if (this.part && this.wouldOverflow(block.length)) await this.closePart();
      const part = (this.part ??= this.openPart());
      for (let offset = 0; offset < block.length;) offset += await this.fill(part, block, offset);
      part.rows += rows;
    } catch (error) {
      throw await this.fail(error);
    }
  }

  async finish(): Promise<DataSetRecord> {
    try {
      this.throwIfFailed();
      this.part ??= this.objects.length === 0 ? this.openPart() : undefined;
      if (this.part) await this.closePart();
      const { path } = this.options;
      const plain_bytes = this.objects.reduce((sum, object) => sum + object.plain_bytes, 0);
      const rows = this.objects.reduce((sum, object) => sum + object.rows, 0);
      const plain_sha256 = (this.plainHash ?? createHash('sha256')).digest('hex');
      this.failure = { error: new CodedError('INTERNAL', `Data set ${path} is finished already.`) };
      this.closeLanes();
      return { path, rows, plain_bytes, plain_sha256, objects: this.objects };
    } catch (error) {
      throw await this.fail(error);
    }
  }

  async abort(): Promise<void> {
    await this.fail(new CodedError('INTERNAL', `The writing of ${this.options.path} was aborted.`));
  }

  private openPart(): PartWriter {
    const { bucket, prefix, identity, path: dataSet, extension, codec, archiveKey, store, onStoredBytes } = this.options;
    const path = partPath({ attempt: identity.attempt, dataSet, number: this.objects.length + 1, extension, codec });
    const location = { bucket, key: `${jobPrefix(prefix, identity)}/${path}` };
    const context = encryptionContext(identity, path);
    return new PartWriter({ store, location, pool: this.uploads, signal: this.signal, onStoredBytes, path, archiveKey, context });
  }

  /** As if nothing of what is under way or arrives could be compressed. */
  private wouldOverflow(arrivingBytes: number): boolean {
    const accepted = this.part?.acceptedBytes ?? 0;
    const bound = (accepted + this.pendingBytes + this.filledBytes + arrivingBytes) * OVERHEAD_FACTOR + OVERHEAD_BYTES;
    return bound > this.options.partMaxStoredBytes;
  }

  private async fill(part: PartWriter, source: Buffer, offset: number): Promise<number> {
    this.block ??= await this.blocks.take();
    this.throwIfFailed();
    const taken = source.copy(this.block, this.filledBytes, offset, offset + BLOCK_BYTES - this.filledBytes);
    this.filledBytes += taken;
    if (this.filledBytes === BLOCK_BYTES) await this.submitBlock(part);
    return taken;
  }

  /** Hands the block to the next lane as soon as that has passed its last frame on; frames go on in the order of their blocks. */
  private async submitBlock(part: PartWriter): Promise<void> {
    const lane = this.lanes[this.blockCount % LANES]!;
    this.blockCount += 1;
    await lane.done;
    this.throwIfFailed();
    const buffer = this.block ?? (await this.blocks.take());
    const plain = buffer.subarray(0, this.filledBytes);
    this.block = undefined;
    this.filledBytes = 0;
    this.pendingBytes += plain.length;
    const compressed = lane.compressor.compress(plain);
    part.countPlain(plain);
    // Only a second part makes the whole differ from its first part.
    if (this.objects.length > 0) this.plainHash?.update(plain);
    lane.done = this.passOn(part, compressed, buffer, plain.length, this.inOrder);
    this.inOrder = lane.done;
  }

  private async passOn(part: PartWriter, compressed: Promise<Buffer>, buffer: Buffer, plainBytes: number, before: Promise<void>) {
    try {
      const frame = await compressed.finally(() => this.blocks.give(buffer));
      await before;
      if (this.failure) return;
      await part.append(frame);
      this.pendingBytes -= plainBytes;
    } catch (error) {
      this.failure ??= { error: this.causeOf(error) };
    }
  }

  /** A stream that a signal ended says only that it was ended. */
  private causeOf(error: unknown): unknown {
    return this.options.signal?.aborted ? this.options.signal.reason : error;
  }

  private async closePart(): Promise<void> {
    const part = this.part!;
    if (this.filledBytes > 0 || part.acceptedBytes + this.pendingBytes === 0) await this.submitBlock(part);
    await this.inOrder;
    this.throwIfFailed();
    this.plainHash ??= part.plainDigest();
    const record = await part.complete();
    this.part = undefined;
    this.objects.push(record);
    await this.options.onObject?.(record);
  }

  /** Ends everything under way before it reports, so that nothing is written after the caller was told. */
  private async fail(error: unknown): Promise<unknown> {
    this.failure ??= { error: this.causeOf(error) };
    this.ended.abort(this.failure.error);
    const part = this.part;
    this.part = undefined;
    await part?.abort().catch(() => undefined);
    await this.inOrder;
    this.closeLanes();
    return this.failure.error;
  }

  private closeLanes(): void {
    for (const { compressor } of this.lanes) compressor.close();
  }

  private throwIfFailed(): void {
    if (this.failure) throw this.failure.error;
    this.signal.throwIfAborted();
  }
}

/**
 * Writes one data set: plain text in, compressed and encrypted part objects in the store out, with backpressure and bounded memory.
 * Parts begin only where a `write` begins. A data set without a row is one object of no plain text.
 * @throws STORE_* of the store; CONFIGURATION_INVALID for a bad level or a bucket without versions; the signal's reason
 */
export function createDataSetWriter(options: DataSetWriterOptions): DataSetWriter {
  return new StreamingDataSetWriter({ codec: 'zstd', partMaxStoredBytes: DEFAULT_PART_MAX_STORED_BYTES, ...options });
}
