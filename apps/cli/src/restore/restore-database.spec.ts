import { Client } from 'pg';
import { connectionFromUrl } from '@lastcopy/source-postgresql';
import { createTestDatabase, type TestDatabase } from '@lastcopy/testkit';
import { openOffline } from './open-offline.js';
import { RestoreProgress } from './progress.js';
import { restoreToDatabase } from './restore-to-database.js';
import { identityOfJob, StoredArchives } from './testing/stored-archives.js';
import { sourceSql } from './testing/source-content.js';

const job = identityOfJob('job-db');
let archives: StoredArchives;
let source: TestDatabase;
const targets: TestDatabase[] = [];

async function query<T>(url: string, sql: string): Promise<T[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query({ text: sql })).rows as T[];
  } finally {
    await client.end();
  }
}

async function emptyTarget(): Promise<TestDatabase> {
  const target = await createTestDatabase('restore_target');
  targets.push(target);
  return target;
}

async function restore(target: string, wanted: string[] = [], identity = job) {
  const opened = await openOffline(archives.environment, archives.location(identity), {}, new AbortController().signal);
  try {
    return await restoreToDatabase(opened, {
      target: connectionFromUrl(target),
      wanted,
      progress: new RestoreProgress(process.stdout, 0, true),
    });
  } finally {
    await opened.archive.close();
  }
}

beforeAll(async () => {
  archives = await StoredArchives.start();
  source = await createTestDatabase('restore_source');
  await query(source.url, sourceSql);
  await archives.database(job, connectionFromUrl(source.url));
});

afterAll(async () => {
  await archives.stop();
  for (const database of [source, ...targets]) await database.drop();
});

it('brings every row back as the source has it', async () => {
  const target = await emptyTarget();
  const outcome = await restore(target.url);
  expect(outcome.parts.map(({ name, rows, equal }) => [name, rows, equal])).toEqual(
    expect.arrayContaining([
      ['"sales"."customer"', 2000, true],
      ['"sales"."invoice"', 5000, true],
      ['"a.b"."c"', 3, true],
      ['"sales"."nothing"', 2, true],
      ['large objects', 2, true],
    ]),
  );
  expect(outcome.parts.filter(({ equal }) => !equal)).toEqual([]);
  for (const table of ['sales.customer', 'sales.invoice', 'sales.entry', '"a.b".c', 'a."b.c"']) {
    const rows = `SELECT t::text AS row FROM ${table} t ORDER BY 1`;
    expect(await query(target.url, rows)).toEqual(await query(source.url, rows));
  }
  const objects = 'SELECT oid, md5(lo_get(oid)) AS digest FROM pg_largeobject_metadata ORDER BY oid';
  expect(await query(target.url, objects)).toEqual(await query(source.url, objects));
  const next = `SELECT nextval('sales.invoice_id_seq') AS n`;
  expect(await query(target.url, next)).toEqual([{ n: '5001' }]);
  await expect(query(target.url, 'INSERT INTO sales.invoice (customer_id) VALUES (999999)')).rejects.toMatchObject({ code: '23503' });
});

it('refuses a database that is not empty and touches nothing there', async () => {
  const target = await emptyTarget();
  await query(target.url, 'CREATE TABLE public.mine (v int)');
  await expect(restore(target.url)).rejects.toMatchObject({ code: 'RESTORE_TARGET_NOT_EMPTY', message: expect.stringContaining('mine') });
  expect(await query(target.url, `SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace`)).toEqual([
    { relname: 'mine' },
  ]);
});

it('says when the target cannot be reached or does not exist', async () => {
  await expect(restore('postgresql://nobody@127.0.0.1:1/none')).rejects.toMatchObject({ code: 'SOURCE_UNREACHABLE' });
  const absent = Object.assign(new URL(source.url), { pathname: '/absent_database' }).href;
  await expect(restore(absent)).rejects.toMatchObject({ code: 'SOURCE_DATABASE_MISSING' });
});

it('restores chosen tables, a partitioned one with its partitions, and says that the others are empty', async () => {
  const target = await emptyTarget();
  const outcome = await restore(target.url, ['sales.invoice', 'sales.entry']);
  expect(outcome.parts.map(({ name, equal }) => [name, equal])).toEqual(
    expect.arrayContaining([
      ['"sales"."invoice"', true],
      ['"sales"."entry_2024"', true],
      ['"sales"."entry_2025"', true],
    ]),
  );
  expect(outcome.parts).toHaveLength(3);
  expect(outcome.notes.join('\n')).toMatch(/EMPTY; 1 foreign keys were left out/);
  expect(await query(target.url, 'SELECT count(*)::int AS n FROM sales.entry')).toEqual([{ n: 501 }]);
  expect(await query(target.url, 'SELECT count(*)::int AS n FROM sales.customer')).toEqual([{ n: 0 }]);
});

it('refuses a table that is not there or could be two, before anything is written', async () => {
  const target = await emptyTarget();
  await expect(restore(target.url, ['sales.absent'])).rejects.toMatchObject({
    code: 'VALIDATION_FAILED',
    message: expect.stringContaining('sales.invoice'),
  });
  await expect(restore(target.url, ['a.b.c'])).rejects.toMatchObject({ message: expect.stringContaining('"a.b"."c"') });
  const outcome = await restore(target.url, ['"a.b"."c"']);
  expect(outcome.parts).toMatchObject([{ name: '"a.b"."c"', rows: 3, equal: true }]);
});

it('reports a table that came back differently', async () => {
  const altered = identityOfJob('job-altered');
  // the archive holds 01 where the source held 1: it loads, and reads back as another text
  const spell = (block: Buffer) => Buffer.from(block.toString('utf8').replace(/^1,/, '01,'));
  await archives.database(altered, connectionFromUrl(source.url), spell);
  const outcome = await restore((await emptyTarget()).url, [], altered);
  const differing = outcome.parts.filter(({ equal }) => !equal);
  expect(differing.map(({ name }) => name)).toEqual(['"sales"."customer"', '"sales"."invoice"']);
  expect(differing[0]!.difference).toMatch(/2000 rows, SHA-256 .*; the source counted 2000 rows/);
});
