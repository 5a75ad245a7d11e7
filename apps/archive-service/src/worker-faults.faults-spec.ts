import { randomUUID } from 'node:crypto';
import { jest } from '@jest/globals';
import { Client } from 'pg';
import type { ArchiveLocked, ArchiveUploaded } from '@lastcopy/contracts';
import type { FaultStep } from './fault-point.js';
import { actor, ArchiveRig, tenant } from './testing/archive-rig.js';
import { until } from '@lastcopy/testkit';

jest.setTimeout(60_000);
const quick = { LEASE_MS: '1500', WORKERS: '1' };

let rig: ArchiveRig;

async function inSource(sql: string): Promise<void> {
  const client = new Client({ connectionString: rig.source.url });
  await client.connect();
  await client.query(sql);
  await client.end();
}

beforeAll(async () => {
  rig = await ArchiveRig.start();
  await inSource('create table small (id int primary key); insert into small select generate_series(1, 10)');
});
afterEach(() => rig.killAll());
afterAll(() => rig.stop());

const leftOf = async (jobId: string, attempt: number) => {
  const { objects, uploads } = await rig.stored();
  const isOfAttempt = (key: string) => key.includes(`${jobId}/attempt-${attempt}/`) || key.includes(`${jobId}/keys/attempt-${attempt}.`);
  return { objects: objects.filter(isOfAttempt), uploads: uploads.filter(isOfAttempt) };
};

async function assertSwept(jobId: string, attempt: number): Promise<void> {
  await until(`the sweep of attempt ${attempt}`, async () => {
    const { objects, uploads } = await leftOf(jobId, attempt);
    return objects.length + uploads.length === 0;
  });
}

async function survivesKillAt(step: FaultStep, rows: number): Promise<void> {
  const victim = await rig.spawn({ ...quick, LASTCOPY_FAULT_POINT: step });
  const jobId = await rig.startMigration(randomUUID());
  expect(await victim.exited).toBe('SIGKILL');
  expect(await rig.typesOf(jobId)).toEqual(['ArchiveJobQueued', 'ArchiveJobStarted']);
  const { objects, uploads } = await leftOf(jobId, 1);
  if (step !== 'after-claim') expect(objects.length).toBeGreaterThan(0);
  if (step === 'mid-upload') expect(uploads).toHaveLength(1);
  const next = await rig.spawn(quick);
  expect(await rig.eventOf<ArchiveUploaded>(jobId, 'ArchiveUploaded')).toMatchObject({ attempt: 2, rows });
  await assertSwept(jobId, 1);
  expect((await leftOf(jobId, 2)).objects.length).toBeGreaterThan(5);
  expect(await rig.typesOf(jobId)).toEqual(['ArchiveJobQueued', 'ArchiveJobStarted', 'ArchiveJobStarted', 'ArchiveUploaded']);
  next.child.kill('SIGTERM');
  expect(await next.exited).toBe('0');
}

it.each(['after-claim', 'before-manifest', 'after-manifest', 'before-uploaded-event'] as const)(
  'a kill at %s loses nothing: the next attempt wins, and the lost one is swept',
  (step) => survivesKillAt(step, 10),
);

it('does not start with settings that would break it', async () => {
  await expect(rig.spawn({ LASTCOPY_ENV: 'production', LASTCOPY_FAULT_POINT: 'mid-upload' })).rejects.toThrow(/CONFIGURATION_INVALID/);
  await expect(rig.spawn({ LEASE_MS: 'soon', WORKERS: '-1', SECRETS_PROVIDER: 'vault' })).rejects.toThrow(
    /LEASE_MS[^]*WORKERS|WORKERS[^]*LEASE_MS/,
  );
});

describe('while a large object goes up', () => {
  // Text that does not compress well: its part goes up in several pieces.
  beforeAll(() =>
    inSource(`create table wide as select n as id, (select string_agg(md5(n::text || k), '') from generate_series(1, 100) k) as noise
      from generate_series(1, 15000) n`),
  );

  it('a kill loses nothing, and the unfinished upload is swept', () => survivesKillAt('mid-upload', 15_010));

  it('a worker that is frozen past its lease changes nothing when it thaws', async () => {
    const frozen = await rig.spawn(quick);
    const jobId = await rig.startMigration(randomUUID());
    await until('the first object of attempt 1', async () => (await leftOf(jobId, 1)).objects.length > 0);
    frozen.child.kill('SIGSTOP');
    expect(await rig.typesOf(jobId)).toEqual(['ArchiveJobQueued', 'ArchiveJobStarted']);
    const other = await rig.spawn(quick);
    const uploaded = await rig.eventOf<ArchiveUploaded>(jobId, 'ArchiveUploaded');
    expect(uploaded.attempt).toBe(2);
    const won = await leftOf(jobId, 2);
    frozen.child.kill('SIGCONT');
    await until('the thawed worker to give up', async () => frozen.log().includes('ended without an outcome of its own'));
    await assertSwept(jobId, 1);
    expect(await leftOf(jobId, 2)).toEqual(won);
    expect(await rig.typesOf(jobId)).toEqual(['ArchiveJobQueued', 'ArchiveJobStarted', 'ArchiveJobStarted', 'ArchiveUploaded']);
    for (const { child, exited } of [frozen, other]) {
      child.kill('SIGTERM');
      expect(await exited).toBe('0');
    }
  });

  it('gives a job back at once when the service is stopped', async () => {
    const patient = { WORKERS: '1', LEASE_MS: '600000' };
    const first = await rig.spawn(patient);
    const jobId = await rig.startMigration(randomUUID());
    await until('the first object of attempt 1', async () => (await leftOf(jobId, 1)).objects.length > 0);
    first.child.kill('SIGTERM');
    expect(await first.exited).toBe('0');
    const second = await rig.spawn(patient);
    expect(await rig.eventOf<ArchiveUploaded>(jobId, 'ArchiveUploaded')).toMatchObject({ attempt: 2 });
    second.child.kill('SIGTERM');
    await second.exited;
  });
});

it('locks every version though the process dies while it locks', async () => {
  const integrity = await rig.otherService('integrity-service');
  const victim = await rig.spawn({ ...quick, LASTCOPY_FAULT_POINT: 'mid-lock' });
  const jobId = await rig.startMigration(randomUUID());
  const { flow_id, manifest_sha256, manifest } = await rig.eventOf<ArchiveUploaded>(jobId, 'ArchiveUploaded');
  const id = randomUUID();
  const ids = { verification_id: id, job_id: jobId, flow_id, attempt: 1 };
  const proof = { level: 'reconciled', manifest_sha256, checks: [], evidence_sha256: 'e'.repeat(64), attestation: 'a.b.c' };
  const event = { type: 'IntegrityVerified', data: { ...ids, ...proof } };
  await integrity.store.transact({ command_id: randomUUID(), tenant, actor }, (tx) => tx.append('verification', id, 0, [event]));
  expect(await victim.exited).toBe('SIGKILL');
  expect(await rig.typesOf(jobId)).not.toContain('ArchiveLocked');
  await rig.spawn(quick);
  const { versions } = await rig.eventOf<ArchiveLocked>(jobId, 'ArchiveLocked');
  let locked = 0;
  const [jobPrefix] = manifest.key.split('attempt-1');
  for await (const { key, versionId } of rig.objects.listVersions(manifest.bucket, jobPrefix!)) {
    expect(await rig.objects.getRetention({ bucket: manifest.bucket, key }, versionId)).toMatchObject({ mode: 'GOVERNANCE' });
    locked += 1;
  }
  expect(locked).toBe(versions);
});
