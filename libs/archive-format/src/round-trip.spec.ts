import { createHash, randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { collect, writeArchive } from './archive.fixture.js';

const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');
const rows = (count: number) => Buffer.from(Array.from({ length: count }, (_, row) => `${row},name ${row % 97},2026-01-01\n`).join(''));

describe('an archive', () => {
  it('gives back what was written, block sizes and codecs whatever they are', async () => {
    const block = fc.oneof(
      fc.uint8Array({ maxLength: 300 }),
      fc.integer({ min: 0, max: 200_000 }).map((size) => new Uint8Array(size).fill(size)),
    );
    const codec = fc.constantFrom('zstd' as const, 'gzip' as const);
    await fc.assert(
      fc.asyncProperty(fc.array(block, { maxLength: 12 }), codec, fc.integer({ min: 1, max: 9 }), async (blocks, codec, level) => {
        const source = blocks.map((bytes) => Buffer.from(bytes));
        const fixture = await writeArchive([{ path: 'data/t-0001', kind: 'table', extension: 'csv', blocks: source }], {
          writer: { codec, level },
        });
        const archive = await fixture.open();
        const plain = await collect(archive.readDataSet('data/t-0001'));
        expect(plain.equals(Buffer.concat(source))).toBe(true);
        const [dataSet] = archive.manifest.data_sets;
        expect(dataSet).toMatchObject({ rows: source.length, plain_bytes: plain.length, plain_sha256: sha256(plain) });
      }),
      { numRuns: 25 },
    );
  });

  it('lets the caller reuse its buffer as soon as write has resolved', async () => {
    const { open } = await writeArchive([{ path: 'data/t-0001', kind: 'table', extension: 'csv', blocks: [] }]);
    expect(await collect((await open()).readDataSet('data/t-0001'))).toEqual(Buffer.alloc(0));
    const reused = Buffer.alloc(1_500_000);
    const expected: Buffer[] = [];
    const blocks = {
      *[Symbol.iterator]() {
        for (let turn = 0; turn < 8; turn += 1) {
          reused.fill(turn);
          expected.push(Buffer.from(reused));
          yield reused;
        }
      },
    };
    const fixture = await writeArchive([{ path: 'data/t-0001', kind: 'table', extension: 'csv', blocks: blocks as unknown as Buffer[] }]);
    const plain = await collect((await fixture.open()).readDataSet('data/t-0001'));
    expect(plain.equals(Buffer.concat(expected))).toBe(true);
  });

  it('crosses blocks, frames and upload parts with bytes that do not compress', async () => {
    const blocks = [randomBytes(9_000_001), randomBytes(1), randomBytes(12_000_000)];
    const fixture = await writeArchive([{ path: 'data/files', kind: 'files', extension: 'pack', blocks }]);
    const archive = await fixture.open();
    const [object] = archive.dataSet('data/files').objects;
    expect(object!.stored_bytes).toBeGreaterThan(21_000_001);
    expect((await collect(archive.readDataSet('data/files'))).equals(Buffer.concat(blocks))).toBe(true);
  });

  it('begins a part only where a write began, and keeps parts below their maximum', async () => {
    const partMaxStoredBytes = 3_000_000;
    const blocks = Array.from({ length: 9 }, (_, turn) => randomBytes(700_000 + turn));
    const recorded: string[] = [];
    const writer = { partMaxStoredBytes, onObject: async ({ path }: { path: string }) => void recorded.push(path) };
    const fixture = await writeArchive([{ path: 'data/t-0001', kind: 'table', extension: 'csv', blocks }], { writer });
    const archive = await fixture.open();
    const { objects, plain_sha256, rows: rowCount } = archive.dataSet('data/t-0001');
    expect(objects.map(({ path }) => path)).toEqual(recorded);
    expect(objects.map(({ rows }) => rows)).toEqual([4, 4, 1]);
    expect(rowCount).toBe(9);
    for (const { stored_bytes } of objects) expect(stored_bytes).toBeLessThanOrEqual(partMaxStoredBytes);
    const parts = await Promise.all(objects.map((object) => collect(archive.readObject(object))));
    expect(parts[0]!.equals(Buffer.concat(blocks.slice(0, 4)))).toBe(true);
    expect(parts[2]!.equals(blocks[8]!)).toBe(true);
    const whole = await collect(archive.readDataSet('data/t-0001'));
    expect(sha256(whole)).toBe(plain_sha256);
    expect(whole.equals(Buffer.concat(blocks))).toBe(true);
  });

  it('keeps documents, and names metadata as one object', async () => {
    const schema = { tables: [{ ordinal: 1, name: 'a."b".c' }] };
    const blocks = [Buffer.from(JSON.stringify(schema))];
    const fixture = await writeArchive([
      { path: 'data/t-0001', kind: 'table', extension: 'csv', blocks: [rows(1000)] },
      { path: 'metadata/schema', kind: 'schema', extension: 'json', blocks },
    ]);
    const archive = await fixture.open();
    expect(await archive.readJson('metadata/schema')).toEqual(schema);
    expect(archive.dataSet('metadata/schema').objects[0]!.path).toBe('attempt-1/metadata/schema.json.zst.enc');
    expect(archive.dataSet('data/t-0001').objects[0]!.path).toBe('attempt-1/data/t-0001/part-00001.csv.zst.enc');
    await expect(archive.readJson('metadata/absent')).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('opens with the escrow key alone, again after its key was wiped, and is checked without any key', async () => {
    const fixture = await writeArchive([{ path: 'data/t-0001', kind: 'table', extension: 'csv', blocks: [rows(10)] }]);
    const archive = await fixture.open({ keys: [fixture.escrowKey] });
    expect(await collect(archive.readDataSet('data/t-0001'))).toEqual(rows(10));
    await archive.close();
    expect(await collect(archive.readDataSet('data/t-0001'))).toEqual(rows(10));
    const keyless = await fixture.open({ keys: [] });
    const seen: string[] = [];
    const checks = await keyless.checkFixity(({ path }) => void seen.push(path));
    expect(checks.every(({ passed }) => passed)).toBe(true);
    expect(seen).toEqual(['attempt-1/data/t-0001/part-00001.csv.zst.enc', 'keys/tenant.json', 'keys/escrow.json']);
    expect((await keyless.checkStored(() => undefined)).every(({ passed }) => passed)).toBe(true);
    await expect(collect(keyless.readDataSet('data/t-0001'))).rejects.toMatchObject({ code: 'ARCHIVE_KEY_UNAVAILABLE' });
  });

  it('names every version that it consists of', async () => {
    const fixture = await writeArchive([
      { path: 'data/t-0001', kind: 'table', extension: 'csv', blocks: [rows(10)] },
      { path: 'metadata/schema', kind: 'schema', extension: 'json', blocks: [Buffer.from('{}')] },
    ]);
    const { versions } = await fixture.open();
    const held: string[] = [];
    for await (const { key, versionId } of fixture.store.listVersions(fixture.bucket, '')) held.push(`${key} ${versionId}`);
    expect(versions.map(({ key, versionId }) => `${key} ${versionId}`).sort()).toEqual(held.sort());
    expect(versions.map(({ role }) => role)).toEqual(['data', 'metadata', 'key_wrap', 'key_wrap', 'manifest', 'signature']);
  });

  it('can be left in the middle, and ends with the reason of the signal', async () => {
    const blocks = [randomBytes(12_000_000)];
    const fixture = await writeArchive([{ path: 'data/files', kind: 'files', extension: 'pack', blocks }]);
    const archive = await fixture.open();
    for await (const chunk of archive.readDataSet('data/files')) {
      expect(chunk.equals(blocks[0]!.subarray(0, chunk.length))).toBe(true);
      break;
    }
    const reason = new Error('stopped by the test');
    const controller = new AbortController();
    const reading = async () => {
      for await (const chunk of archive.readDataSet('data/files', { signal: controller.signal })) {
        expect(chunk.length).toBeGreaterThan(0);
        controller.abort(reason);
      }
    };
    await expect(reading()).rejects.toBe(reason);
    expect((await collect(archive.readDataSet('data/files'))).equals(blocks[0]!)).toBe(true);
  });

  it('holds no plain text in the store', async () => {
    const secret = 'jane.doe@example.org';
    const fixture = await writeArchive([{ path: 'data/t-0001', kind: 'table', extension: 'csv', blocks: [Buffer.from(`1,${secret}\n`)] }]);
    for await (const { key } of fixture.store.list(fixture.bucket, '')) {
      const { body } = await fixture.store.read({ bucket: fixture.bucket, key });
      const bytes = await collect(body as AsyncIterable<Buffer>);
      expect(bytes.includes(secret)).toBe(false);
      expect(bytes.includes(Buffer.from(fixture.archiveKey))).toBe(false);
    }
  });
});
