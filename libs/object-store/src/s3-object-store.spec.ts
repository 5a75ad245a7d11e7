import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { buffer } from 'node:stream/consumers';
import { startEmbeddedS3, type Fault, type FaultPoint } from '@lastcopy/embedded-s3';
import { objectStoreContract } from './object-store.contract.js';
import { MIN_PART_BYTES, type ObjectStore } from './object-store.js';
import { createS3ObjectStore } from './s3-object-store.js';

const owner = { accessKeyId: 'owner-key', secretAccessKey: 'owner-secret-0123456789' };
const reader = { accessKeyId: 'reader-key', secretAccessKey: 'reader-secret-0123456789', access: 'read-only' as const };

/** `fault.plan` answers for each request; tests set it. */
async function startStore() {
  const dir = await mkdtemp(path.join(tmpdir(), 'object-store-'));
  const fault: { plan?: (point: FaultPoint) => Fault | undefined } = {};
  const server = await startEmbeddedS3({ dir, credentials: [owner, reader], fault: (point) => fault.plan?.(point) });
  const connect = (credentials: { accessKeyId: string; secretAccessKey: string }, inactivityMs?: number) =>
    createS3ObjectStore({ endpoint: server.url, region: 'us-east-1', forcePathStyle: true, ...credentials, inactivityMs });
  const close = async () => {
    await server.stop();
    await rm(dir, { recursive: true, force: true });
  };
  return { connect, fault, close, store: connect(owner) };
}

objectStoreContract('S3 (embedded)', startStore);

describe('the S3 adapter', () => {
  let rig: Awaited<ReturnType<typeof startStore>>;
  let store: ObjectStore;
  const bucket = 'faulty-bucket';
  beforeAll(async () => {
    rig = await startStore();
    store = rig.store;
    await store.ensureBucket(bucket);
  });
  afterAll(async () => rig.close());
  afterEach(() => delete rig.fault.plan);

  /** The fault hits the first `times` requests of an operation. */
  const plan = (operation: string, fault: Fault, times = Infinity) => {
    let left = times;
    rig.fault.plan = (point) => (point.operation === operation && left-- > 0 ? fault : undefined);
  };

  it.each<Fault>([{ kind: 'error', code: 'SlowDown' }, { kind: 'error', code: 'InternalError' }, { kind: 'reset' }])(
    'tries again after a passing fault %j',
    async (fault) => {
      plan('PutObject', fault, 2);
      await store.put({ bucket, key: 'retried' }, Buffer.from('kept'));
      plan('GetObject', fault, 2);
      expect((await buffer((await store.read({ bucket, key: 'retried' })).body)).toString()).toBe('kept');
    },
  );

  it('gives up after a bounded number of tries, and says where', async () => {
    let tries = 0;
    rig.fault.plan = ({ operation }) => {
      if (operation !== 'PutObject') return undefined;
      tries += 1;
      return { kind: 'error', code: 'InternalError' };
    };
    const refused = store.put({ bucket, key: 'a/b' }, Buffer.from('x'));
    await expect(refused).rejects.toMatchObject({ code: 'STORE_FAILED', errorClass: 'transient' });
    await expect(refused).rejects.toThrow('s3://faulty-bucket/a/b');
    expect(tries).toBe(5);
  });

  it('knows its own write again when the answer to it was lost', async () => {
    plan('PutObject', { kind: 'lose-answer' }, 1);
    const key = 'answer-lost';
    const { versionId } = await store.put({ bucket, key }, Buffer.from('mine'), { ifAbsent: true });
    expect((await store.head({ bucket, key }))?.versionId).toBe(versionId);
    const other = store.put({ bucket, key }, Buffer.from('theirs'), { ifAbsent: true });
    await expect(other).rejects.toMatchObject({ code: 'STORE_CONFLICT' });
  });

  it('refuses what another wrote although its own answer was lost too', async () => {
    const key = 'taken';
    await store.put({ bucket, key }, Buffer.from('theirs'));
    plan('PutObject', { kind: 'reset' }, 1);
    const mine = store.put({ bucket, key }, Buffer.from('mine'), { ifAbsent: true });
    await expect(mine).rejects.toMatchObject({ code: 'STORE_CONFLICT' });
  });

  it('knows its own completion again when the answer to it was lost', async () => {
    const location = { bucket, key: 'completion-lost' };
    const bytes = randomBytes(MIN_PART_BYTES + 1);
    const upload = await store.startMultipart(location);
    const parts = [
      await store.uploadPart(upload, 1, bytes.subarray(0, MIN_PART_BYTES)),
      await store.uploadPart(upload, 2, bytes.subarray(MIN_PART_BYTES)),
    ];
    plan('CompleteMultipartUpload', { kind: 'lose-answer' }, 1);
    const { versionId } = await store.completeMultipart(upload, parts, { ifAbsent: true });
    expect((await buffer((await store.read(location, { versionId })).body)).equals(bytes)).toBe(true);
  });

  it('fails a body that ends early or stalls', async () => {
    const location = { bucket, key: 'body' };
    await store.put(location, randomBytes(500_000));
    plan('GetObject', { kind: 'truncate', afterBytes: 100_000 });
    const short = async () => buffer((await store.read(location)).body);
    await expect(short()).rejects.toMatchObject({ name: 'CodedError' });
    plan('GetObject', { kind: 'stall', afterBytes: 100_000 });
    const stalled = await rig.connect(owner, 200).read(location);
    await expect(buffer(stalled.body)).rejects.toMatchObject({ code: 'STORE_STALLED' });
  });

  it('says what was denied', async () => {
    const wrong = rig.connect({ ...owner, secretAccessKey: 'wrong' });
    await expect(wrong.read({ bucket, key: 'retried' })).rejects.toMatchObject({ code: 'STORE_DENIED' });
    const readOnly = rig.connect(reader);
    await expect(readOnly.put({ bucket, key: 'x' }, Buffer.from('x'))).rejects.toMatchObject({ code: 'STORE_DENIED' });
  });

  it('says that nobody is there', async () => {
    const nobody = createS3ObjectStore({ endpoint: 'http://127.0.0.1:1', region: 'us-east-1', forcePathStyle: true, ...owner });
    await expect(nobody.head({ bucket, key: 'x' })).rejects.toMatchObject({ code: 'STORE_UNREACHABLE' });
  });
});
