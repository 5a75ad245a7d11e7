import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { jobPrefix, type Manifest } from '@lastcopy/archive-format';
import type { ArchiveFixture } from '@lastcopy/testkit';
import { bucket, newTenant } from '../testing/archive-rig.js';
import { keyOf, objectsOf, ProofRig, recordOf } from '../testing/proof-rig.js';
import { verifyArchive } from './verify-archive.js';

const tenant = newTenant();
let rig: ProofRig;

beforeAll(async () => {
  rig = await ProofRig.start(tenant);
});
afterAll(() => rig.stop());

async function edit(file: string, change: (bytes: Buffer) => Buffer): Promise<() => Promise<void>> {
  const before = await readFile(file);
  await writeFile(file, change(Buffer.from(before)));
  return () => writeFile(file, before);
}
const flipOneBit = (bytes: Buffer): Buffer => {
  bytes[Math.floor(bytes.length / 2)]! ^= 1;
  return bytes;
};

describe('damage', () => {
  let fixture: ArchiveFixture;
  beforeAll(async () => {
    fixture = await rig.archive(tenant, 'restored', { partMaxStoredBytes: 20_000 });
  });
  afterEach(async () => {
    rig.archives.fault = undefined;
    expect(await rig.scratchDatabases()).toEqual([]);
  });

  it('of one bit is found in every object, at level fixity and above, and named', async () => {
    expect(objectsOf(fixture).length).toBeGreaterThan(6);
    for (const level of ['fixity', 'restored'] as const) {
      for (const { path: objectPath, sha256 } of objectsOf(fixture)) {
        const mend = await edit(await rig.archives.fileOf(sha256), flipOneBit);
        const { code, message } = await rig.refusal(fixture, tenant, { level });
        await mend();
        expect([objectPath, code, message.includes(objectPath)]).toEqual([objectPath, 'ARCHIVE_OBJECT_DAMAGED', true]);
      }
    }
    expect((await rig.prove(fixture)).level).toBe('restored');
  });

  it('of the manifest or its signature is found at every level', async () => {
    for (const name of ['manifest.json', 'manifest.json.jws']) {
      const key = keyOf(fixture, name);
      rig.archives.fault = (point) => (point.operation === 'GetObject' && point.key === key ? { kind: 'flip', atByte: 20 } : undefined);
      expect(await rig.refusal(fixture, tenant, { level: 'stored' })).toMatchObject({
        code: 'ARCHIVE_MANIFEST_INVALID',
        message: expect.stringContaining('manifest.json'),
      });
    }
  });

  it('by truncation is found, though the manifest names the shorter version', async () => {
    const truncated = await rig.archive(tenant, 'stored', {
      falsify: { manifest: (manifest) => rig.replaced(manifest, 'data/t-0001', (bytes) => bytes.subarray(0, -1), { keepDigest: true }) },
    });
    expect(await rig.refusal(truncated)).toMatchObject({ code: 'ARCHIVE_OBJECT_DAMAGED', message: expect.stringContaining('data/t-0001') });
  });

  it('by trailing bytes is found, though the manifest agrees with them', async () => {
    const longer = await rig.archive(tenant, 'readable', {
      falsify: { manifest: (manifest) => rig.replaced(manifest, 'data/t-0001', (bytes) => Buffer.concat([bytes, Buffer.from('x')])) },
    });
    expect(await rig.refusal(longer)).toMatchObject({ code: 'ARCHIVE_OBJECT_DAMAGED', message: expect.stringContaining('data/t-0001') });
  });

  it('by swapping two objects is found, though the signed manifest agrees with the swap', async () => {
    const swap = async (manifest: Manifest): Promise<Manifest> => {
      const bytesOf = (dataSet: string) => rig.storedBytes(keyOf({ manifest }, recordOf(manifest, dataSet).path));
      const [one, other] = [await bytesOf('data/t-0001'), await bytesOf('data/t-0002')];
      const half = await rig.replaced(manifest, 'data/t-0001', () => other, { like: recordOf(manifest, 'data/t-0002') });
      return rig.replaced(half, 'data/t-0002', () => one, { like: recordOf(manifest, 'data/t-0001') });
    };
    const swapped = await rig.archive(tenant, 'readable', { falsify: { manifest: swap } });
    expect(await rig.refusal(swapped)).toMatchObject({ code: 'ARCHIVE_OBJECT_MISPLACED', message: expect.stringContaining('data/t-000') });
  });

  it('by deletion is found in every object at level stored, and named', async () => {
    const lost = await rig.archive(tenant, 'stored');
    const stored = await rig.readBack(lost);
    for (const { key, versionId } of stored.filter(({ role }) => role !== 'manifest' && role !== 'signature').slice(-4)) {
      await rig.archives.writable.deleteVersion({ bucket, key }, versionId);
      const name = key.slice(`${jobPrefix('kept', lost.manifest)}/`.length);
      const { code, message } = await rig.refusal(lost);
      expect([name, code, message.includes(name)]).toEqual([name, 'ARCHIVE_OBJECT_MISSING', true]);
    }
  });
});

describe('a place that is not the archive’s own', () => {
  it('is refused: another tenant’s manifest under this tenant’s request', async () => {
    const other = newTenant();
    const foreign = await rig.archive(other, 'readable');
    const own = await rig.archive(tenant, 'readable');
    const changes = { manifest: foreign.uploaded.manifest, manifest_sha256: foreign.uploaded.manifest_sha256 };
    expect(await rig.refusal(own, tenant, changes)).toMatchObject({ code: 'ARCHIVE_OBJECT_MISPLACED' });
  });

  it('is refused: another tenant’s manifest and signature copied to this tenant’s place', async () => {
    const own = await rig.archive(tenant, 'readable');
    const foreign = await rig.archive(newTenant(), 'readable');
    const copied = await rig.copyObject(foreign.uploaded.manifest.key, own.uploaded.manifest.key);
    await rig.copyObject(`${foreign.uploaded.manifest.key}.jws`, `${own.uploaded.manifest.key}.jws`);
    const changes = { manifest: { ...own.uploaded.manifest, version_id: copied }, manifest_sha256: foreign.uploaded.manifest_sha256 };
    expect(await rig.refusal(own, tenant, changes)).toMatchObject({ code: 'ARCHIVE_OBJECT_MISPLACED' });
  });

  it.each(['another tenant’s', 'the same tenant’s other'])(
    'is refused: an object of %s archive that the signed manifest names as its own',
    async (whose) => {
      const foreign = await rig.archive(whose.startsWith('another') ? newTenant() : tenant, 'readable');
      const stolen = recordOf(foreign.manifest, 'data/t-0001');
      const bytes = await rig.storedBytes(keyOf(foreign, stolen.path));
      const moved = await rig.archive(tenant, 'readable', {
        falsify: { manifest: (manifest) => rig.replaced(manifest, 'data/t-0001', () => bytes, { like: stolen }) },
      });
      const { code, message } = await rig.refusal(moved);
      expect(['ARCHIVE_OBJECT_MISPLACED', 'ARCHIVE_OBJECT_DAMAGED']).toContain(code);
      expect(message).toContain('data/t-0001');
    },
  );

  it('is refused: another manifest than the event announced, though a trusted signer signed it', async () => {
    const fixture = await rig.archive(tenant, 'stored');
    expect(await rig.refusal(fixture, tenant, { manifest_sha256: 'a'.repeat(64) })).toMatchObject({ code: 'ARCHIVE_MANIFEST_INVALID' });
  });
});

describe('keys', () => {
  it.each(['tenant', 'escrow'] as const)('of the %s that are wrong are a failure that names the wrap', async (role) => {
    const owner = newTenant();
    const fixture = await rig.archive(owner, 'readable', rig.directory());
    const name = role === 'tenant' ? `tenant-${owner.client_account_id}` : 'escrow';
    const file = path.join(rig.archives.keysDir, `${name}.key`);
    const before = await readFile(file);
    await rig.archives.replaceKey(name);
    const found = await rig.refusal(fixture, owner);
    await writeFile(file, before);
    expect(found).toMatchObject({ code: 'ARCHIVE_KEY_UNAVAILABLE', message: expect.stringContaining(`keys/attempt-1.${role}.json`) });
  });

  it('that lead to different archive keys are a failure', async () => {
    const fixture = await rig.archive(tenant, 'stored', rig.directory());
    const escrow = await rig.archives.key('escrow');
    const wrong = { ...escrow, unwrap: () => Promise.resolve(new Uint8Array(32).fill(7)) };
    const proof = await rig.proofOf(rig.claimOf(fixture));
    await expect(verifyArchive({ ...proof, keys: { ...proof.keys, escrow: wrong } }, undefined)).rejects.toMatchObject({
      code: 'ARCHIVE_KEY_UNAVAILABLE',
    });
  });

  it('whose file is absent keep the check from being made, and are no failure', async () => {
    const stranger = newTenant();
    await expect(rig.parts.keysOf(stranger.client_account_id)).rejects.toMatchObject({ code: 'CONFIGURATION_INVALID' });
  });

  it('without an escrow wrap are a failure when escrow is configured', async () => {
    await rig.archives.key('escrow');
    const fixture = await rig.archive(tenant, 'stored', {
      ...rig.directory(),
      keys: { tenant: await rig.archives.key(`tenant-${tenant.client_account_id}`) },
    });
    expect(await rig.refusal(fixture)).toMatchObject({ code: 'ARCHIVE_KEY_UNAVAILABLE', message: expect.stringContaining('escrow') });
  });
});
