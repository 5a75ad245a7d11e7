import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { Client } from 'pg';
import { createLocalKeyFileProvider, openArchive, type Archive } from '@lastcopy/archive-format';
import type { ArchiveUploaded, ReconciliationDocument } from '@lastcopy/contracts';
import { contentHash } from '@lastcopy/source-postgresql';
import { ArchiveRig, tenant } from './testing/archive-rig.js';

let rig: ArchiveRig;
beforeAll(async () => {
  rig = await ArchiveRig.start();
  const client = new Client({ connectionString: rig.source.url });
  await client.connect();
  await client.query(`
    create table customer (id int primary key, name text, note text);
    insert into customer values (1, 'Ada', null), (2, 'Grüße', ''), (3, E'two\\nlines', 'x');
    create table invoice (id int generated always as identity primary key, customer int references customer, total numeric(10,2));
    insert into invoice (customer, total) select 1 + n % 3, n from generate_series(1, 5000) n;
    select lo_from_bytea(4711, '\\xcafe');`);
  await client.end();
  await rig.boot();
});
afterAll(() => rig.stop());

async function open(uploaded: ArchiveUploaded, key: 'escrow' | 'tenant'): Promise<Archive> {
  const keys = path.join(rig.dir, 'keys');
  const name = key === 'escrow' ? 'escrow.key' : `tenant-${tenant.client_account_id}.key`;
  const trustedSigners = JSON.parse(await readFile(path.join(keys, 'archive-signing.jwks.json'), 'utf8'));
  const { bucket, key: objectKey, version_id: versionId } = uploaded.manifest;
  const manifest = { bucket, key: objectKey, versionId, expectedSha256: uploaded.manifest_sha256 };
  const provider = await createLocalKeyFileProvider(path.join(keys, name), { nodeEnv: 'test' });
  return openArchive({ store: rig.objects, manifest, keys: [provider], trustedSigners });
}

async function text(archive: Archive, dataSet: string): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of archive.readDataSet(dataSet)) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}

it('takes a copy that tenant and escrow can read', async () => {
  const jobId = await rig.startMigration(randomUUID());
  const uploaded = await rig.eventOf<ArchiveUploaded>(jobId, 'ArchiveUploaded');
  expect(await rig.typesOf(jobId)).toEqual(['ArchiveJobQueued', 'ArchiveJobStarted', 'ArchiveUploaded']);
  expect(uploaded).toMatchObject({ attempt: 1, rows: 5003, source_kind: 'postgresql', verification_level: 'reconciled' });
  for (const key of ['tenant', 'escrow'] as const) {
    const archive = await open(uploaded, key);
    const { tables, large_objects } = await archive.readJson<ReconciliationDocument>('metadata/reconciliation');
    const customer = tables.find(({ name }) => name === 'customer')!;
    expect(await text(archive, customer.data_set)).toBe('1,Ada,\n2,Grüße,""\n3,"two\nlines",x\n');
    expect(tables.map(({ name, rows }) => [name, rows])).toEqual(
      expect.arrayContaining([
        ['customer', 3],
        ['invoice', 5000],
      ]),
    );
    expect(large_objects).toEqual({ data_set: 'data/lobs', objects: 1, total_bytes: 2 });
    const { host, port, database, user } = rig.sourceDescription();
    const now = await contentHash({ host: host!, port: port!, database: database!, user: user! }, customer);
    expect(customer).toMatchObject({ content_hash: now.hash, query: now.query });
    await archive.close();
  }
});
