import { randomBytes } from 'node:crypto';
import { Readable, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { BLOCK_BYTES, createBlockCompressor, createDecompressor } from './compression.js';
import type { Codec } from './layout.js';

async function compressed(codec: Codec, blocks: readonly Buffer[]): Promise<Buffer[]> {
  const lane = createBlockCompressor(codec, 1);
  const frames: Buffer[] = [];
  for (const block of blocks) frames.push(Buffer.from(await lane.compress(block)));
  lane.close();
  return frames;
}

/** What comes out when the input arrives in these pieces. */
async function opened(codec: Codec, pieces: readonly Buffer[]): Promise<Buffer> {
  const chunks: Buffer[] = [];
  const sink = new Writable({
    write(chunk: Buffer, _encoding, callback) {
      chunks.push(chunk);
      callback();
    },
  });
  const stages = [Readable.from(pieces), ...createDecompressor(codec), sink];
  await pipeline(stages as unknown as [NodeJS.ReadableStream, NodeJS.WritableStream]);
  return Buffer.concat(chunks);
}

const rows = (bytes: number): Buffer => {
  const noise = randomBytes(Math.ceil(bytes / 3));
  return Buffer.concat([noise, noise, noise]).subarray(0, bytes);
};

describe.each<Codec>(['zstd', 'gzip'])('a sequence of blocks compressed with %s', (codec) => {
  // Where a block ends is what matters, not how long it is; full ones are opened below.
  const blocks = [rows(300_001), rows(300_001), rows(123_457)];
  const plain = Buffer.concat(blocks);
  let frames: Buffer[];
  beforeAll(async () => {
    frames = await compressed(codec, blocks);
  });

  it('opens wherever the pieces are cut at the end of a block', async () => {
    const all = Buffer.concat(frames);
    const end = frames[0]!.length;
    for (let cut = end - 20; cut <= end + 20; cut += 1) {
      const out = await opened(codec, [all.subarray(0, cut), all.subarray(cut)]);
      if (!out.equals(plain)) throw new Error(`cut ${end - cut} bytes before the end of a block: ${out.length} of ${plain.length} bytes`);
    }
  });

  it('is refused when it is cut short anywhere', async () => {
    const all = Buffer.concat(frames);
    const last = all.length - frames[2]!.length;
    for (const length of [all.length - 1, all.length - 4, all.length - 7, last + 1, last - 1, last - 5, frames[0]!.length - 7]) {
      await expect(opened(codec, [all.subarray(0, length)])).rejects.toThrow();
    }
  });
});

describe('zstd', () => {
  it('opens small blocks, empty ones and ones that do not compress, byte by byte', async () => {
    const blocks = [Buffer.from('a'), Buffer.alloc(0), randomBytes(300), Buffer.alloc(5_000, 'x'), randomBytes(70_000), Buffer.from('end')];
    const all = Buffer.concat(await compressed('zstd', blocks));
    const bytes = Array.from(all, (_, at) => all.subarray(at, at + 1));
    expect((await opened('zstd', bytes)).equals(Buffer.concat(blocks))).toBe(true);
  });

  it('opens a block of random bytes, which grows', async () => {
    const block = randomBytes(BLOCK_BYTES);
    const frames = await compressed('zstd', [block, block]);
    expect(frames[0]!.length).toBeGreaterThan(BLOCK_BYTES);
    expect((await opened('zstd', frames)).equals(Buffer.concat([block, block]))).toBe(true);
  });

  it('refuses what is no frame, before, between and after frames', async () => {
    const [frame] = await compressed('zstd', [Buffer.from('some rows')]);
    const noise = Buffer.alloc(20, 7);
    for (const pieces of [[noise], [frame!, noise], [frame!, noise, frame!], [frame!, Buffer.from('x')]]) {
      await expect(opened('zstd', pieces)).rejects.toThrow('the compressed data');
    }
    const endless = Buffer.concat([
      frame!.subarray(0, 6),
      ...Array.from({ length: 100 }, () => Buffer.from([0, 0, 0x10, ...Buffer.alloc(131_072)])),
    ]);
    await expect(opened('zstd', [endless])).rejects.toThrow('the compressed data');
  });
});
