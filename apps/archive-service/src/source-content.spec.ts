import { randomUUID } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { Client } from 'pg';
import type { ArchiveJobFailed, ArchiveUploaded, SourceDescription } from '@lastcopy/contracts';
import { createTestDatabase } from '@lastcopy/testkit';
import { ArchiveRig } from './testing/archive-rig.js';

let rig: ArchiveRig;
beforeAll(async () => {
  rig = await ArchiveRig.start();
  await rig.boot();
});
afterAll(() => rig.stop());

it('fails for good on a database or a folder with nothing in it, unless that is meant', async () => {
  const empty = await createTestDatabase('empty');
  const share = path.join(rig.dir, 'nothing');
  await mkdir(share);
  const named: SourceDescription = { ...rig.sourceDescription(), database: new URL(empty.url).pathname.slice(1) };
  const folder: SourceDescription = { kind: 'directory', path: share };
  for (const { source, rows } of [
    { source: named, rows: 0 },
    { source: folder, rows: 1 },
  ]) {
    const jobId = await rig.startMigration(randomUUID(), { source, verification_level: 'readable' });
    const failed = await rig.eventOf<ArchiveJobFailed>(jobId, 'ArchiveJobFailed');
    expect(failed).toMatchObject({ code: 'SOURCE_EMPTY', error_class: 'permanent', hint: expect.stringMatching(/mounted/) });
    const meant = { ...source, allow_empty: true };
    const other = await rig.startMigration(randomUUID(), { source: meant, verification_level: 'readable' });
    expect(await rig.eventOf<ArchiveUploaded>(other, 'ArchiveUploaded')).toMatchObject({ rows });
  }
  await empty.drop();
});

it('says how much it left out and why, without names', async () => {
  const database = await createTestDatabase('views');
  const client = new Client({ connectionString: database.url });
  await client.connect();
  await client.query('create table kept (id int); create materialized view secret_view as select * from kept;');
  await client.end();
  const source = { ...rig.sourceDescription(), database: new URL(database.url).pathname.slice(1) };
  const jobId = await rig.startMigration(randomUUID(), { source });
  const { excluded } = await rig.eventOf<ArchiveUploaded>(jobId, 'ArchiveUploaded');
  expect(excluded).toEqual({ count: 1, reasons: [expect.stringMatching(/^materialised view/)] });
  await database.drop();
});
