import { createS3ObjectStore } from '@lastcopy/object-store';
import { until } from '@lastcopy/testkit';
import { approve, createDatabaseSource, createFlow, jobsOf, readinessOf, startMigration, untilJobs } from './fixtures.js';
import { eventsOf } from './logs.js';
import { startStack, type Stack } from './stack.js';

let stack: Stack;
let flowId: string;
let job: { job_id: string; system_id: string };
beforeAll(async () => {
  stack = await startStack();
  flowId = await createFlow(stack, [await createDatabaseSource(stack, 'claims')]);
  await startMigration(stack, flowId);
  job = (await untilJobs(stack, flowId, 'completed'))[0]!;
  await approve(stack, flowId, 'lena');
}, 120_000);
afterAll(() => stack?.stop());

interface Hold {
  hold_id: string;
  status: string;
}
const place = (matter: string, on: object): Promise<Hold> =>
  stack.as('lena').post('/legal-holds', { matter, reason: 'A claim was announced', ...on });
const release = (hold: Hold): Promise<Hold> => stack.as('lena').post(`/legal-holds/${hold.hold_id}/release`, { reason: 'It was settled' });
const holdsShown = async () => ((await jobsOf(stack.as('olga'), flowId)) as unknown as { legal_holds: object[] }[])[0]!.legal_holds;

/** The archive's manifest in the store, and the last that was said of its hold. */
async function heldInStore(): Promise<boolean> {
  const [uploaded] = await eventsOf(stack, 'archive-service', 'ArchiveUploaded');
  const { bucket, key, version_id } = (uploaded as { manifest: { bucket: string; key: string; version_id: string } }).manifest;
  const { writer } = stack.infrastructure.credentials.s3;
  const store = createS3ObjectStore({ ...writer, endpoint: stack.infrastructure.s3.url, region: 'us-east-1', forcePathStyle: true });
  return store.getLegalHold({ bucket, key }, version_id);
}

it('is for legal alone, with a reason, on something that is there', async () => {
  const refusals: [Parameters<Stack['as']>[0], object, number][] = [
    ['olga', { matter: 'Smith', reason: 'claim', system_id: job.system_id }, 403],
    ['carl', { matter: 'Smith', reason: 'claim', system_id: job.system_id }, 403],
    ['lena', { matter: 'Smith', reason: '  ', system_id: job.system_id }, 422],
    ['lena', { matter: 'Smith', reason: 'claim' }, 422],
    ['lena', { matter: 'Smith', reason: 'claim', system_id: flowId }, 404],
    ['lena', { matter: 'Smith', reason: 'claim', job_id: flowId }, 404],
  ];
  for (const [person, body, status] of refusals) {
    await expect(stack.as(person).post('/legal-holds', body)).rejects.toMatchObject({ status });
  }
  expect(await stack.as('olga').get('/legal-holds')).toEqual([]);
});

it('several matters keep an archive in the store until the last is released, and the gate stays open', async () => {
  const smith = await place('Smith v. Acme', { job_id: job.job_id });
  const jones = await place('Jones v. Acme', { job_id: job.job_id });
  expect((await place('smith  v. ACME', { job_id: job.job_id })).hold_id).toBe(smith.hold_id);
  await until('both on the job and in the store', async () => {
    const shown = await holdsShown();
    return shown.length === 2 && shown.every((hold) => (hold as { set_in_store: boolean }).set_in_store);
  });
  expect(await heldInStore()).toBe(true);
  const readiness = (await readinessOf(stack.as('olga'), flowId)) as unknown as { ready: boolean; notices: { code: string }[] };
  expect(readiness).toMatchObject({ ready: true, notices: [{ code: 'ARCHIVE_HELD' }, { code: 'ARCHIVE_HELD' }] });

  expect((await release(smith)).status).toBe('released');
  await until('one matter left', async () => (await holdsShown()).length === 1);
  expect(await heldInStore()).toBe(true);
  await release(jones);
  await until('the store lets go', async () => !(await heldInStore()));
  expect(await holdsShown()).toEqual([]);
}, 60_000);

it('a hold on the system blocks the gate until it is released', async () => {
  const hold = await place('Inquiry 7', { system_id: job.system_id });
  const held = await until('the blocker', async () => {
    const readiness = await readinessOf(stack.as('olga'), flowId);
    return readiness.blockers.length > 0 && readiness;
  });
  expect(held.blockers).toMatchObject([{ code: 'LEGAL_HOLD', system_id: job.system_id, message: expect.stringContaining('Inquiry 7') }]);
  await expect(stack.as('olga').post(`/decommission-flow/${flowId}/proceed-to-shutdown`)).rejects.toMatchObject({ code: 'GATE_BLOCKED' });
  await until('the store holds its archive', heldInStore);
  await release(hold);
  await until('readiness', async () => (await readinessOf(stack.as('olga'), flowId)).ready);
}, 60_000);

it('a hold that races the gate wins or objects, and system_shutdown is told either way', async () => {
  const proceeding = stack
    .as('olga')
    .post(`/decommission-flow/${flowId}/proceed-to-shutdown`)
    .then(
      () => 'passed',
      (error: { code: string }) => error.code,
    );
  const hold = await place('Smith v. Acme, once more', { system_id: job.system_id });
  const outcome = await proceeding;
  expect(['passed', 'GATE_BLOCKED']).toContain(outcome);
  if (outcome === 'passed') {
    await until('the objection', async () =>
      (await eventsOf(stack, 'gateway', 'ShutdownObjectionRaised')).some(({ code }) => code === 'LEGAL_HOLD'),
    );
  } else {
    await release(hold);
    await until('readiness', async () => (await readinessOf(stack.as('olga'), flowId)).ready);
    await stack.as('olga').post(`/decommission-flow/${flowId}/proceed-to-shutdown`);
    await place('Smith v. Acme, once more', { system_id: job.system_id });
    await until('the objection', async () =>
      (await eventsOf(stack, 'gateway', 'ShutdownObjectionRaised')).some(({ code }) => code === 'LEGAL_HOLD'),
    );
  }
}, 60_000);
