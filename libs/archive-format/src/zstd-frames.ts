import { Transform, type TransformCallback } from 'node:stream';

const MAGIC = 0xfd2fb528;
const DESCRIPTOR_END = 5;
const BLOCK_HEADER_BYTES = 3;
const CHECKSUM_BYTES = 4;
const DICTIONARY_ID_BYTES = [0, 1, 2, 4];
const CONTENT_SIZE_BYTES = [0, 2, 4, 8];
const RLE = 1;
const RESERVED = 3;

/** The reader of the object, who knows its name, makes the coded error of it. */
const damaged = (why: string): Error => new Error(`the compressed data ${why}`);

/** Bytes before the first block, by the frame's fifth byte (RFC 8878, section 3.1.1.1). */
function headerBytes(descriptor: number): number {
  const singleSegment = (descriptor >> 5) & 1;
  const contentSize = CONTENT_SIZE_BYTES[descriptor >> 6]! || singleSegment;
  return DESCRIPTOR_END + (1 - singleSegment) + DICTIONARY_ID_BYTES[descriptor & 3]! + contentSize;
}

/**
 * Passes a sequence of zstd frames on one by one, each in one piece. node:zlib needs that: when a piece of input ends within the last seven
 * bytes of a frame (after the last data, before the end mark and checksum), it takes the end of that frame for the end of all and drops
 * what follows without an error. Every frame must fit into `frameMaxBytes`.
 */
export class ZstdFrames extends Transform {
  private readonly held: Buffer;
  private filled = 0;
  /** Where the next block's header begins; 0 before the frame's own header was read. */
  private blockAt = 0;
  private checksumBytes = 0;
  private frameEnd: number | undefined;

  constructor(frameMaxBytes: number) {
    super();
    this.held = Buffer.allocUnsafeSlow(frameMaxBytes);
  }

  override _transform(chunk: Buffer, _encoding: BufferEncoding, callback: TransformCallback): void {
    try {
      for (let from = 0; from < chunk.length;) {
        const taken = chunk.copy(this.held, this.filled, from);
        if (taken === 0) throw damaged(`has a frame of more than ${this.held.length} bytes`);
        this.filled += taken;
        from += taken;
        while (this.findEnd()) this.release(this.frameEnd!);
      }
      callback();
    } catch (error) {
      callback(error as Error);
    }
  }

  override _flush(callback: TransformCallback): void {
    callback(this.filled === 0 ? null : damaged('ends within a frame'));
  }

  private release(end: number): void {
    this.push(Buffer.from(this.held.subarray(0, end)));
    this.held.copyWithin(0, end, this.filled);
    this.filled -= end;
    this.blockAt = 0;
    this.frameEnd = undefined;
  }

  /** True when all of a frame is held. */
  private findEnd(): boolean {
    if (this.blockAt === 0 && !this.readFrameHeader()) return false;
    while (this.frameEnd === undefined && this.filled >= this.blockAt + BLOCK_HEADER_BYTES) {
      const header = this.held.readUIntLE(this.blockAt, BLOCK_HEADER_BYTES);
      const type = (header >> 1) & 3;
      if (type === RESERVED) throw damaged('has a block of no known type');
      this.blockAt += BLOCK_HEADER_BYTES + (type === RLE ? 1 : header >> 3);
      if (header & 1) this.frameEnd = this.blockAt + this.checksumBytes;
    }
    return this.frameEnd !== undefined && this.filled >= this.frameEnd;
  }

  private readFrameHeader(): boolean {
    if (this.filled < DESCRIPTOR_END) return false;
    if (this.held.readUInt32LE(0) !== MAGIC) throw damaged('has something else where a frame should begin');
    const descriptor = this.held[DESCRIPTOR_END - 1]!;
    this.blockAt = headerBytes(descriptor);
    this.checksumBytes = (descriptor >> 2) & 1 ? CHECKSUM_BYTES : 0;
    return true;
  }
}
