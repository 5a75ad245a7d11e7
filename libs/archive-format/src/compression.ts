import { promisify } from 'node:util';
import { constants, createGunzip, createZstdCompress, createZstdDecompress, gzip, zstdCompress, type ZstdCompress } from 'node:zlib';
import type { Duplex } from 'node:stream';
import { CodedError } from '@lastcopy/kernel';
import type { Codec } from './layout.js';
import { ZstdFrames } from './zstd-frames.js';

/** Plain text of one compressed frame. */
export const BLOCK_BYTES = 4 * 1024 * 1024;

const CHUNK_BYTES = 1024 * 1024;
// A frame of a block that does not compress is slightly larger than the block; it must fit, or the lane would wait for a reader.
const LANE_BUFFER_BYTES = BLOCK_BYTES + 2 * CHUNK_BYTES;
const LEVELS: Record<Codec, { min: number; max: number; initial: number }> = {
  zstd: { min: 1, max: 19, initial: 1 },
  gzip: { min: 1, max: 9, initial: 6 },
};

const gzipBlock = promisify<Buffer, { level: number }, Buffer>(gzip);
const zstdBlock = promisify<Buffer, { params: Record<number, number> }, Buffer>(zstdCompress);

/** Compresses one block at a time, each into a frame (zstd) or member (gzip) of its own. */
export interface BlockCompressor {
  /** The block must not change until the promise settles. */
  compress(block: Buffer): Promise<Buffer>;
  close(): void;
}

/** @throws CONFIGURATION_INVALID */
export function checkedLevel(codec: Codec, level: number | undefined): number {
  const { min, max, initial } = LEVELS[codec];
  const wanted = level ?? initial;
  if (!Number.isInteger(wanted) || wanted < min || wanted > max) {
    throw new CodedError('CONFIGURATION_INVALID', `Compression level ${wanted} of ${codec} is not a whole number from ${min} to ${max}.`);
  }
  return wanted;
}

/**
 * The checksum flag, since without it most bit flips decompress in silence. Never `ZSTD_c_nbWorkers`: node:zlib then cuts the output
 * short without an error.
 */
const zstdParams = (level: number) => ({ [constants.ZSTD_c_compressionLevel]: level, [constants.ZSTD_c_checksumFlag]: 1 });

/** One long-lived stream: its tables are allocated once, and each flush ends a frame. */
class ZstdLane implements BlockCompressor {
  private readonly stream: ZstdCompress;

  constructor(private readonly level: number) {
    this.stream = createZstdCompress({ params: zstdParams(level), chunkSize: CHUNK_BYTES, highWaterMark: LANE_BUFFER_BYTES } as object);
  }

  compress(block: Buffer): Promise<Buffer> {
    // A flush of nothing writes nothing, and an empty file is no zstd file.
    if (block.length === 0) return zstdBlock(block, { params: zstdParams(this.level) });
    return new Promise((resolve, reject) => {
      const fail = (error: Error) => reject(error);
      this.stream.once('error', fail);
      this.stream.write(block, (error) => error && reject(error));
      this.stream.flush(constants.ZSTD_e_end, () => {
        this.stream.off('error', fail);
        const frame = this.stream.read() as Buffer | null;
        if (frame) resolve(frame);
        else reject(new CodedError('INTERNAL', `zstd gave no frame for a block of ${block.length} bytes.`));
      });
    });
  }

  close(): void {
    this.stream.destroy();
  }
}

/** A compressor of `codec`; several may run side by side. */
export function createBlockCompressor(codec: Codec, level: number): BlockCompressor {
  if (codec === 'zstd') return new ZstdLane(level);
  return { compress: (block) => gzipBlock(block, { level }), close: () => undefined };
}

/**
 * The stages from compressed frames or members to plain text, for one `pipeline` in this order; they fail on damage and on a cut last
 * frame. Pieces of any size may come in.
 */
export function createDecompressor(codec: Codec): [Duplex, ...Duplex[]] {
  if (codec === 'gzip') return [createGunzip({ chunkSize: CHUNK_BYTES })];
  return [new ZstdFrames(LANE_BUFFER_BYTES), createZstdDecompress({ chunkSize: CHUNK_BYTES })];
}
