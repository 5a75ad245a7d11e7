import { randomUUID } from 'node:crypto';
import { createEventing, eventingMigrations, type Eventing } from '@lastcopy/eventing';
import type { EventData, EventEnvelope } from '@lastcopy/contracts';
import { startNats } from '../../../tools/servers/nats.mjs';
import { createTestDatabase, until, type TestDatabase } from '@lastcopy/testkit';
import type { RunningService } from '@lastcopy/platform';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { bootstrap } from './bootstrap.js';

const silent = { info: () => {}, warn: () => {}, error: () => {}, debug: () => {} };
const tenant = { client_account_id: randomUUID(), engagement_id: randomUUID() };
const actor = { user_id: 'olga', name: 'Olga', roles: ['operator'] };

let bus: Awaited<ReturnType<typeof startNats>>;
let storeDir: string;
let databases: TestDatabase[];
let gateway: Eventing;
let policyService: RunningService;

beforeAll(async () => {
  storeDir = await mkdtemp(path.join(os.tmpdir(), 'lastcopy-bus-'));
  bus = await startNats({ storeDir });
  databases = [await createTestDatabase('gateway_log'), await createTestDatabase('policy')];
  gateway = createEventing({
    service: 'gateway',
    dataSource: await databases[0]!.dataSource(eventingMigrations),
    databaseUrl: databases[0]!.settings.DATABASE_URL,
    nats: { servers: bus.url },
    clock: { now: () => new Date() },
    logger: silent,
  });
  await gateway.start();
  policyService = await bootstrap({
    ...databases[1]!.settings,
    NATS_URL: bus.url,
    KEYS_DIR: storeDir,
    LASTCOPY_ENV: 'development',
    LOG_LEVEL: 'silent',
  });
});
afterAll(async () => {
  await policyService?.close();
  await gateway?.stop();
  for (const database of databases) await database.drop();
  await bus.stop();
  await rm(storeDir, { recursive: true, force: true });
});

const system = (overrides: object) => ({
  system_id: randomUUID(),
  system_name: 'Billing',
  data_classification: [] as string[],
  compliance_requirements: [] as string[],
  source: { kind: 'directory', path: '/srv/share' },
  ...overrides,
});

async function initialise(systems: object[]): Promise<string> {
  const flow_id = randomUUID();
  const data = {
    flow_id,
    flow_name: 'Flow',
    strategy: { priority: 'compliance', execution_mode: 'phased', rollback_enabled: true },
    systems,
  };
  await gateway.store.transact({ command_id: randomUUID(), tenant, actor }, (tx) =>
    tx.append('decommission_flow', flow_id, 0, [{ type: 'FlowInitialized', data }]),
  );
  return flow_id;
}

const untilEvents = (flowId: string, type: string, count: number): Promise<EventEnvelope[]> =>
  until(`${count} ${type}`, async () => {
    const log = await policyService.deps.eventing.store.readLog(1, 1000);
    const found = log.filter((event) => event.type === type && event.flow_id === flowId);
    return found.length >= count && found;
  });

it('assigns each system of a flow its policy, and gives a new tenant the standard three', async () => {
  const flowId = await initialise([
    system({ data_classification: ['PII'] }),
    system({ system_name: 'Logs', compliance_requirements: ['PCI-DSS'] }),
  ]);
  const assigned = (await untilEvents(flowId, 'PolicyAssigned', 2)).map((event) => event.data as EventData<'PolicyAssigned'>);
  expect(assigned.map(({ system_name, policy_name, rule }) => [system_name, policy_name, rule])).toEqual([
    ['Billing', 'Business Critical Data', 'sensitivity'],
    ['Logs', 'System Logs', 'compliance'],
  ]);
  const log = await policyService.deps.eventing.store.readLog(1, 1000);
  expect(log.filter((event) => event.type === 'RetentionPolicyDefined')).toHaveLength(3);
  expect(assigned[0]!.explanation.map((step) => step.outcome)).toEqual(['rejected', 'chosen', 'not_reached', 'not_reached']);
});

it('leaves a system without a policy, with an alert, when the one that it names is unknown; the others are assigned', async () => {
  const flowId = await initialise([system({ retention_policy_id: randomUUID() }), system({ system_name: 'Logs' })]);
  const [alert] = await untilEvents(flowId, 'AlertRaised', 1);
  expect(alert!.data).toMatchObject({ code: 'POLICY_UNKNOWN', severity: 'high' });
  expect(await untilEvents(flowId, 'PolicyAssigned', 1)).toHaveLength(1);
});
