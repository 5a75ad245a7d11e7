import { Readable } from 'node:stream';
import { extract } from 'tar-stream';
import { packLargeObjects, type LargeObjectReader } from './pack-large-objects.js';

const sizes = [0, 1, 512, 3_000_001];
const objects = sizes.map((size_bytes, index) => ({ oid: String(16_400 + index), size_bytes, owner: 'someone' }));
const contentOf = (oid: string, size: number) => Buffer.alloc(size, oid);

const reader: LargeObjectReader = {
  async copyLargeObject({ oid, size_bytes }, sink) {
    const content = contentOf(oid, size_bytes);
    for (let at = 0; at < content.length; at += 1_048_576) await sink(content.subarray(at, at + 1_048_576));
  },
};
const { signal } = new AbortController();

it('gives every object as a file of its oid, and counts them once', async () => {
  const blocks: Buffer[] = [];
  let counted = 0;
  await packLargeObjects(
    reader,
    objects,
    async (block, rows) => {
      blocks.push(Buffer.from(block));
      counted += rows;
    },
    signal,
  );
  expect(counted).toBe(objects.length);
  const found: [string, boolean][] = [];
  const unpack = Readable.from(blocks).pipe(extract());
  for await (const entry of unpack) {
    const { name, size } = entry.header;
    const chunks: Buffer[] = [];
    for await (const chunk of entry) chunks.push(chunk as Buffer);
    const content = Buffer.concat(chunks);
    found.push([name, content.equals(contentOf(name, size!))]);
  }
  expect(found).toEqual(objects.map(({ oid }) => [oid, true]));
});

it('ends with what the source fails with', async () => {
  const failing: LargeObjectReader = { copyLargeObject: () => Promise.reject(new Error('source lost')) };
  await expect(packLargeObjects(failing, objects, async () => undefined, signal)).rejects.toThrow('source lost');
});

it('ends with what the sink fails with', async () => {
  const full = () => Promise.reject(new Error('store full'));
  await expect(packLargeObjects(reader, objects, full, signal)).rejects.toThrow('store full');
});

it('ends when it is told to, though the source waits for ever', async () => {
  const stop = new AbortController();
  const endless: LargeObjectReader = {
    async copyLargeObject(_object, sink) {
      for (;;) await sink(Buffer.alloc(1_048_576));
    },
  };
  let blocks = 0;
  const packing = packLargeObjects(
    endless,
    [{ oid: '1', size_bytes: 1_000_000_000, owner: 'someone' }],
    async () => {
      blocks += 1;
      if (blocks === 20) stop.abort(new Error('lease lost'));
    },
    stop.signal,
  );
  await expect(packing).rejects.toThrow('lease lost');
});
