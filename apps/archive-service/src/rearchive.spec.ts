import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import type { ArchiveJobCompleted, ArchiveJobOrder, ArchiveLocked, ArchiveUploaded } from '@lastcopy/contracts';
import type { Eventing } from '@lastcopy/eventing';
import { actor, ArchiveRig, tenant } from './testing/archive-rig.js';

let rig: ArchiveRig;
let integrity: Eventing;
beforeAll(async () => {
  rig = await ArchiveRig.start();
  const client = new Client({ connectionString: rig.source.url });
  await client.connect();
  await client.query(`create table customer (id int primary key); insert into customer select generate_series(1, 100)`);
  await client.end();
  await rig.boot();
  integrity = await rig.otherService('integrity-service');
});
afterAll(() => rig.stop());

async function say(type: string, { job_id, flow_id, attempt }: ArchiveUploaded, facts: object): Promise<void> {
  const id = randomUUID();
  const data = { verification_id: id, job_id, flow_id, attempt, ...facts };
  await integrity.store.transact({ command_id: randomUUID(), tenant, actor }, (tx) => tx.append('verification', id, 0, [{ type, data }]));
}

/** Proven, locked and read back, as the integrity-service says it. */
async function complete(jobId: string, attempt: number): Promise<ArchiveUploaded> {
  const uploaded = await rig.eventOf<ArchiveUploaded>(jobId, 'ArchiveUploaded', attempt);
  const { manifest_sha256 } = uploaded;
  const verdict = { checks: [], evidence_sha256: 'e'.repeat(64), attestation: 'a.b.c', level: 'reconciled', manifest_sha256 };
  await say('IntegrityVerified', uploaded, verdict);
  const { mode, retain_until, versions } = await rig.eventOf<ArchiveLocked>(jobId, 'ArchiveLocked', attempt);
  await say('RetentionVerified', uploaded, { mode, retain_until, versions });
  await rig.eventOf<ArchiveJobCompleted>(jobId, 'ArchiveJobCompleted', attempt);
  return uploaded;
}

it('makes a completed archive again as it is ordered now, and leaves the locked one whole', async () => {
  const [flow_id, system_id] = [randomUUID(), randomUUID()];
  const terms = { system_id, policy_id: randomUUID() };
  const jobId = await rig.startMigration(flow_id, terms);
  const first = await complete(jobId, 1);
  const ofFirst = async () => (await rig.stored()).objects.filter((key) => key.includes(`${jobId}/`) && key.includes('attempt-1/')).sort();
  const before = await ofFirst();
  expect(before.length).toBeGreaterThan(3);

  const order: ArchiveJobOrder = {
    ...{ ...terms, system_name: 'Billing', source: rig.sourceDescription(), policy_version: 2, retention_period_days: 3650 },
    ...{ minima: [], verification_level: 'reconciled', storage_location: 's3://archives/kept/' },
  };
  await rig.command('RearchiveSystem', { flow_id, order, reason: 'The policy was revised' });
  const second = await complete(jobId, 2);
  expect(second.attempt).toBe(2);
  expect(new Date(second.retain_until) > new Date(first.retain_until)).toBe(true);
  expect(await rig.typesOf(jobId)).toEqual(
    [1, 2].flatMap(() => [
      'ArchiveJobQueued',
      'ArchiveJobStarted',
      'ArchiveUploaded',
      'ArchiveLocking',
      'ArchiveLocked',
      'ArchiveJobCompleted',
    ]),
  );
  const [row] = await rig.events.within(tenant)<{ locked_attempts: number[] }>('select locked_attempts from job_queue where job_id = $1', [
    jobId,
  ]);
  expect(row!.locked_attempts).toEqual([1, 2]);
  expect(await ofFirst()).toEqual(before);
}, 60_000);

it('refuses a reason that says nothing', async () => {
  const order = { system_id: randomUUID(), policy_id: randomUUID(), policy_version: 1 };
  await expect(rig.command('RearchiveSystem', { flow_id: randomUUID(), order, reason: ' ' })).rejects.toMatchObject({
    code: 'VALIDATION_FAILED',
  });
});
