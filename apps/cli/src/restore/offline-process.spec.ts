import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { Client } from 'pg';
import { connectionFromUrl } from '@lastcopy/source-postgresql';
import { createTestDatabase, type TestDatabase } from '@lastcopy/testkit';
import { sourceSql } from './testing/source-content.js';
import { identityOfJob, StoredArchives } from './testing/stored-archives.js';

const main = path.resolve(import.meta.dirname, '../../dist/main.js');
const job = identityOfJob('job-db');
/** Several processes one after the other, each of which loads the whole command line. */
const processesMs = 90_000;
let archives: StoredArchives;
let source: TestDatabase;
let target: TestDatabase;

/** The command line as a process of its own: no profile, no services, only the store and the keys. */
async function lastcopy(...args: string[]): Promise<{ code: number | null; out: string; err: string }> {
  const env = { PATH: process.env.PATH ?? '', ...archives.variables };
  const child = spawn(process.execPath, [main, ...args, '--keys', archives.keysDir], { cwd: archives.dir, env });
  const read = { out: '', err: '' };
  child.stdout.on('data', (chunk: Buffer) => (read.out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (read.err += chunk.toString()));
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { code, ...read };
}

beforeAll(async () => {
  archives = await StoredArchives.start();
  source = await createTestDatabase('cli_source');
  target = await createTestDatabase('cli_target');
  const client = new Client({ connectionString: source.url });
  await client.connect();
  await client.query(sourceSql);
  await client.end();
  await archives.database(job, connectionFromUrl(source.url));
});

afterAll(async () => {
  await archives.stop();
  await source.drop();
  await target.drop();
});

it(
  'verifies and restores with no service running',
  async () => {
    const location = archives.location(job);
    expect(await lastcopy('verify', location)).toMatchObject({
      code: 0,
      out: expect.stringMatching(/All \d+ checks up to level readable passed/),
    });
    const restored = await lastcopy('restore', location.replace('/manifest.json', ''), '--to', 'restored');
    expect(restored).toMatchObject({ code: 0, out: expect.stringContaining('everything that was compared is equal') });
    expect(existsSync(path.join(archives.dir, 'restored/bagit.txt'))).toBe(true);
    expect(await lastcopy('restore', location, '--to', target.url)).toMatchObject({
      code: 0,
      out: expect.stringMatching(/"sales"."invoice"\s+5000\s.*yes/),
    });
  },
  processesMs,
);

it(
  'ends with 1 and says what to do when something is wrong',
  async () => {
    const location = archives.location(job);
    const again = await lastcopy('restore', location, '--to', target.url);
    expect(again).toMatchObject({ code: 1, err: expect.stringMatching(/RESTORE_TARGET_NOT_EMPTY: .*\n.*empty folder or database/s) });
    const absent = await lastcopy('verify', archives.location(identityOfJob('job-absent')));
    expect(absent).toMatchObject({ code: 1, err: expect.stringContaining('ARCHIVE_OBJECT_MISSING') });
    const { data_sets } = JSON.parse((await manifestText()).toString()) as {
      data_sets: { objects: { path: string; stored_sha256: string }[] }[];
    };
    const object = data_sets[0]!.objects[0]!;
    await archives.damage(object.stored_sha256);
    const damaged = await lastcopy('verify', location, '--level', 'fixity');
    expect(damaged).toMatchObject({ code: 1, out: expect.stringContaining(`WRONG  ${object.path}`) });
  },
  processesMs,
);

async function manifestText(): Promise<Buffer> {
  const { body } = await archives.store.read(archives.at(job));
  const chunks: Buffer[] = [];
  for await (const chunk of body) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
