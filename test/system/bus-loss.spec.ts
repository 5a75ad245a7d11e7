import { rm } from 'node:fs/promises';
import path from 'node:path';
import { startNats } from '../../tools/servers/nats.mjs';
import { approve, createDatabaseSource, createFlow, jobsOf, startMigration, untilJobs } from './fixtures.js';
import { eventsOf, rebuildDifferences, violationsOf } from './logs.js';
import { startStack, type Stack } from './stack.js';
import { until } from '@lastcopy/testkit';

let stack: Stack;
let secondBus: Awaited<ReturnType<typeof startNats>> | undefined;
beforeAll(async () => {
  stack = await startStack();
}, 60_000);
afterAll(async () => {
  await stack?.stop();
  await secondBus?.stop();
});

it('finishes a flow although the bus was stopped and its whole store deleted in the middle', async () => {
  const flowId = await createFlow(stack, [await createDatabaseSource(stack, 'ledger')]);
  const operator = stack.as('olga');
  await startMigration(stack, flowId);
  await until('a job in progress', async () => (await jobsOf(operator, flowId)).some((job) => job.status !== 'queued'));

  const { nats, busConfig, ports, dataDir } = stack.infrastructure;
  await nats.stop();
  await rm(path.join(dataDir, 'nats'), { recursive: true });
  secondBus = await startNats({ storeDir: path.join(dataDir, 'nats'), port: ports.nats, config: busConfig });

  await untilJobs(stack, flowId, 'completed');
  await approve(stack, flowId, 'lena');
  await until(
    'the transition',
    async () => (await operator.post(`/decommission-flow/${flowId}/proceed-to-shutdown`)).current_phase === 'system_shutdown',
  );
  expect((await eventsOf(stack, 'gateway', 'PhaseTransitioned')).filter(({ to_phase }) => to_phase === 'system_shutdown')).toHaveLength(1);
  expect(await violationsOf(stack)).toEqual([]);
  expect(await rebuildDifferences(stack)).toEqual([]);
}, 120_000);
