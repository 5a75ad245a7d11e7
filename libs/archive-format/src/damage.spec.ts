import { createHash, randomBytes } from 'node:crypto';
import { pipeline } from 'node:stream/promises';
import { Readable } from 'node:stream';
import fc from 'fast-check';
import { zstdCompressSync } from 'node:zlib';
import type { ObjectStore } from '@lastcopy/object-store';
import {
  collect,
  createKey,
  createSigner,
  emptyStore,
  identityFor,
  writeArchive,
  type ArchiveFixture,
  type SourceDataSet,
} from './archive.fixture.js';
import { encryptionContext } from './encryption-context.js';
import { createManifest, type Manifest } from './manifest.js';
import { manifestKey } from './layout.js';
import { manifestBytes, parseManifest } from './manifest-check.js';
import { readManifest, writeManifest } from './manifest-store.js';
import { createDecryptor, createEncryptor } from './message.js';
import { readObject } from './object-reader.js';
import type { ObjectRecord } from './part-writer.js';

const table = (path: string, plain: Buffer): SourceDataSet => ({ path, kind: 'table', extension: 'csv', blocks: [plain] });
const coded = (code: string) => expect.objectContaining({ code });
const keyOf = ({ prefix }: ArchiveFixture, path: string) => `${prefix}/client-1/engagement-1/flow-1/system-1/job-1/${path}`;
const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

async function bytesAt(fixture: ArchiveFixture, path: string): Promise<Buffer> {
  const { body } = await fixture.store.read({ bucket: fixture.bucket, key: keyOf(fixture, path) });
  return collect(body as AsyncIterable<Buffer>);
}

/** The store as it is, but one key answers with other bytes under the version id that was asked for: damage below S3. */
function rotten(store: ObjectStore, key: string, bytes: Buffer): ObjectStore {
  const handler: ProxyHandler<ObjectStore> = {
    get: (target, name, receiver) => {
      if (name !== 'read') return (Reflect.get(target, name, receiver) as (...args: unknown[]) => unknown).bind(target);
      const read: ObjectStore['read'] = async (location, options) => {
        if (location.key !== key) return target.read(location, options);
        return { sizeBytes: bytes.length, versionId: options?.versionId, body: Readable.from([bytes], { objectMode: false }) };
      };
      return read;
    },
  };
  return new Proxy(store, handler);
}

/** Writes bytes as a new version and signs a manifest that vouches for them, as an insider with the signing key could. */
async function resigned(fixture: ArchiveFixture, path: string, bytes: Buffer): Promise<ArchiveFixture['open']> {
  const { versionId } = await fixture.store.put({ bucket: fixture.bucket, key: keyOf(fixture, path) }, bytes);
  const swap = (object: ObjectRecord): ObjectRecord =>
    object.path === path ? { ...object, version_id: versionId!, stored_bytes: bytes.length, stored_sha256: sha256(bytes) } : object;
  const data_sets = fixture.content.data_sets.map((dataSet) => ({ ...dataSet, objects: dataSet.objects.map(swap) }));
  return withManifest(fixture, createManifest({ ...fixture.content, data_sets }));
}

async function withManifest(fixture: ArchiveFixture, manifest: Manifest): Promise<ArchiveFixture['open']> {
  const { manifest: old, signature } = fixture.stored;
  await fixture.store.deleteVersion(old, old.versionId);
  await fixture.store.deleteVersion(signature, signature.versionId);
  await writeManifest({ ...fixture, manifest, signer: fixture.signer.privateKey });
  return fixture.open;
}

const PATH = 'attempt-1/data/t-0001/part-00001.csv.zst.enc';
const plain = Buffer.from(Array.from({ length: 5000 }, (_, row) => `${row},value ${row * 7}\n`).join(''));

describe('a damaged stored object', () => {
  let fixture: ArchiveFixture;
  let intact: Buffer;
  beforeAll(async () => {
    fixture = await writeArchive([table('data/t-0001', plain)]);
    intact = await bytesAt(fixture, PATH);
  });

  const openRotten = (bytes: Buffer) => fixture.open({ store: rotten(fixture.store, keyOf(fixture, PATH), bytes) });
  const flip = (bit: number) => {
    const bytes = Buffer.from(intact);
    bytes[bit >> 3] = bytes[bit >> 3]! ^ (1 << (bit & 7));
    return bytes;
  };

  it('is refused, by reading and by fixity, whichever bit is flipped', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: intact.length * 8 - 1 }), async (bit) => {
        const archive = await openRotten(flip(bit));
        await expect(collect(archive.readDataSet('data/t-0001'))).rejects.toThrow(PATH);
        const [check] = await archive.checkFixity(() => undefined);
        expect(check).toMatchObject({ path: PATH, passed: false, code: 'ARCHIVE_OBJECT_DAMAGED' });
      }),
      { numRuns: 60 },
    );
  });

  it('is refused by the message itself, without any digest, whichever bit is flipped', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: intact.length * 8 - 1 }), async (bit) => {
        const bytes = flip(bit);
        const record = { ...fixture.content.data_sets[0]!.objects[0]!, stored_sha256: sha256(bytes) };
        const location = { bucket: fixture.bucket, key: keyOf(fixture, PATH) };
        const context = encryptionContext(fixture.identity, PATH);
        const reading = { store: rotten(fixture.store, location.key, bytes), location, record, archiveKey: fixture.archiveKey, context };
        await expect(collect(readObject(reading))).rejects.toMatchObject({ errorClass: 'integrity' });
      }),
      { numRuns: 60 },
    );
  });

  it('is refused when it is cut, or something follows it', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: intact.length - 1 }), async (length) => {
        const archive = await openRotten(intact.subarray(0, length));
        await expect(collect(archive.readDataSet('data/t-0001'))).rejects.toEqual(coded('ARCHIVE_OBJECT_DAMAGED'));
      }),
      { numRuns: 20 },
    );
    const longer = await openRotten(Buffer.concat([intact, Buffer.from('x')]));
    await expect(collect(longer.readDataSet('data/t-0001'))).rejects.toEqual(coded('ARCHIVE_OBJECT_DAMAGED'));
  });

  it('is refused when the store answers with another version, or has lost it', async () => {
    const { version_id } = fixture.content.data_sets[0]!.objects[0]!;
    const lost = await writeArchive([table('data/t-0001', plain)]);
    const { store, bucket } = lost;
    const key = keyOf(lost, PATH);
    await store.put({ bucket, key }, Buffer.from('a newer version changes nothing'));
    const archive = await lost.open();
    expect((await collect(archive.readDataSet('data/t-0001'))).equals(plain)).toBe(true);
    await store.deleteVersion({ bucket, key }, lost.content.data_sets[0]!.objects[0]!.version_id);
    await expect(collect(archive.readDataSet('data/t-0001'))).rejects.toEqual(coded('ARCHIVE_OBJECT_MISSING'));
    const checks = await archive.checkStored(() => undefined);
    expect(checks.filter(({ passed }) => !passed)).toEqual([expect.objectContaining({ path: PATH, code: 'ARCHIVE_OBJECT_MISSING' })]);
    const other = rotten(fixture.store, keyOf(fixture, PATH), intact);
    const lying = new Proxy(other, {
      get: (target, name, receiver) =>
        name === 'read'
          ? async (...args: Parameters<ObjectStore['read']>) => {
              const answer = await target.read(...args);
              return args[1]?.versionId === version_id ? { ...answer, versionId: 'another' } : answer;
            }
          : Reflect.get(target, name, receiver),
    });
    const mistaken = await fixture.open({ store: lying });
    await expect(collect(mistaken.readDataSet('data/t-0001'))).rejects.toThrow('another');
  });
});

describe('a misplaced object', () => {
  it('is refused when two parts of one archive were swapped, even under a signed manifest', async () => {
    const fixture = await writeArchive([table('data/t-0001', plain), table('data/t-0002', Buffer.from('other\n'))]);
    const open = await resigned(fixture, PATH, await bytesAt(fixture, 'attempt-1/data/t-0002/part-00001.csv.zst.enc'));
    await expect(collect((await open()).readDataSet('data/t-0001'))).rejects.toEqual(coded('ARCHIVE_OBJECT_MISPLACED'));
  });

  it('is refused before a byte is released when it was written for another tenant with the same key', async () => {
    const fixture = await writeArchive([table('data/t-0001', plain)]);
    const foreign = createEncryptor(fixture.archiveKey, encryptionContext(identityFor('client-2'), PATH));
    const chunks: Buffer[] = [];
    await pipeline(Readable.from([zstdCompressSync(plain)]), foreign, async (message: AsyncIterable<Buffer>) => {
      for await (const chunk of message) chunks.push(chunk);
    });
    const open = await resigned(fixture, PATH, Buffer.concat(chunks));
    const released: Buffer[] = [];
    const reading = async () => {
      for await (const chunk of (await open()).readDataSet('data/t-0001')) released.push(chunk);
    };
    await expect(reading()).rejects.toEqual(coded('ARCHIVE_OBJECT_MISPLACED'));
    await expect(reading()).rejects.toThrow('client_account_id');
    expect(released).toEqual([]);
  });

  it.each([
    ['trailing bytes', () => Buffer.from('trailing')],
    ['a second message', (intact: Buffer) => intact],
  ])('is refused with %s, even under a signed manifest', async (_what, more) => {
    const fixture = await writeArchive([table('data/t-0001', plain)]);
    const intact = await bytesAt(fixture, PATH);
    const open = await resigned(fixture, PATH, Buffer.concat([intact, more(intact)]));
    await expect(collect((await open()).readDataSet('data/t-0001'))).rejects.toEqual(coded('ARCHIVE_OBJECT_DAMAGED'));
  });

  it('is refused when the whole archive was copied under another tenant', async () => {
    const { store, bucket } = await emptyStore();
    const fixture = await writeArchive([table('data/t-0001', plain)], { store, bucket });
    for await (const { key } of store.list(bucket, '')) {
      const { body } = await store.read({ bucket, key });
      await store.put({ bucket, key: key.replace('client-1', 'client-2') }, await collect(body as AsyncIterable<Buffer>));
    }
    const moved = { bucket, key: manifestKey(fixture.prefix, identityFor('client-2')) };
    await expect(fixture.open({ manifest: moved })).rejects.toEqual(coded('ARCHIVE_OBJECT_MISPLACED'));
    await expect(fixture.open({ manifest: { bucket, key: 'manifest.json' } })).rejects.toEqual(coded('ARCHIVE_OBJECT_MISPLACED'));
  });
});

describe('a key', () => {
  it('that did not wrap the archive key opens nothing', async () => {
    const fixture = await writeArchive([table('data/t-0001', plain)]);
    const archive = await fixture.open({ keys: [createKey('tenant-1'), createKey('escrow-1')] });
    await expect(collect(archive.readDataSet('data/t-0001'))).rejects.toEqual(coded('ARCHIVE_KEY_UNAVAILABLE'));
  });

  it('of another job is refused although the same tenant key wrapped it', async () => {
    const tenantKey = createKey('tenant-1');
    const one = await writeArchive([table('data/t-0001', plain)], { tenantKey });
    const place = {
      client_account_id: 'client-1',
      engagement_id: 'engagement-1',
      flow_id: 'flow-1',
      system_id: 'system-1',
      wrap_id: 'tenant',
    };
    const document = await tenantKey.wrap(one.archiveKey, { ...place, job_id: 'job-2' });
    await expect(tenantKey.unwrap(document, { ...place, job_id: 'job-1' })).rejects.toEqual(coded('ARCHIVE_OBJECT_MISPLACED'));
  });

  it('is found by the other wrap when one wrap is damaged', async () => {
    const fixture = await writeArchive([table('data/t-0001', plain)]);
    const store = rotten(fixture.store, keyOf(fixture, 'keys/tenant.json'), Buffer.from('{}'));
    const archive = await fixture.open({ store, keys: [fixture.tenantKey, fixture.escrowKey] });
    expect((await collect(archive.readDataSet('data/t-0001'))).equals(plain)).toBe(true);
    const checks = await archive.checkFixity(() => undefined);
    expect(checks.filter(({ passed }) => !passed).map(({ path }) => path)).toEqual(['keys/tenant.json']);
  });

  it('that is wrong fails a message by itself', async () => {
    const fixture = await writeArchive([table('data/t-0001', plain)]);
    const stages = createDecryptor({
      archiveKey: randomBytes(32),
      expectedContext: encryptionContext(fixture.identity, PATH),
      name: PATH,
      storedBytes: fixture.content.data_sets[0]!.objects[0]!.stored_bytes,
    });
    const body = Readable.from([await bytesAt(fixture, PATH)]);
    const drain = async (text: AsyncIterable<Buffer>) => void (await collect(text));
    await expect(pipeline(body, stages[0], stages[1], drain)).rejects.toThrow();
  });
});

describe('a manifest', () => {
  it('is refused whichever bit of it is flipped', async () => {
    const fixture = await writeArchive([table('data/t-0001', plain)]);
    const key = keyOf(fixture, 'attempt-1/manifest.json');
    const intact = await bytesAt(fixture, 'attempt-1/manifest.json');
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: intact.length * 8 - 1 }), async (bit) => {
        const bytes = Buffer.from(intact);
        bytes[bit >> 3] = bytes[bit >> 3]! ^ (1 << (bit & 7));
        await expect(fixture.open({ store: rotten(fixture.store, key, bytes) })).rejects.toEqual(coded('ARCHIVE_MANIFEST_INVALID'));
      }),
      { numRuns: 60 },
    );
  });

  it('is refused when another signed it, when its signature is missing or of something else, and when another was expected', async () => {
    const fixture = await writeArchive([table('data/t-0001', plain)]);
    const stranger = await createSigner();
    await expect(fixture.open({ trustedSigners: stranger.trusted })).rejects.toEqual(coded('ARCHIVE_MANIFEST_INVALID'));
    const location = { bucket: fixture.bucket, key: fixture.stored.manifest.key };
    const otherDigest = { ...location, expectedSha256: '0'.repeat(64) };
    await expect(fixture.open({ manifest: otherDigest })).rejects.toEqual(coded('ARCHIVE_MANIFEST_INVALID'));
    const store = rotten(fixture.store, fixture.stored.signature.key, Buffer.from('a.b.c'));
    await expect(fixture.open({ store })).rejects.toEqual(coded('ARCHIVE_MANIFEST_INVALID'));
    await fixture.store.deleteVersion(fixture.stored.signature, fixture.stored.signature.versionId);
    await expect(fixture.open()).rejects.toEqual(coded('ARCHIVE_OBJECT_MISSING'));
  });

  const change = (manifest: Manifest, edit: (copy: Record<string, never>) => void): Manifest => {
    const copy = JSON.parse(manifestBytes(manifest).toString()) as Record<string, never>;
    edit(copy);
    return copy as unknown as Manifest;
  };

  it.each<[string, (copy: never) => void]>([
    ['an unknown field', (copy: { extra?: string }) => (copy.extra = 'x')],
    ['an unknown field of an object', (copy: Manifest) => Object.assign(copy.data_sets[0]!.objects[0]!, { note: 'x' })],
    ['a missing field', (copy: Partial<Record<'policy', unknown>>) => delete copy.policy],
    ['a newer format', (copy: { format_version: number }) => (copy.format_version = 2)],
    ['rows that do not sum up', (copy: { data_sets: { rows: number }[] }) => (copy.data_sets[0]!.rows += 1)],
    ['totals that do not sum up', (copy: { totals: { stored_bytes: number } }) => (copy.totals.stored_bytes += 1)],
    [
      'a path that climbs',
      (copy: { data_sets: { objects: { path: string }[] }[] }) => (copy.data_sets[0]!.objects[0]!.path = 'attempt-1/data/../x.enc'),
    ],
    [
      'parts of a later attempt',
      (copy: { data_sets: { objects: { path: string }[] }[] }) => (copy.data_sets[0]!.objects[0]!.path = PATH.replace('1', '2')),
    ],
    ['no key', (copy: { key_wraps: unknown[] }) => (copy.key_wraps = [])],
    ['a data set twice', (copy: { data_sets: unknown[] }) => copy.data_sets.push(copy.data_sets[0])],
  ])('with %s is neither written nor read, signed or not', async (_what, edit) => {
    const fixture = await writeArchive([table('data/t-0001', plain)]);
    const manifest = change(createManifest(fixture.content), edit as (copy: Record<string, never>) => void);
    await expect(withManifest(fixture, manifest)).rejects.toEqual(coded('ARCHIVE_MANIFEST_INVALID'));
    expect(() => parseManifest(manifestBytes(manifest), 'manifest.json')).toThrow(coded('ARCHIVE_MANIFEST_INVALID'));
  });

  it('in another than its canonical form is refused', async () => {
    const { content } = await writeArchive([table('data/t-0001', plain)]);
    const bytes = manifestBytes(createManifest(content));
    expect(parseManifest(bytes, 'manifest.json').job_id).toBe('job-1');
    const doubled = Buffer.from(bytes.toString().replace('{', '{"attempt":9,'));
    expect(() => parseManifest(doubled, 'manifest.json')).toThrow(coded('ARCHIVE_MANIFEST_INVALID'));
  });

  it('is written once for an attempt', async () => {
    const fixture = await writeArchive([table('data/t-0001', plain)]);
    const again = writeManifest({ ...fixture, manifest: createManifest(fixture.content), signer: fixture.signer.privateKey });
    await expect(again).rejects.toEqual(coded('STORE_CONFLICT'));
    const at = { bucket: fixture.bucket, key: fixture.stored.manifest.key };
    const { manifest } = await readManifest(fixture.store, at, fixture.signer.trusted);
    expect(manifest.totals).toMatchObject({ data_sets: 1, objects: 1, rows: 1, plain_bytes: plain.length });
  });

  it('may name the parts of an earlier attempt', async () => {
    const { store, bucket } = await emptyStore();
    const shared = { store, bucket, tenantKey: createKey('tenant-1') };
    const first = await writeArchive([table('data/t-0001', plain)], shared);
    const identity = identityFor('client-1', 2);
    await writeManifest({
      ...first,
      identity,
      manifest: createManifest({ ...first.content, attempt: 2 }),
      signer: first.signer.privateKey,
    });
    const archive = await first.open({ manifest: { bucket, key: manifestKey(first.prefix, identity) } });
    expect(archive.manifest.attempt).toBe(2);
    expect((await collect(archive.readDataSet('data/t-0001'))).equals(plain)).toBe(true);
  });
});
