import { createHash } from 'node:crypto';
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'csv-parse/sync';
import { Client } from 'pg';
import { createFileShare } from '@lastcopy/demo-systems';
import { connectionFromUrl } from '@lastcopy/source-postgresql';
import { createTestDatabase, type TestDatabase } from '@lastcopy/testkit';
import { openOffline } from './open-offline.js';
import { RestoreProgress } from './progress.js';
import { restoreToFolder, type FolderOptions } from './restore-to-folder.js';
import { sourceSql } from './testing/source-content.js';
import { identityOfJob, StoredArchives } from './testing/stored-archives.js';

const databaseJob = identityOfJob('job-db');
const filesJob = identityOfJob('job-files');
let archives: StoredArchives;
let source: TestDatabase;
let share: string;
let count = 0;

const newFolder = () => path.join(archives.dir, `restored-${(count += 1)}`);

async function restore(folder: string, job = databaseJob, options: Partial<FolderOptions> = {}) {
  const opened = await openOffline(archives.environment, archives.location(job), {}, new AbortController().signal);
  const given = { wanted: [], treeOnly: false, keepPartial: false, now: new Date('2026-11-22T10:00:00Z'), ...options };
  try {
    return await restoreToFolder(opened, { folder, progress: new RestoreProgress(process.stdout, 0, true), ...given });
  } finally {
    await opened.archive.close();
  }
}

const filesBelow = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)));

/** By the text of RFC 8493 and by sha256sum, not by the code that wrote the bag. */
function expectValidBag(folder: string): void {
  expect(readFileSync(path.join(folder, 'bagit.txt'), 'utf8')).toBe('BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n');
  for (const manifest of ['manifest-sha256.txt', 'tagmanifest-sha256.txt']) {
    const { status, stderr } = spawnSync('sha256sum', ['--check', '--strict', '--quiet', manifest], { cwd: folder, encoding: 'utf8' });
    expect([manifest, status, stderr]).toEqual([manifest, 0, '']);
  }
  const listed = readFileSync(path.join(folder, 'manifest-sha256.txt'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => line.slice(66));
  const payload = filesBelow(path.join(folder, 'data')).map((file) => `data/${file}`);
  expect(listed.sort()).toEqual(payload.sort());
  const bytes = payload.reduce((sum, file) => sum + lstatSync(path.join(folder, file)).size, 0);
  expect(readFileSync(path.join(folder, 'bag-info.txt'), 'utf8')).toContain(`Payload-Oxum: ${bytes}.${payload.length}\n`);
}

/** Everything that can be seen of a tree, by find: its times apart, in the order of the names. */
function seenOf(folder: string): { entries: string[]; times: number[] } {
  const format = '%p|%y|%m|%U:%G|%s|%l|%n\\t%T@\\0';
  const { stdout, status } = spawnSync('find', ['.', '!', '-type', 'p', '-printf', format], { cwd: folder, encoding: 'latin1' });
  expect(status).toBe(0);
  const lines = stdout
    .split('\0')
    .filter((line) => line !== '')
    .sort();
  // sizes and link counts of folders are the file system's own affair
  const entries = lines.map((line) => line.slice(0, line.lastIndexOf('\t')).replace(/(\|d\|\d+\|\d+:\d+\|).*$/, '$1'));
  return { entries, times: lines.map((line) => Number(line.slice(line.lastIndexOf('\t') + 1))) };
}

/** Times are kept to two microseconds. */
function expectSameTree(actual: string, expected: string): void {
  const [restored, original] = [seenOf(actual), seenOf(expected)];
  expect(restored.entries).toEqual(original.entries);
  const offS = original.times.map((time, index) => Math.abs(time - restored.times[index]!));
  expect(Math.max(...offS)).toBeLessThan(2e-6);
}

const digest = (file: string) => createHash('sha256').update(readFileSync(file)).digest('hex');

beforeAll(async () => {
  archives = await StoredArchives.start();
  source = await createTestDatabase('restore_folder');
  const client = new Client({ connectionString: source.url });
  await client.connect();
  await client.query(sourceSql);
  await client.end();
  await archives.database(databaseJob, connectionFromUrl(source.url));
  share = path.join(archives.dir, 'share');
  await createFileShare(share, { seed: 7, scale: 0.02 });
  chmodSync(path.join(share, 'letters'), 0o550);
  await archives.directory(filesJob, share);
});

afterAll(async () => {
  await archives.stop();
  await source.drop();
});

it('restores a database as a valid bag with a readable index of its tables', async () => {
  const folder = newFolder();
  const { parts } = await restore(folder);
  expect(parts.every(({ equal }) => equal)).toBe(true);
  expectValidBag(folder);
  const index = parse(readFileSync(path.join(folder, 'metadata/tables.csv')), { columns: true }) as Record<string, string>[];
  const customer = index.find(({ schema, table }) => schema === 'sales' && table === 'customer')!;
  const rows = parse(readFileSync(path.join(folder, customer.file!))) as string[][];
  expect([rows.length, rows[0]![1], JSON.parse(customer.columns!)]).toEqual([
    2000,
    'Zoë "1", \nline',
    ['id', 'name', 'note', 'photo', 'tags'],
  ]);
  expect(index.filter(({ table, schema }) => `${schema}.${table}` === 'a.b.c')).toHaveLength(2);
  expect(readFileSync(path.join(folder, 'data/large-objects/70001')).equals(Buffer.from('00ff41'.repeat(500_000), 'hex'))).toBe(true);
  expect(readFileSync(path.join(folder, 'data/large-objects/70002'))).toHaveLength(0);
  expect(JSON.parse(readFileSync(path.join(folder, 'metadata/schema.json'), 'utf8'))).toMatchObject({ source_kind: 'postgresql' });
  expect(JSON.parse(readFileSync(path.join(folder, 'metadata/reconciliation.json'), 'utf8')).tables).toHaveLength(index.length);
  expect(JSON.parse(readFileSync(path.join(folder, 'manifest.json'), 'utf8'))).toMatchObject({ job_id: 'job-db' });
  expect(existsSync(`${folder}.partial`)).toBe(false);
});

it('restores chosen tables alone', async () => {
  const folder = newFolder();
  const { parts } = await restore(folder, databaseJob, { wanted: ['sales.invoice'] });
  expect(parts).toMatchObject([{ name: '"sales"."invoice"', rows: 5000 }]);
  expectValidBag(folder);
  expect(filesBelow(path.join(folder, 'data'))).toHaveLength(1);
  expect(readFileSync(path.join(folder, 'bag-info.txt'), 'utf8')).toMatch(/External-Description: 1 of \d+ tables/);
});

it('restores a directory as a valid bag with the very tree beside it', async () => {
  const folder = newFolder();
  await restore(folder, filesJob);
  expectValidBag(folder);
  expectSameTree(path.join(folder, 'files'), share);
  const { status } = spawnSync('diff', ['-r', '--no-dereference', share, path.join(folder, 'files')]);
  expect(status).toBe(0);
  expect(readlinkSync(path.join(folder, 'files/odd/dangling'))).toBe('/nowhere/at/all');
  const pack = JSON.parse(readFileSync(path.join(folder, 'manifest.json'), 'utf8')).data_sets.find(
    ({ path: name }: { path: string }) => name === 'data/files',
  );
  expect(digest(path.join(folder, 'data/files.tar'))).toBe(pack.plain_sha256);
});

it('restores the tree alone when asked', async () => {
  const folder = newFolder();
  mkdirSync(folder);
  await restore(folder, filesJob, { treeOnly: true });
  expectSameTree(folder, share);
});

it('refuses a folder that is not empty, a leftover, and what does not fit the archive', async () => {
  const folder = newFolder();
  mkdirSync(folder);
  writeFileSync(path.join(folder, 'mine'), 'mine');
  await expect(restore(folder)).rejects.toMatchObject({ code: 'RESTORE_TARGET_NOT_EMPTY' });
  expect(readdirSync(folder)).toEqual(['mine']);
  const other = newFolder();
  mkdirSync(`${other}.partial`);
  writeFileSync(path.join(`${other}.partial`, 'leftover'), '');
  await expect(restore(other)).rejects.toMatchObject({ code: 'RESTORE_TARGET_NOT_EMPTY', message: expect.stringContaining('.partial') });
  rmSync(`${other}.partial`, { recursive: true });
  await expect(restore(other, filesJob, { wanted: ['a.b'] })).rejects.toMatchObject({ code: 'VALIDATION_FAILED' });
  await expect(restore(other, databaseJob, { treeOnly: true })).rejects.toMatchObject({ code: 'VALIDATION_FAILED' });
  await expect(restore(other, databaseJob, { wanted: ['a.absent'] })).rejects.toMatchObject({ code: 'VALIDATION_FAILED' });
  expect([existsSync(other), existsSync(`${other}.partial`)]).toEqual([false, false]);
});
