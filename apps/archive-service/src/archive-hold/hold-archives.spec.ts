import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import type { AlertRaised, ArchiveHoldSet, ArchiveLocked, ArchiveUploaded } from '@lastcopy/contracts';
import type { Eventing } from '@lastcopy/eventing';
import { until } from '@lastcopy/testkit';
import { actor, ArchiveRig, tenant } from '../testing/archive-rig.js';

let rig: ArchiveRig;
let integrity: Eventing;
let policy: Eventing;
const system_id = randomUUID();
beforeAll(async () => {
  rig = await ArchiveRig.start();
  const client = new Client({ connectionString: rig.source.url });
  await client.connect();
  await client.query('create table customer (id int primary key); insert into customer values (1)');
  await client.end();
  await rig.boot();
  integrity = await rig.otherService('integrity-service');
  policy = await rig.otherService('policy-service');
});
afterEach(() => {
  rig.fault = undefined;
});
afterAll(() => rig.stop());

/** An archive of the system that is proven and locked. */
async function lockedArchive(): Promise<ArchiveUploaded> {
  const jobId = await rig.startMigration(randomUUID(), { system_id });
  const uploaded = await rig.eventOf<ArchiveUploaded>(jobId, 'ArchiveUploaded');
  const { job_id, flow_id, attempt, manifest_sha256 } = uploaded;
  const verification_id = randomUUID();
  const proof = { level: 'reconciled', checks: [], evidence_sha256: 'e'.repeat(64), attestation: 'a.b.c', manifest_sha256 };
  await integrity.store.transact({ command_id: randomUUID(), tenant, actor }, (tx) =>
    tx.append('verification', verification_id, 0, [
      { type: 'IntegrityVerified', data: { verification_id, job_id, flow_id, attempt, ...proof } },
    ]),
  );
  await rig.eventOf<ArchiveLocked>(jobId, 'ArchiveLocked');
  return uploaded;
}

async function tell(type: 'LegalHoldPlaced' | 'LegalHoldReleased', hold_id: string): Promise<void> {
  const fact = { hold_id, matter: `Matter ${hold_id}`, scope: { kind: 'system', system_id }, reason: 'claim' };
  const who = type === 'LegalHoldPlaced' ? { placed_by: 'lena' } : { released_by: 'lena' };
  await policy.store.transact({ command_id: randomUUID(), tenant, actor }, async (tx) => {
    const { version } = await tx.load('legal_hold', hold_id);
    await tx.append('legal_hold', hold_id, version, [{ type, data: { ...fact, ...who } }]);
  });
}

const heldInStore = ({ manifest: { bucket, key, version_id } }: ArchiveUploaded) => rig.objects.getLegalHold({ bucket, key }, version_id);
const setsOf = async ({ job_id }: ArchiveUploaded) =>
  (await rig.events.readStream('archive_hold', job_id)).map(({ data }) => (data as ArchiveHoldSet).held);

it('holds every archive of the system while one matter stands, those made under the hold as well', async () => {
  const [smith, jones] = [randomUUID(), randomUUID()];
  const before = await lockedArchive();
  await tell('LegalHoldPlaced', smith);
  await tell('LegalHoldPlaced', jones);
  await until('the hold', () => heldInStore(before));
  const later = await lockedArchive();
  await until('the hold on what was made under it', () => heldInStore(later));
  await tell('LegalHoldReleased', smith);
  await tell('LegalHoldReleased', jones);
  for (const archive of [before, later]) await until('the release', async () => !(await heldInStore(archive)));
  for (const archive of [before, later]) {
    const sets = await until('both events', async () => {
      const found = await setsOf(archive);
      return found.length >= 2 && found;
    });
    expect(sets).toEqual([true, false]);
  }
}, 60_000);

it('an archive that cannot be read keeps no other from being held, and is told', async () => {
  const [damaged, sound] = [await lockedArchive(), await lockedArchive()];
  rig.fault = ({ key, operation }) =>
    operation === 'GetObject' && key === damaged.manifest.key ? { kind: 'flip', atByte: 10 } : undefined;
  const hold = randomUUID();
  await tell('LegalHoldPlaced', hold);
  await until('the hold on the sound archive', () => heldInStore(sound));
  const alert = await until('the alert', async () => {
    const rows = await rig.events.query<{ data: AlertRaised }>(`select data from events where type = 'AlertRaised'`);
    return rows.map(({ data }) => data).find(({ job_id }) => job_id === damaged.job_id);
  });
  expect(alert).toMatchObject({ severity: 'critical', message: expect.stringContaining('not under legal hold') });
  await tell('LegalHoldReleased', hold);
  await until('the release', async () => !(await heldInStore(sound)));
}, 60_000);
