import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startEmbeddedS3, type Fault } from '@lastcopy/embedded-s3';
import { createS3ObjectStore, type ObjectStore } from '@lastcopy/object-store';
import { collect, identityFor, writeArchive } from './archive.fixture.js';
import { createDataSetWriter, type DataSetWriterOptions } from './data-set-writer.js';
import { createArchiveKey } from './key-wraps.js';

const credentials = { accessKeyId: 'writer-key', secretAccessKey: 'writer-secret-0123456789' };

describe('a data set writer on a faulty S3 store', () => {
  const bucket = 'archive-bucket';
  const faults: { plan?: (operation: string) => Fault | undefined } = {};
  let store: ObjectStore;
  let stop: () => Promise<void>;

  beforeAll(async () => {
    const dir = await mkdtemp(path.join(tmpdir(), 'archive-format-'));
    const server = await startEmbeddedS3({ dir, credentials: [credentials], fault: ({ operation }) => faults.plan?.(operation) });
    store = createS3ObjectStore({ endpoint: server.url, region: 'us-east-1', forcePathStyle: true, ...credentials });
    await store.ensureBucket(bucket);
    stop = async () => {
      await server.stop();
      await rm(dir, { recursive: true, force: true });
    };
  });
  afterAll(async () => stop());
  afterEach(() => delete faults.plan);

  const writer = (client: string, options: Partial<DataSetWriterOptions> = {}) =>
    createDataSetWriter({
      store,
      bucket,
      prefix: '',
      identity: identityFor(client),
      archiveKey: createArchiveKey(),
      path: 'data/files',
      extension: 'pack',
      ...options,
    });

  async function leftBehind(client: string): Promise<string[]> {
    const left: string[] = [];
    for await (const { key } of store.listMultipartUploads(bucket, client)) left.push(key);
    for await (const { key } of store.list(bucket, client)) left.push(key);
    return left;
  }

  it('writes an archive that opens, in parts of 8 MiB, through a store that stumbles', async () => {
    let calls = 0;
    faults.plan = () => ((calls += 1) % 5 === 0 ? { kind: 'error', code: 'SlowDown' } : undefined);
    let taken = 0;
    const plain = randomBytes(38_000_000);
    const options = {
      store,
      bucket,
      identity: identityFor('stumbles'),
      writer: { onStoredBytes: (bytes: number) => void (taken += bytes) },
    };
    const fixture = await writeArchive([{ path: 'data/files', kind: 'files', extension: 'pack', blocks: [plain] }], options);
    const archive = await fixture.open();
    expect(taken).toBe(archive.manifest.totals.stored_bytes);
    expect((await collect(archive.readDataSet('data/files'))).equals(plain)).toBe(true);
  });

  it('fails with the error of the store and leaves no upload behind', async () => {
    faults.plan = (operation) => (operation === 'UploadPart' ? { kind: 'error', code: 'AccessDenied' } : undefined);
    const denied = writer('denied');
    const writing = async () => {
      for (let turn = 0; turn < 20; turn += 1) await denied.write(randomBytes(4_000_000), 1);
      await denied.finish();
    };
    await expect(writing()).rejects.toMatchObject({ code: 'STORE_DENIED' });
    await expect(denied.write(Buffer.from('x'), 1)).rejects.toMatchObject({ code: 'STORE_DENIED' });
    await expect(denied.finish()).rejects.toMatchObject({ code: 'STORE_DENIED' });
    expect(await leftBehind('denied')).toEqual([]);
  });

  it('ends with the reason of the signal and leaves no upload behind', async () => {
    const controller = new AbortController();
    const cancelled = writer('cancelled', { signal: controller.signal });
    await cancelled.write(randomBytes(40_000_000), 1);
    const reason = new Error('the job was cancelled');
    controller.abort(reason);
    await expect(cancelled.write(randomBytes(5_000_000), 1)).rejects.toBe(reason);
    expect(await leftBehind('cancelled')).toEqual([]);
  });

  it('drops what is under way when it is aborted, once or twice', async () => {
    const aborted = writer('aborted');
    await aborted.write(randomBytes(40_000_000), 1);
    await aborted.abort();
    await aborted.abort();
    await expect(aborted.finish()).rejects.toThrow('aborted');
    expect(await leftBehind('aborted')).toEqual([]);
  });

  it('does not overwrite what stands there', async () => {
    const first = writer('twice');
    await first.write(Buffer.from('first'), 1);
    await first.finish();
    await expect(first.finish()).rejects.toThrow('finished');
    const second = writer('twice');
    await second.write(Buffer.from('second'), 1);
    await expect(second.finish()).rejects.toMatchObject({ code: 'STORE_CONFLICT' });
  });

  it('refuses paths, ids and levels that it could not keep', () => {
    expect(() => writer('x', { path: 'data/../other' })).toThrow(expect.objectContaining({ code: 'VALIDATION_FAILED' }));
    expect(() => writer('x', { level: 20 })).toThrow(expect.objectContaining({ code: 'CONFIGURATION_INVALID' }));
  });

  it('refuses an id that would leave its place in the store', async () => {
    const climbing = writer('..', { identity: { ...identityFor('client-1'), job_id: '../job-2' } });
    await expect(climbing.write(Buffer.from('x'), 1)).rejects.toMatchObject({ code: 'VALIDATION_FAILED' });
  });
});
