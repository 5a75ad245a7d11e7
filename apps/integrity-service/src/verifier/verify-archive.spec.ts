import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Client } from 'pg';
import { createManifest, jobPrefix, sealVersions, type Manifest, type SealedVersion } from '@lastcopy/archive-format';
import { verificationId, type ArchiveLocked, type Tenant, type VerificationLevel, type VerificationRequested } from '@lastcopy/contracts';
import { isCodedError } from '@lastcopy/kernel';
import { trustedKeys } from '@lastcopy/platform';
import { connectionFromUrl } from '@lastcopy/source-postgresql';
import type { ArchiveFixture } from '@lastcopy/testkit';
import { ArchiveRig, bucket, newTenant } from '../testing/archive-rig.js';
import type { ProvenArchive } from '../verification/domain/attest.js';
import type { Claim } from './claims.js';
import { Findings, isVerdict } from './findings.js';
import { localKeys } from './local-keys.js';
import { ProgressReporter } from './progress-reporter.js';
import type { Proof, VerifierParts } from './proof.js';
import { verifyArchive, verifyRetention } from './verify-archive.js';

const silent = { debug() {}, info() {}, warn() {}, error() {} };
const clock = { now: () => new Date() };
const epoch = '0123abcd-0000-4000-8000-000000000000';
const tenant = newTenant();
let rig: ArchiveRig;
let parts: VerifierParts;

beforeAll(async () => {
  rig = await ArchiveRig.start();
  await mkdir(path.join(rig.dir, 'share', 'sub'), { recursive: true });
  await writeFile(path.join(rig.dir, 'share', 'empty'), '');
  await writeFile(path.join(rig.dir, 'share', 'sub', 'a.log'), 'x'.repeat(100_000));
  parts = {
    store: rig.readable,
    keysOf: localKeys(rig.keysDir, 'development'),
    trustedSigners: () => trustedKeys(rig.keysDir, 'archive-signing'),
    scratchAdmin: connectionFromUrl(process.env.TEST_DATABASE_URL!),
    logger: silent,
  };
});
afterAll(() => rig.stop());

/** Written in a fraction of the time that a database takes. */
const directory = () => ({ source: { kind: 'directory' as const, path: path.join(rig.dir, 'share') } });

function claimOf({ uploaded }: ArchiveFixture, owner: Tenant = tenant, changes: Partial<VerificationRequested> = {}): Claim {
  const { job_id, flow_id, system_id, attempt, manifest, manifest_sha256, verification_level: level } = uploaded;
  const verification_id = verificationId(job_id, attempt);
  const request = { verification_id, job_id, flow_id, system_id, attempt, manifest, manifest_sha256, level, reason: 'test', ...changes };
  return {
    ...{ verificationId: verification_id, task: 'content' as const, tenant: owner, request, run: 1 },
    ...{ lock: null, traceparent: null, claimNo: 1, tries: 0, owner: 'test' },
  };
}

async function proofOf(claim: Claim, changes: Partial<VerifierParts> = {}, signal = new AbortController().signal): Promise<Proof> {
  const own = { ...parts, ...changes };
  const { job_id, flow_id, attempt } = claim.request;
  const nats = { publish: () => undefined, isClosed: () => false };
  const progress = new ProgressReporter(nats, clock, claim.tenant, { job_id, flow_id, attempt });
  const keys = await own.keysOf(claim.tenant.client_account_id);
  return { parts: own, claim, epoch, keys, findings: new Findings(), progress, signal };
}

const prove = async (fixture: ArchiveFixture, changes: Partial<VerificationRequested> = {}): Promise<ProvenArchive> =>
  verifyArchive(await proofOf(claimOf(fixture, tenant, changes)), undefined);

/** Code and message of the verdict; fails when there is none. */
async function refusal(fixture: ArchiveFixture, owner = tenant, changes: Partial<VerificationRequested> = {}) {
  const proof = await proofOf(claimOf(fixture, owner, changes));
  try {
    await verifyArchive(proof, undefined);
  } catch (error) {
    if (!isVerdict(error)) throw error;
    return { code: error.code, message: error.message, level: proof.findings.level };
  }
  throw new Error('the archive was proven');
}

async function scratchDatabases(): Promise<string[]> {
  const client = new Client({ connectionString: process.env.TEST_DATABASE_URL! });
  await client.connect();
  try {
    const { rows } = await client.query<{ datname: string }>(
      `select datname from pg_database where datname like 'lastcopy\\_scratch\\_0123abcd%'`,
    );
    return rows.map(({ datname }) => datname);
  } finally {
    await client.end();
  }
}

interface StoredObject {
  path: string;
  sha256: string;
}
const objectsOf = ({ manifest }: ArchiveFixture): StoredObject[] =>
  [...manifest.data_sets.flatMap(({ objects }) => objects), ...manifest.key_wraps].map((object) => ({
    path: object.path,
    sha256: object.stored_sha256,
  }));

const keyOf = ({ manifest }: Pick<ArchiveFixture, 'manifest'>, objectPath: string): string =>
  objectPath.startsWith('manifest.json')
    ? `${jobPrefix('kept', manifest)}/attempt-${manifest.attempt}/${objectPath}`
    : `${jobPrefix('kept', manifest)}/${objectPath}`;

async function edit(file: string, change: (bytes: Buffer) => Buffer): Promise<() => Promise<void>> {
  const before = await readFile(file);
  await writeFile(file, change(Buffer.from(before)));
  return () => writeFile(file, before);
}
const flipOneBit = (bytes: Buffer): Buffer => {
  bytes[Math.floor(bytes.length / 2)]! ^= 1;
  return bytes;
};

describe('a sound archive of a database', () => {
  it.each(['stored', 'fixity', 'readable', 'restored', 'reconciled'] as VerificationLevel[])('is proven at level %s', async (level) => {
    const fixture = await rig.archive(tenant, level, { partMaxStoredBytes: 20_000 });
    const proven = await prove(fixture);
    const objects = objectsOf(fixture).length + 2;
    expect(proven).toMatchObject({ level, objects, rows: fixture.manifest.totals.rows, keys: { tenant: true, escrow: true } });
    expect(await scratchDatabases()).toEqual([]);
  });

  it('leaves a check for each table and level, without any name of the source', async () => {
    const fixture = await rig.archive(tenant, 'reconciled');
    const proof = await proofOf(claimOf(fixture));
    await verifyArchive(proof, undefined);
    const listed = proof.findings.checks.listed();
    expect(listed.every(({ passed }) => passed)).toBe(true);
    expect(listed.map(({ name }) => name)).toEqual(
      expect.arrayContaining([
        'stored: objects',
        'keys: tenant',
        'keys: escrow',
        'readable: table 1 records parsed',
        'restored: table 2 rows',
        'restored: table 3 SHA-256 of its export',
        'restored: digest of large objects',
        'restored: fingerprint of the schema',
        'restored: sequences with their values',
        'reconciled: table 2 content hash',
      ]),
    );
    expect(JSON.stringify(listed)).not.toMatch(/account|invoice|example\.org/);
  });

  it('does not attest an escrow path that is not configured', async () => {
    const fixture = await rig.archive(tenant, 'stored');
    const proof = await proofOf(claimOf(fixture));
    const proven = await verifyArchive({ ...proof, keys: { ...proof.keys, escrow: null } }, undefined);
    expect(proven.keys).toEqual({ tenant: true, escrow: false });
  });
});

describe('a sound archive of a directory', () => {
  it('is proven at level readable', async () => {
    expect((await prove(await rig.archive(tenant, 'readable', directory()))).level).toBe('readable');
  });

  it('is not judged at a level that a directory cannot reach', async () => {
    const proof = await proofOf(claimOf(await rig.archive(tenant, 'restored', directory())));
    await expect(verifyArchive(proof, undefined)).rejects.toMatchObject({ code: 'VERIFICATION_UNAVAILABLE' });
  });

  it('is refused when the source counted other files', async () => {
    const falsify = {
      reconciliation: (document: never) =>
        ({ ...(document as object), tree: { ...(document as { tree: object }).tree, files: 7 } }) as never,
    };
    expect(await refusal(await rig.archive(tenant, 'readable', { ...directory(), falsify }))).toMatchObject({
      code: 'ARCHIVE_CONTENT_MISMATCH',
      message: expect.stringContaining('data/files'),
    });
  });
});

describe('damage', () => {
  let fixture: ArchiveFixture;
  beforeAll(async () => {
    fixture = await rig.archive(tenant, 'restored', { partMaxStoredBytes: 20_000 });
  });
  afterEach(async () => {
    rig.fault = undefined;
    expect(await scratchDatabases()).toEqual([]);
  });

  it('of one bit is found in every object, at level fixity and above, and named', async () => {
    expect(objectsOf(fixture).length).toBeGreaterThan(6);
    for (const level of ['fixity', 'restored'] as const) {
      for (const { path: objectPath, sha256 } of objectsOf(fixture)) {
        const mend = await edit(await rig.fileOf(sha256), flipOneBit);
        const { code, message } = await refusal(fixture, tenant, { level });
        await mend();
        expect([objectPath, code, message.includes(objectPath)]).toEqual([objectPath, 'ARCHIVE_OBJECT_DAMAGED', true]);
      }
    }
    expect((await prove(fixture)).level).toBe('restored');
  });

  it('of the manifest or its signature is found at every level', async () => {
    for (const name of ['manifest.json', 'manifest.json.jws']) {
      const key = keyOf(fixture, name);
      rig.fault = (point) => (point.operation === 'GetObject' && point.key === key ? { kind: 'flip', atByte: 20 } : undefined);
      expect(await refusal(fixture, tenant, { level: 'stored' })).toMatchObject({
        code: 'ARCHIVE_MANIFEST_INVALID',
        message: expect.stringContaining('manifest.json'),
      });
    }
  });

  it('by truncation is found, though the manifest names the shorter version', async () => {
    const truncated = await rig.archive(tenant, 'stored', {
      falsify: { manifest: (manifest) => replaced(manifest, 'data/t-0001', (bytes) => bytes.subarray(0, -1), { keepDigest: true }) },
    });
    expect(await refusal(truncated)).toMatchObject({ code: 'ARCHIVE_OBJECT_DAMAGED', message: expect.stringContaining('data/t-0001') });
  });

  it('by trailing bytes is found, though the manifest agrees with them', async () => {
    const longer = await rig.archive(tenant, 'readable', {
      falsify: { manifest: (manifest) => replaced(manifest, 'data/t-0001', (bytes) => Buffer.concat([bytes, Buffer.from('x')])) },
    });
    expect(await refusal(longer)).toMatchObject({ code: 'ARCHIVE_OBJECT_DAMAGED', message: expect.stringContaining('data/t-0001') });
  });

  it('by swapping two objects is found, though the signed manifest agrees with the swap', async () => {
    const swap = async (manifest: Manifest): Promise<Manifest> => {
      const bytesOf = (dataSet: string) => storedBytes(keyOf({ manifest }, recordOf(manifest, dataSet).path));
      const [one, other] = [await bytesOf('data/t-0001'), await bytesOf('data/t-0002')];
      const half = await replaced(manifest, 'data/t-0001', () => other, { like: recordOf(manifest, 'data/t-0002') });
      return replaced(half, 'data/t-0002', () => one, { like: recordOf(manifest, 'data/t-0001') });
    };
    const swapped = await rig.archive(tenant, 'readable', { falsify: { manifest: swap } });
    expect(await refusal(swapped)).toMatchObject({ code: 'ARCHIVE_OBJECT_MISPLACED', message: expect.stringContaining('data/t-000') });
  });

  it('by deletion is found in every object at level stored, and named', async () => {
    const lost = await rig.archive(tenant, 'stored');
    const stored = await readBack(lost);
    for (const { key, versionId } of stored.filter(({ role }) => role !== 'manifest' && role !== 'signature').slice(-4)) {
      await rig.writable.deleteVersion({ bucket, key }, versionId);
      const name = key.slice(`${jobPrefix('kept', lost.manifest)}/`.length);
      const { code, message } = await refusal(lost);
      expect([name, code, message.includes(name)]).toEqual([name, 'ARCHIVE_OBJECT_MISSING', true]);
    }
  });
});

async function readBack(fixture: ArchiveFixture): Promise<SealedVersion[]> {
  const { bucket, key, version_id: versionId } = fixture.uploaded.manifest;
  const signature = await rig.readable.head({ bucket, key: `${key}.jws` });
  const document = { bucket, sizeBytes: 0, sha256: '' };
  const stored = {
    manifest: { ...document, key, versionId },
    signature: { ...document, key: `${key}.jws`, versionId: signature!.versionId! },
  };
  return sealVersions({ prefix: 'kept', manifest: fixture.manifest, stored });
}

describe('a place that is not the archive’s own', () => {
  it('is refused: another tenant’s manifest under this tenant’s request', async () => {
    const other = newTenant();
    const foreign = await rig.archive(other, 'readable');
    const own = await rig.archive(tenant, 'readable');
    const changes = { manifest: foreign.uploaded.manifest, manifest_sha256: foreign.uploaded.manifest_sha256 };
    expect(await refusal(own, tenant, changes)).toMatchObject({ code: 'ARCHIVE_OBJECT_MISPLACED' });
  });

  it('is refused: another tenant’s manifest and signature copied to this tenant’s place', async () => {
    const own = await rig.archive(tenant, 'readable');
    const foreign = await rig.archive(newTenant(), 'readable');
    const copied = await copyObject(foreign.uploaded.manifest.key, own.uploaded.manifest.key);
    await copyObject(`${foreign.uploaded.manifest.key}.jws`, `${own.uploaded.manifest.key}.jws`);
    const changes = { manifest: { ...own.uploaded.manifest, version_id: copied }, manifest_sha256: foreign.uploaded.manifest_sha256 };
    expect(await refusal(own, tenant, changes)).toMatchObject({ code: 'ARCHIVE_OBJECT_MISPLACED' });
  });

  it.each(['another tenant’s', 'the same tenant’s other'])(
    'is refused: an object of %s archive that the signed manifest names as its own',
    async (whose) => {
      const foreign = await rig.archive(whose.startsWith('another') ? newTenant() : tenant, 'readable');
      const stolen = recordOf(foreign.manifest, 'data/t-0001');
      const bytes = await storedBytes(keyOf(foreign, stolen.path));
      const moved = await rig.archive(tenant, 'readable', {
        falsify: { manifest: (manifest) => replaced(manifest, 'data/t-0001', () => bytes, { like: stolen }) },
      });
      const { code, message } = await refusal(moved);
      expect(['ARCHIVE_OBJECT_MISPLACED', 'ARCHIVE_OBJECT_DAMAGED']).toContain(code);
      expect(message).toContain('data/t-0001');
    },
  );

  it('is refused: another manifest than the event announced, though a trusted signer signed it', async () => {
    const fixture = await rig.archive(tenant, 'stored');
    expect(await refusal(fixture, tenant, { manifest_sha256: 'a'.repeat(64) })).toMatchObject({ code: 'ARCHIVE_MANIFEST_INVALID' });
  });
});

async function storedBytes(key: string): Promise<Buffer> {
  const { body } = await rig.readable.read({ bucket, key });
  return Buffer.concat((await body.toArray()) as Buffer[]);
}

const copyObject = async (from: string, to: string): Promise<string> =>
  (await rig.writable.put({ bucket, key: to }, await storedBytes(from))).versionId!;

type ObjectRecord = Manifest['data_sets'][number]['objects'][number];
const recordOf = (manifest: Manifest, dataSet: string): ObjectRecord =>
  manifest.data_sets.find(({ path: known }) => known === dataSet)!.objects[0]!;

/** Puts other bytes as a new version of the data set's only object, and has the manifest name and (unless `keepDigest`) describe that version. */
async function replaced(
  manifest: Manifest,
  dataSet: string,
  change: (bytes: Buffer) => Buffer,
  { keepDigest = false, like }: { keepDigest?: boolean; like?: ObjectRecord } = {},
): Promise<Manifest> {
  const record = recordOf(manifest, dataSet);
  const key = keyOf({ manifest }, record.path);
  const bytes = change(await storedBytes(key));
  const { versionId } = await rig.writable.put({ bucket, key }, bytes);
  const digests = keepDigest ? {} : { stored_bytes: bytes.length, stored_sha256: createHash('sha256').update(bytes).digest('hex') };
  const object = { ...record, ...like, rows: record.rows, path: record.path, version_id: versionId!, ...digests };
  const { rows, plain_bytes, plain_sha256 } = object;
  const data_sets = manifest.data_sets.map((known) =>
    known.path === dataSet ? { ...known, rows, plain_bytes, plain_sha256, objects: [object] } : known,
  );
  return createManifest({ ...manifest, data_sets });
}

describe('keys', () => {
  it.each(['tenant', 'escrow'] as const)('of the %s that are wrong are a failure that names the wrap', async (role) => {
    const owner = newTenant();
    const fixture = await rig.archive(owner, 'readable', directory());
    const name = role === 'tenant' ? `tenant-${owner.client_account_id}` : 'escrow';
    const file = path.join(rig.keysDir, `${name}.key`);
    const before = await readFile(file);
    await rig.replaceKey(name);
    const found = await refusal(fixture, owner);
    await writeFile(file, before);
    expect(found).toMatchObject({ code: 'ARCHIVE_KEY_UNAVAILABLE', message: expect.stringContaining(`keys/attempt-1.${role}.json`) });
  });

  it('that lead to different archive keys are a failure', async () => {
    const fixture = await rig.archive(tenant, 'stored', directory());
    const escrow = await rig.key('escrow');
    const wrong = { ...escrow, unwrap: () => Promise.resolve(new Uint8Array(32).fill(7)) };
    const proof = await proofOf(claimOf(fixture));
    await expect(verifyArchive({ ...proof, keys: { ...proof.keys, escrow: wrong } }, undefined)).rejects.toMatchObject({
      code: 'ARCHIVE_KEY_UNAVAILABLE',
    });
  });

  it('whose file is absent keep the check from being made, and are no failure', async () => {
    const stranger = newTenant();
    await expect(parts.keysOf(stranger.client_account_id)).rejects.toMatchObject({ code: 'CONFIGURATION_INVALID' });
  });

  it('without an escrow wrap are a failure when escrow is configured', async () => {
    const fixture = await rig.archive(tenant, 'stored', {
      ...directory(),
      keys: { tenant: await rig.key(`tenant-${tenant.client_account_id}`) },
    });
    expect(await refusal(fixture)).toMatchObject({ code: 'ARCHIVE_KEY_UNAVAILABLE', message: expect.stringContaining('escrow') });
  });
});

describe('content that is well-formed and wrong', () => {
  const falsified = async (level: VerificationLevel, falsify: Parameters<typeof rig.archive>[2]) =>
    refusal(await rig.archive(tenant, level, falsify));

  it('is found when the source counted other rows', async () => {
    const reconciliation = (document: { tables: { rows: number }[] }) =>
      ({ ...document, tables: document.tables.map((table) => ({ ...table, rows: table.rows + 1 })) }) as never;
    expect(await falsified('readable', { falsify: { reconciliation: reconciliation as never } })).toMatchObject({
      code: 'ARCHIVE_CONTENT_MISMATCH',
    });
  });

  it('is found when a table is missing from the reconciliation', async () => {
    const reconciliation = (document: { tables: object[] }) => ({ ...document, tables: document.tables.slice(1) }) as never;
    expect(await falsified('readable', { falsify: { reconciliation: reconciliation as never } })).toMatchObject({
      code: 'ARCHIVE_CONTENT_MISMATCH',
    });
  });

  it('is found when the source’s content hash differs', async () => {
    const reconciliation = (document: { tables: object[] }) =>
      ({ ...document, tables: document.tables.map((table) => ({ ...table, content_hash: '42' })) }) as never;
    expect(await falsified('reconciled', { falsify: { reconciliation: reconciliation as never } })).toMatchObject({
      code: 'ARCHIVE_CONTENT_MISMATCH',
      level: 'reconciled',
      message: expect.stringContaining('content hash'),
    });
  });

  it('is found when a value cannot be loaded, without quoting it', async () => {
    const table = (tablePath: string, block: Buffer) =>
      tablePath === 'data/t-0001' ? Buffer.from(block.toString().replace(/^1,/, 'x,')) : block;
    const found = await falsified('restored', { falsify: { table } });
    expect(found).toMatchObject({ code: 'RESTORE_FAILED', message: expect.stringMatching(/^data\/t-0001: .*SQLSTATE 22P02/) });
    expect(found.message).not.toContain('example.org');
    expect(await scratchDatabases()).toEqual([]);
  });

  it('is found when a table restores to other bytes than were archived', async () => {
    const table = (tablePath: string, block: Buffer) =>
      tablePath === 'data/t-0001' ? Buffer.from(block.toString().replace(/^1,/, '01,')) : block;
    expect(await falsified('restored', { falsify: { table } })).toMatchObject({
      code: 'ARCHIVE_CONTENT_MISMATCH',
      message: expect.stringContaining('SHA-256 of its export'),
    });
  });

  it('is found when the schema does not come back as it was', async () => {
    const schema = (document: object) => ({ ...document, fingerprint: 'f'.repeat(64) });
    expect(await falsified('restored', { falsify: { schema } })).toMatchObject({
      message: expect.stringContaining('fingerprint of the schema'),
    });
  });
});

describe('what only keeps the check from being made', () => {
  const outcome = async (fixture: ArchiveFixture, changes: Partial<VerifierParts>, signal?: AbortSignal) => {
    const proof = await proofOf(claimOf(fixture), changes, signal);
    const error: unknown = await verifyArchive(proof, undefined).catch((thrown: unknown) => thrown);
    return { verdict: isVerdict(error), code: isCodedError(error) ? error.code : String(error) };
  };

  it('is no verdict: a store that denies, stalls or fails', async () => {
    const fixture = await rig.archive(tenant, 'readable');
    for (const [fault, code] of [
      [{ kind: 'error', code: 'AccessDenied' }, 'STORE_DENIED'],
      [{ kind: 'stall', afterBytes: 10 }, 'STORE_STALLED'],
    ] as const) {
      rig.fault = ({ operation, key }) => (operation === 'GetObject' && key.includes('/data/') ? fault : undefined);
      expect(await outcome(fixture, {})).toEqual({ verdict: false, code });
    }
    rig.fault = undefined;
  });

  it('is no verdict: a scratch server that is down', async () => {
    const fixture = await rig.archive(tenant, 'restored');
    const scratchAdmin = { ...parts.scratchAdmin, port: 1 };
    expect(await outcome(fixture, { scratchAdmin })).toEqual({ verdict: false, code: 'SOURCE_UNREACHABLE' });
  });

  it('ends at once when the work is taken away, and leaves nothing behind', async () => {
    const fixture = await rig.archive(tenant, 'restored');
    const taken = new AbortController();
    rig.fault = ({ operation, key }) => {
      if (operation === 'GetObject' && key.includes('/data/t-0002')) taken.abort(new Error('taken over'));
      return undefined;
    };
    expect(await outcome(fixture, {}, taken.signal)).toEqual({ verdict: false, code: 'Error: taken over' });
    rig.fault = undefined;
    expect(await scratchDatabases()).toEqual([]);
  });
});

describe('retention', () => {
  const year = 365 * 86_400_000;
  async function locked(fixture: ArchiveFixture, retainUntil = new Date(Date.now() + 8 * year), leaveOut?: string): Promise<ArchiveLocked> {
    const versions = await readBack(fixture);
    for (const { bucket, key, versionId } of versions) {
      if (key.endsWith(leaveOut ?? '\n')) continue;
      await rig.writable.setRetention({ bucket, key }, versionId, { mode: 'GOVERNANCE', retainUntil });
    }
    const { job_id, flow_id, attempt } = fixture.uploaded;
    return { job_id, flow_id, attempt, mode: 'GOVERNANCE', retain_until: retainUntil.toISOString(), versions: versions.length };
  }
  const check = async (fixture: ArchiveFixture, lock: ArchiveLocked) => verifyRetention(await proofOf(claimOf(fixture)), lock);

  it('is read back from every version', async () => {
    const fixture = await rig.archive(tenant, 'stored', directory());
    const lock = await locked(fixture);
    expect(await check(fixture, lock)).toBe(lock.versions);
  });

  it.each(['manifest.json', 'manifest.json.jws', 'attempt-1.escrow.json', 'part-00001.tar.zst.enc'])(
    'is refused when %s is not under it',
    async (name) => {
      const fixture = await rig.archive(tenant, 'stored', directory());
      const lock = await locked(fixture, undefined, name);
      await expect(check(fixture, lock)).rejects.toMatchObject({ code: 'RETENTION_NOT_IN_FORCE', message: expect.stringContaining(name) });
    },
  );

  it('is refused when it is shorter than the policy, whatever the lock says', async () => {
    const fixture = await rig.archive(tenant, 'stored', directory());
    await expect(check(fixture, await locked(fixture, new Date(Date.now() + year)))).rejects.toMatchObject({
      code: 'RETENTION_NOT_IN_FORCE',
    });
  });

  it('is refused when the mode is weaker than the one reported, or a version was left out', async () => {
    const fixture = await rig.archive(tenant, 'stored', directory());
    const lock = await locked(fixture);
    await expect(check(fixture, { ...lock, mode: 'COMPLIANCE' })).rejects.toMatchObject({ code: 'RETENTION_NOT_IN_FORCE' });
    await expect(check(fixture, { ...lock, versions: lock.versions - 1 })).rejects.toMatchObject({ code: 'RETENTION_NOT_IN_FORCE' });
  });
});
