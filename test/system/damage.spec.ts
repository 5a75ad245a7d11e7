import path from 'node:path';
import { jetstream } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import { randomUUID } from 'node:crypto';
import { approve, createDatabaseSource, createFlow, jobsOf, readinessOf, startMigration, untilJobs } from './fixtures.js';
import { eventsOf } from './logs.js';
import { busOptions } from '@lastcopy/platform';
import { startStack, type Stack } from './stack.js';
import { flipBit, largestOf, storedContents, until } from '@lastcopy/testkit';

let stack: Stack;
beforeAll(async () => {
  stack = await startStack();
}, 60_000);
afterAll(() => stack?.stop());

it('sets a malformed message aside, alarms, and lets everything else go on', async () => {
  const { client_account_id, engagement_id } = stack.profile;
  const { config } = stack.services['archive-service'].deps;
  const connection = await connect({ ...busOptions('archive-service', config) });
  await until('the events stream', async () => {
    await jetstream(connection).publish(
      `lastcopy.events.${client_account_id}.${engagement_id}.archive_job.${randomUUID()}.ArchiveUploaded`,
      '{"not":"an event"',
    );
    return true;
  });
  await connection.close();
  await until('the alert', async () => (await eventsOf(stack, 'gateway', 'AlertRaised')).some(({ code }) => code === 'EVENT_MALFORMED'));
});

it('a byte that rots after the proof fails the job, names the object, alarms and shuts the gate', async () => {
  const flowId = await createFlow(stack, [await createDatabaseSource(stack, 'ledger')]);
  const operator = stack.as('olga');
  await startMigration(stack, flowId);
  await untilJobs(stack, flowId, 'completed');
  await approve(stack, flowId, 'lena');
  await until('readiness', async () => (await readinessOf(operator, flowId)).ready);

  await flipBit(await largestOf(await storedContents(path.join(stack.infrastructure.dataDir, 's3'))));
  await operator.post(`/decommission-flow/${flowId}/verifications`);
  const [job] = await untilJobs(stack, flowId, 'failed').catch(async () => jobsOf(operator, flowId));
  expect(job).toMatchObject({ status: 'failed', integrity_verified: false });
  const [failure] = await eventsOf(stack, 'integrity-service', 'IntegrityFailed');
  expect(failure).toMatchObject({ code: 'ARCHIVE_OBJECT_DAMAGED', message: expect.stringMatching(/data\/t-\d{4}\/part-\d{5}/) });
  expect((await eventsOf(stack, 'integrity-service', 'AlertRaised')).some(({ severity }) => ['high', 'critical'].includes(severity))).toBe(
    true,
  );
  expect((await readinessOf(operator, flowId)).ready).toBe(false);
  await expect(operator.post(`/decommission-flow/${flowId}/proceed-to-shutdown`)).rejects.toMatchObject({
    status: 409,
    code: 'GATE_BLOCKED',
  });
}, 120_000);
