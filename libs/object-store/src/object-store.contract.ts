import { randomBytes, randomUUID } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { MIN_PART_BYTES, type ObjectLocation, type ObjectStore } from './object-store.js';

export interface ContractRig {
  readonly store: ObjectStore;
  close(): Promise<void>;
}

const DAY_MS = 86_400_000;

async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const collected: T[] = [];
  for await (const item of items) collected.push(item);
  return collected;
}

const code = (value: string) => expect.objectContaining({ code: value });

/** Every promise of the ObjectStore port, run against an adapter. `factory` starts a store that is empty or that others use too. */
export function objectStoreContract(name: string, factory: () => Promise<ContractRig>): void {
  describe(`ObjectStore contract: ${name}`, () => {
    let rig: ContractRig;
    let store: ObjectStore;
    const bucket = `contract-${randomUUID().slice(0, 18)}`;
    const fresh = (): ObjectLocation => ({ bucket, key: `${randomUUID()}/object.bin` });

    beforeAll(async () => {
      rig = await factory();
      store = rig.store;
      await store.ensureBucket(bucket);
    });
    afterAll(async () => rig.close());

    const content = async (location: ObjectLocation, options = {}) => buffer((await store.read(location, options)).body);

    it('makes a bucket with versioning and Object Lock, once or twice', async () => {
      await store.ensureBucket(bucket);
      expect(await store.checkBucket(bucket)).toEqual({ exists: true, versioning: true, objectLock: true });
      expect(await store.checkBucket(`absent-${randomUUID()}`)).toEqual({ exists: false, versioning: false, objectLock: false });
    });

    it.each([0, 1, 70_000, 1_000_001])('gives back %d bytes as they were put', async (size) => {
      const location = fresh();
      const bytes = randomBytes(size);
      const { versionId } = await store.put(location, bytes);
      const read = await store.read(location, { versionId });
      expect(read.sizeBytes).toBe(size);
      expect(read.versionId).toBe(versionId);
      expect((await buffer(read.body)).equals(bytes)).toBe(true);
    });

    it('keeps every version readable by its id', async () => {
      const location = fresh();
      const first = await store.put(location, Buffer.from('first'));
      const second = await store.put(location, Buffer.from('second'));
      expect(first.versionId).toBeDefined();
      expect(first.versionId).not.toBe(second.versionId);
      expect((await content(location, { versionId: first.versionId })).toString()).toBe('first');
      expect((await content(location)).toString()).toBe('second');
    });

    it('refuses a second write of an object that must be absent', async () => {
      const location = fresh();
      await store.put(location, Buffer.from('first'), { ifAbsent: true });
      await expect(store.put(location, Buffer.from('second'), { ifAbsent: true })).rejects.toEqual(code('STORE_CONFLICT'));
      expect((await content(location)).toString()).toBe('first');
    });

    it('reads a range', async () => {
      const location = fresh();
      await store.put(location, Buffer.from('0123456789'));
      const read = await store.read(location, { range: { first: 2, last: 4 } });
      expect(read.sizeBytes).toBe(3);
      expect((await buffer(read.body)).toString()).toBe('234');
    });

    it('says what is missing: object, version, bucket', async () => {
      const location = fresh();
      await expect(store.read(location)).rejects.toEqual(code('ARCHIVE_OBJECT_MISSING'));
      await expect(store.read(location)).rejects.toThrow(location.key);
      expect(await store.head(location)).toBeUndefined();
      const { versionId } = await store.put(location, Buffer.from('x'));
      await store.deleteVersion(location, versionId!);
      await expect(store.read(location, { versionId })).rejects.toEqual(code('ARCHIVE_OBJECT_MISSING'));
      expect(await store.head(location, { versionId })).toBeUndefined();
      const elsewhere = { bucket: `absent-${randomUUID()}`, key: 'x' };
      await expect(store.put(elsewhere, Buffer.from('x'))).rejects.toEqual(code('STORE_BUCKET_MISSING'));
    });

    it.each([{ partChecksums: false }, { partChecksums: true }])('joins parts in order ($partChecksums)', async ({ partChecksums }) => {
      const location = fresh();
      const bytes = randomBytes(MIN_PART_BYTES + 12_345);
      const upload = await store.startMultipart(location, { partChecksums });
      const last = await store.uploadPart(upload, 2, bytes.subarray(MIN_PART_BYTES));
      await store.uploadPart(upload, 1, randomBytes(MIN_PART_BYTES));
      const first = await store.uploadPart(upload, 1, bytes.subarray(0, MIN_PART_BYTES));
      const { versionId } = await store.completeMultipart(upload, [first, last], { ifAbsent: true });
      expect((await content(location, { versionId })).equals(bytes)).toBe(true);
      expect((await store.head(location, { versionId }))?.sizeBytes).toBe(bytes.length);
    });

    it('does not complete an upload over an object that must be absent', async () => {
      const location = fresh();
      const upload = await store.startMultipart(location);
      const part = await store.uploadPart(upload, 1, Buffer.from('late'));
      await store.put(location, Buffer.from('early'));
      await expect(store.completeMultipart(upload, [part], { ifAbsent: true })).rejects.toEqual(code('STORE_CONFLICT'));
      await store.abortMultipart(upload);
      expect((await content(location)).toString()).toBe('early');
    });

    it('lists pending uploads and forgets aborted ones', async () => {
      const location = fresh();
      const upload = await store.startMultipart(location);
      const pending = await collect(store.listMultipartUploads(bucket, location.key));
      expect(pending).toEqual([expect.objectContaining({ key: location.key, uploadId: upload.uploadId })]);
      await store.abortMultipart(upload);
      await store.abortMultipart(upload);
      expect(await collect(store.listMultipartUploads(bucket, location.key))).toEqual([]);
      expect(await store.head(location)).toBeUndefined();
    });

    it('says of an upload that is gone that the write failed, not that an object of an archive is missing', async () => {
      const location = fresh();
      const upload = await store.startMultipart(location);
      const part = await store.uploadPart(upload, 1, Buffer.from('part'));
      await store.abortMultipart(upload);
      const transient = expect.objectContaining({ code: 'STORE_FAILED', errorClass: 'transient' });
      await expect(store.uploadPart(upload, 2, Buffer.from('late'))).rejects.toEqual(transient);
      await expect(store.completeMultipart(upload, [part], { ifAbsent: true })).rejects.toEqual(transient);
    });

    it('lists objects and versions under a prefix only', async () => {
      const prefix = `${randomUUID()}/`;
      const one = { bucket, key: `${prefix}a` };
      await store.put(one, Buffer.from('1'));
      await store.put(one, Buffer.from('22'));
      await store.put({ bucket, key: `${prefix}b` }, Buffer.from('333'));
      expect(await collect(store.list(bucket, prefix))).toEqual([
        { key: `${prefix}a`, sizeBytes: 2 },
        { key: `${prefix}b`, sizeBytes: 3 },
      ]);
      const versions = await collect(store.listVersions(bucket, prefix));
      expect(versions.map(({ key, sizeBytes, isLatest }) => [key.slice(prefix.length), sizeBytes, isLatest])).toEqual([
        ['a', 2, true],
        ['a', 1, false],
        ['b', 3, true],
      ]);
    });

    it('destroys a version once or twice', async () => {
      const location = fresh();
      const { versionId } = await store.put(location, Buffer.from('x'));
      await store.deleteVersion(location, versionId!);
      await store.deleteVersion(location, versionId!);
      expect(await collect(store.listVersions(bucket, location.key))).toEqual([]);
    });

    it('holds what retention protects, and never shortens it', async () => {
      const location = fresh();
      const versionId = (await store.put(location, Buffer.from('kept'))).versionId!;
      expect(await store.getRetention(location, versionId)).toBeUndefined();
      // whole seconds: stores keep no finer date
      const soon = new Date(Math.floor(Date.now() / 1000) * 1000 + DAY_MS);
      const later = new Date(soon.getTime() + DAY_MS);
      await store.setRetention(location, versionId, { mode: 'COMPLIANCE', retainUntil: soon });
      await store.setRetention(location, versionId, { mode: 'COMPLIANCE', retainUntil: later });
      expect(await store.getRetention(location, versionId)).toEqual({ mode: 'COMPLIANCE', retainUntil: later });
      const shorter = store.setRetention(location, versionId, { mode: 'COMPLIANCE', retainUntil: soon });
      await expect(shorter).rejects.toEqual(code('STORE_LOCKED'));
      await expect(store.deleteVersion(location, versionId)).rejects.toEqual(code('STORE_LOCKED'));
      expect((await content(location, { versionId })).toString()).toBe('kept');
    });

    it('holds what a legal hold protects until it is released', async () => {
      const location = fresh();
      const versionId = (await store.put(location, Buffer.from('held'))).versionId!;
      expect(await store.getLegalHold(location, versionId)).toBe(false);
      await store.setLegalHold(location, versionId, true);
      expect(await store.getLegalHold(location, versionId)).toBe(true);
      await expect(store.deleteVersion(location, versionId)).rejects.toEqual(code('STORE_LOCKED'));
      await store.setLegalHold(location, versionId, false);
      await store.deleteVersion(location, versionId);
      expect(await store.head(location, { versionId })).toBeUndefined();
    });

    it('ends a call and a stream when the signal says so', async () => {
      const location = fresh();
      await store.put(location, randomBytes(3_000_000));
      const reason = new Error('cancelled by the test');
      await expect(store.put(fresh(), Buffer.from('x'), { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
      const controller = new AbortController();
      const { body } = await store.read(location, { signal: controller.signal });
      controller.abort(reason);
      await expect(buffer(body)).rejects.toBe(reason);
    });
  });
}
