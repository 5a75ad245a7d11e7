import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { ErrorCode } from '@lastcopy/kernel';
import type { Manifest } from '@lastcopy/archive-format';
import { offlineSettings, type OfflineFlags } from './offline-settings.js';
import { manifestLocation, openOffline } from './open-offline.js';
import { RestoreProgress } from './progress.js';
import { restoreToFolder } from './restore-to-folder.js';
import { identityOfJob, StoredArchives } from './testing/stored-archives.js';
import { verifyOffline } from './verify-offline.js';
import type { OfflineLevel } from './check-report.js';

const bucket = 'archives';
const job = identityOfJob('job-1');
const quiet = () => new RestoreProgress(process.stdout, 0, true);
const forever = () => new AbortController().signal;
let archives: StoredArchives;
let share: string;
let count = 0;

const open = (identity = job, flags: OfflineFlags = {}) => openOffline(archives.environment, archives.location(identity), flags, forever());

async function restore(identity = job, flags: OfflineFlags = {}): Promise<string> {
  const folder = path.join(archives.dir, `out-${(count += 1)}`);
  const source = await open(identity, flags);
  await restoreToFolder(source, { folder, wanted: [], treeOnly: false, keepPartial: false, now: new Date(), progress: quiet() }).finally(
    () => {
      expect(existsSync(`${folder}.partial`)).toBe(false);
    },
  );
  return folder;
}

async function freshArchive(): Promise<typeof job> {
  const identity = identityOfJob(`job-${(count += 1)}-fresh`);
  await archives.directory(identity, share);
  return identity;
}

const rejected = (code: ErrorCode, words: string | RegExp = '') => ({ code, message: expect.stringMatching(words) as string });

async function manifestOf(identity: typeof job): Promise<{ manifest: Manifest; jobKey: string }> {
  const { archive } = await open(identity);
  return { manifest: archive.manifest, jobKey: archives.at(identity).key.split('/attempt-')[0]! };
}

async function failedChecks(identity: typeof job, level: OfflineLevel) {
  return (await verifyOffline(await open(identity), level, quiet())).failed;
}

async function bytesOf(key: string): Promise<Buffer> {
  const { body } = await archives.store.read({ bucket, key });
  const chunks: Buffer[] = [];
  for await (const chunk of body) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** Gives a folder of keys in which one file was replaced. */
async function otherKeys(name: string, text: string, without: string[] = []): Promise<OfflineFlags> {
  const keys = path.join(archives.dir, `keys-${(count += 1)}`);
  await mkdir(keys);
  for (const file of ['tenant-client-1.key', 'escrow.key', 'archive-signing.jwks.json']) {
    if (!without.includes(file)) await writeFile(path.join(keys, file), await readFile(path.join(archives.keysDir, file)));
  }
  await writeFile(path.join(keys, name), text);
  return { keys };
}

beforeAll(async () => {
  archives = await StoredArchives.start();
  share = path.join(archives.dir, 'share');
  await mkdir(share);
  await writeFile(path.join(share, 'letter.txt'), 'a letter\n'.repeat(1000));
  await archives.directory(job, share);
});

afterAll(() => archives.stop());

it('opens with the escrow key alone', async () => {
  const folder = await restore(job, await otherKeys('note', '', ['tenant-client-1.key']));
  expect(await readFile(path.join(folder, 'files/letter.txt'), 'utf8')).toContain('a letter');
  const byEscrow = await restore(job, { escrow: true });
  expect(existsSync(path.join(byEscrow, 'bagit.txt'))).toBe(true);
});

it('refuses without a key, with a wrong key, and with a file that is no key', async () => {
  const none = await otherKeys('note', '', ['tenant-client-1.key', 'escrow.key']);
  await expect(restore(job, none)).rejects.toMatchObject(rejected('ARCHIVE_KEY_UNAVAILABLE', 'tenant-client-1.key'));
  const foreign = await readFile(path.join(archives.keysDir, 'tenant-client-2.key'), 'utf8');
  const wrong = await otherKeys('tenant-client-1.key', foreign, ['escrow.key']);
  await expect(restore(job, wrong)).rejects.toMatchObject(rejected('ARCHIVE_KEY_UNAVAILABLE', 'No wrap of job'));
  await expect(restore(job, await otherKeys('escrow.key', 'nothing'))).rejects.toMatchObject(
    rejected('CONFIGURATION_INVALID', 'escrow.key'),
  );
});

it('refuses a manifest that an unknown key signed', async () => {
  const stranger = await StoredArchives.start();
  try {
    const keys = await readFile(path.join(stranger.keysDir, 'archive-signing.jwks.json'), 'utf8');
    await expect(restore(job, await otherKeys('archive-signing.jwks.json', keys))).rejects.toMatchObject(
      rejected('ARCHIVE_MANIFEST_INVALID', 'no trusted signer'),
    );
    await expect(restore(job, await otherKeys('archive-signing.jwks.json', '{"keys":[]}'))).rejects.toMatchObject(
      rejected('CONFIGURATION_INVALID'),
    );
  } finally {
    await stranger.stop();
  }
});

it('refuses another digest than the one that was asked for', async () => {
  await expect(restore(job, { manifestSha256: '0'.repeat(64) })).rejects.toMatchObject(
    rejected('ARCHIVE_MANIFEST_INVALID', '0000 was expected'),
  );
});

it('refuses a manifest that was copied to the place of another tenant', async () => {
  const theirs = identityOfJob('job-1', 'client-2');
  for (const suffix of ['', '.jws'])
    await archives.store.put({ bucket, key: archives.at(theirs).key + suffix }, await bytesOf(archives.at(job).key + suffix));
  await expect(restore(theirs)).rejects.toMatchObject(rejected('ARCHIVE_OBJECT_MISPLACED', 'client_account_id'));
});

it('refuses what is no place of a manifest, and what is absent', async () => {
  expect(() => manifestLocation('s3://archives/kept/client-1')).toThrow(expect.objectContaining({ code: 'ARCHIVE_OBJECT_MISPLACED' }));
  expect(() => manifestLocation('/some/folder')).toThrow(expect.objectContaining({ code: 'CONFIGURATION_INVALID' }));
  const { key } = archives.at(job);
  expect(manifestLocation(`s3://archives/${path.posix.dirname(key)}/`)).toEqual({ bucket, key });
  await expect(restore(identityOfJob('job-absent'))).rejects.toMatchObject(rejected('ARCHIVE_OBJECT_MISSING', 'job-absent'));
});

it('names the versions when a newer one hides the manifest, and reads the one that is chosen', async () => {
  const identity = await freshArchive();
  const at = archives.at(identity);
  const { versionId } = (await archives.store.head(at))!;
  await archives.store.put(at, Buffer.from('{}'));
  await expect(restore(identity)).rejects.toMatchObject(rejected('ARCHIVE_MANIFEST_INVALID', versionId!));
  expect(existsSync(await restore(identity, { manifestVersion: versionId! }))).toBe(true);
});

it('finds a missing object at every level, and a restore names it and leaves nothing', async () => {
  const identity = await freshArchive();
  const { manifest, jobKey } = await manifestOf(identity);
  const { path: lost, version_id } = manifest.data_sets.find(({ kind }) => kind === 'files')!.objects[0]!;
  await archives.store.deleteVersion({ bucket, key: `${jobKey}/${lost}` }, version_id);
  for (const level of ['stored', 'fixity', 'readable'] as const)
    expect(await failedChecks(identity, level)).toContainEqual(expect.objectContaining({ where: lost, level: 'stored' }));
  await expect(restore(identity)).rejects.toMatchObject(rejected('ARCHIVE_OBJECT_MISSING', lost));
});

it('finds flipped bytes under the same version at level fixity, and only there and above', async () => {
  const identity = await freshArchive();
  const { manifest } = await manifestOf(identity);
  const object = manifest.data_sets.find(({ kind }) => kind === 'file_index')!.objects[0]!;
  const stored = await archives.damage(object.stored_sha256);
  expect(stored).toBe(1);
  expect(await failedChecks(identity, 'stored')).toEqual([]);
  expect(await failedChecks(identity, 'fixity')).toEqual([
    expect.objectContaining({ where: object.path, actual: expect.stringContaining('ARCHIVE_OBJECT_DAMAGED') }),
  ]);
});

it('passes every check of a sound archive', async () => {
  const { checks, failed } = await verifyOffline(await open(), 'readable', quiet());
  expect(failed).toEqual([]);
  expect(checks.map(({ name }) => name)).toEqual(
    expect.arrayContaining([
      'readable: tenant key opens the archive key',
      'readable: escrow key opens the archive key',
      'readable: totals of the tree',
    ]),
  );
});

it('says which setting is missing, and prefers flags to the environment', () => {
  const { environment } = archives;
  expect(() => offlineSettings({ profilePath: '/absent' }, {})).toThrow(
    expect.objectContaining(rejected('CONFIGURATION_INVALID', 'S3_ACCESS_KEY_ID')),
  );
  expect(() => offlineSettings({ profilePath: '/absent', store: environment.store! }, {})).toThrow(
    expect.objectContaining(rejected('CONFIGURATION_INVALID', '--keys')),
  );
  expect(offlineSettings(environment, { endpoint: 'https://other', keys: '/keys' })).toMatchObject({
    keysDir: '/keys',
    store: { endpoint: 'https://other', forcePathStyle: true },
  });
});
