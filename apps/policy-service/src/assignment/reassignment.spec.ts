import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { assignmentId, standardPolicyId, type EventType, type FlowSystem, type PolicyAssigned } from '@lastcopy/contracts';
import { createEventing, eventingMigrations, sealFlow, unsealFlow, type Eventing } from '@lastcopy/eventing';
import type { Event } from '@lastcopy/kernel';
import type { RunningService } from '@lastcopy/platform';
import { createTestDatabase, until, type TestDatabase } from '@lastcopy/testkit';
import { startNats } from '../../../../tools/servers/nats.mjs';
import { bootstrap } from '../bootstrap.js';
import { overrideAssignment } from './commands/decide-in-flow.js';
import { AskForConflicts } from './ask-for-conflicts.js';
import { addFlowSystem, closeFlow, flowSystem, noteAssigned, pendingOf, systemsWithoutConflictLook } from './projections/flow-systems.js';

const silent = { info: () => {}, warn: () => {}, error: () => {}, debug: () => {} };
const clock = { now: () => new Date() };
const actor = { user_id: 'olga', name: 'Olga', roles: ['operator'] };
const service = { tenant: { client_account_id: randomUUID(), engagement_id: randomUUID() } };
const context = () => ({ command_id: randomUUID(), tenant: service.tenant, actor });

let bus: Awaited<ReturnType<typeof startNats>>;
let storeDir: string;
let databases: TestDatabase[];
let others: Record<'gateway' | 'archive-service', Eventing>;
let policyService: RunningService;

async function otherLog(name: 'gateway' | 'archive-service', database: TestDatabase): Promise<Eventing> {
  const dataSource = await database.dataSource(eventingMigrations);
  const databaseUrl = database.settings.DATABASE_URL;
  const eventing = createEventing({ service: name, dataSource, databaseUrl, nats: { servers: bus.url }, clock, logger: silent });
  await eventing.start();
  return eventing;
}

beforeAll(async () => {
  storeDir = await mkdtemp(path.join(os.tmpdir(), 'lastcopy-bus-'));
  bus = await startNats({ storeDir });
  databases = await Promise.all(['gateway_log', 'archive_log', 'policy'].map((name) => createTestDatabase(name)));
  const gateway = await otherLog('gateway', databases[0]!);
  others = { gateway, 'archive-service': await otherLog('archive-service', databases[1]!) };
  const common = { NATS_URL: bus.url, KEYS_DIR: storeDir, LASTCOPY_ENV: 'development', LOG_LEVEL: 'silent' };
  policyService = await bootstrap({ ...databases[2]!.settings, ...common });
});
afterAll(async () => {
  await policyService?.close();
  for (const other of Object.values(others ?? {})) await other.stop();
  for (const database of databases) await database.drop();
  await bus.stop();
  await rm(storeDir, { recursive: true, force: true });
});
/** Each test is a tenant of its own: policies are the tenant's. */
beforeEach(() => void (service.tenant = { client_account_id: randomUUID(), engagement_id: randomUUID() }));

const store = () => policyService.deps.eventing.store;
const parts = () => ({ store: store(), clock, buckets: ['archive-bucket'] });
const system = (overrides: Partial<FlowSystem> = {}): FlowSystem => ({
  ...{ system_id: randomUUID(), system_name: 'CRM', data_classification: ['User Data'], compliance_requirements: [] },
  source: { kind: 'directory', path: '/srv/share' },
  ...overrides,
});

async function append(
  log: Eventing,
  aggregate: 'decommission_flow' | 'system' | 'retention_policy' | 'policy_assignment',
  id: string,
  event: Event,
): Promise<void> {
  await log.store.transact(context(), async (tx) => {
    const { version } = await tx.load(aggregate, id);
    await tx.append(aggregate, id, version, [event]);
  });
}
const ofFlow = (flow_id: string, type: EventType, data: object) =>
  append(others.gateway, 'decommission_flow', flow_id, { type, data: { flow_id, ...data } });

const begun = { flow_name: 'Flow', strategy: { priority: 'compliance', execution_mode: 'phased', rollback_enabled: true } };
async function begin(of: FlowSystem): Promise<string> {
  const flow_id = randomUUID();
  await ofFlow(flow_id, 'FlowInitialized', { ...begun, systems: [of] });
  await untilAssigned(flow_id, of, 1);
  return flow_id;
}

async function assignedIn(flowId: string, { system_id }: FlowSystem): Promise<PolicyAssigned[]> {
  const events = await store().readStream('policy_assignment', assignmentId(flowId, system_id));
  return events.filter(({ type }) => type === 'PolicyAssigned').map(({ data }) => data as PolicyAssigned);
}
const untilAssigned = (flowId: string, of: FlowSystem, count: number): Promise<PolicyAssigned> =>
  until(`assignment ${count}`, async () => (await assignedIn(flowId, of))[count - 1]);

const revise = (of: FlowSystem, version: number, changed: string[]) =>
  append(others['archive-service'], 'system', of.system_id, {
    type: 'SystemRevised',
    data: { ...of, version, reason: 'Looked again', changed },
  });

async function revisePolicy(policyName: string): Promise<void> {
  const id = standardPolicyId(service.tenant, policyName);
  const events = await store().readStream('retention_policy', id);
  const current = events.at(-1)!.data as { version: number; retention_period_days: number };
  const next = { ...current, version: current.version + 1, retention_period_days: current.retention_period_days + 365 };
  const data = { ...next, reason: 'The board decided', changed: ['retention_period_days'] };
  await append(policyService.deps.eventing, 'retention_policy', id, { type: 'RetentionPolicyRevised', data });
}
/** What comes after it in the log has been reacted to when this flow has its policy. */
const untilReacted = () => begin(system());

it('assigns the new version of a policy in open flows alone, and says why', async () => {
  const of = system();
  const [open, cancelled, gone] = [await begin(of), await begin(of), await begin(of)];
  await ofFlow(cancelled, 'FlowCancelled', { reason: 'Not now' });
  await ofFlow(gone, 'PhaseTransitioned', { from_phase: 'data_migration', to_phase: 'system_shutdown' });
  await until('both are over', async () => {
    const rows = await Promise.all(
      [cancelled, gone].map((id) => flowSystem(store().within(service.tenant), service.tenant, id, of.system_id)),
    );
    return rows.every((row) => row?.open === false);
  });
  await revisePolicy('Application Data');
  const anew = await untilAssigned(open, of, 2);
  expect(anew).toMatchObject({ policy_version: 2, retention_period_days: 1460 });
  expect(anew.reason).toBe('Policy "Application Data" was revised to version 2: The board decided');
  await untilReacted();
  expect([await assignedIn(cancelled, of), await assignedIn(gone, of)].map(({ length }) => length)).toEqual([1, 1]);
});

it('says nothing of a revision of another policy, or of what the rules do not look at', async () => {
  const of = system();
  const flowId = await begin(of);
  await revisePolicy('System Logs');
  await revise({ ...of, system_name: 'CRM, the old one' }, 2, ['system_name']);
  await until('the revision is known', async () => {
    const row = await flowSystem(store().within(service.tenant), service.tenant, flowId, of.system_id);
    return row?.system.system_name === 'CRM, the old one';
  });
  await untilReacted();
  expect(await assignedIn(flowId, of)).toHaveLength(1);
});

it('follows a system that is revised, and counts its revision for flows that begin later', async () => {
  const of = system();
  const flowId = await begin(of);
  await revise({ ...of, data_classification: ['PII'] }, 2, ['data_classification']);
  expect(await untilAssigned(flowId, of, 2)).toMatchObject({ policy_name: 'Business Critical Data', rule: 'sensitivity' });
  const later = await begin(of);
  expect(await assignedIn(later, of)).toMatchObject([{ policy_name: 'Business Critical Data' }]);
});

it('keeps the choice of a person, on the new version', async () => {
  const of = system();
  const flowId = await begin(of);
  const policy_id = standardPolicyId(service.tenant, 'Business Critical Data');
  const command = { flow_id: flowId, system_id: of.system_id, policy_id, reason: 'Agreed' };
  await overrideAssignment(parts(), context(), command);
  await revisePolicy('Application Data');
  await revisePolicy('Business Critical Data');
  expect(await untilAssigned(flowId, of, 3)).toMatchObject({ rule: 'override', policy_id, policy_version: 2, assigned_by: 'olga' });
  await untilReacted();
  expect(await assignedIn(flowId, of)).toHaveLength(3);
});

it('does not lose what a sealed flow could not take: it is done when the seal ends', async () => {
  const of = system();
  const flowId = await begin(of);
  await sealFlow(store(), context(), { flow_id: flowId, gate_no: 1 });
  await revisePolicy('Application Data');
  await revise({ ...of, compliance_requirements: ['CCPA'] }, 2, ['compliance_requirements']);
  await until('both causes', async () => {
    const [pending] = await pendingOf(store().within(service.tenant), service.tenant, flowId);
    return pending?.cause?.includes('The board decided') && pending.cause.includes('Looked again');
  });
  expect(await assignedIn(flowId, of)).toHaveLength(1);
  await unsealFlow(store(), context(), { flow_id: flowId, gate_no: 1 });
  expect(await untilAssigned(flowId, of, 2)).toMatchObject({ policy_version: 2, compliance_requirements: ['CCPA'] });
  expect(await pendingOf(store().within(service.tenant), service.tenant, flowId)).toEqual([]);
});

it('never assigns anew once the flow has gone on', async () => {
  const of = system();
  const flowId = await begin(of);
  await sealFlow(store(), context(), { flow_id: flowId, gate_no: 1 });
  await revisePolicy('Application Data');
  await until('it waits', async () => (await pendingOf(store().within(service.tenant), service.tenant, flowId)).length === 1);
  await ofFlow(flowId, 'PhaseTransitioned', { from_phase: 'data_migration', to_phase: 'system_shutdown' });
  await until('nothing waits', async () => (await pendingOf(store().within(service.tenant), service.tenant, flowId)).length === 0);
  await untilReacted();
  expect(await assignedIn(flowId, of)).toHaveLength(1);
});

/** An assignment as it was written before conflicts were a part of one. */
async function assignedBefore(flow_id: string, of: FlowSystem): Promise<void> {
  const [now] = await assignedIn(await begin(of), of);
  const { conflicts, ...data } = { ...now!, flow_id, assignment_id: assignmentId(flow_id, of.system_id) };
  expect(conflicts).toHaveLength(1);
  await append(policyService.deps.eventing, 'policy_assignment', data.assignment_id, { type: 'PolicyAssigned', data });
}

/** Stands in a flow that began before. */
async function knownBefore(flowId: string, of: FlowSystem): Promise<void> {
  const query = store().within(service.tenant);
  await addFlowSystem(query, service.tenant, flowId, of);
  await noteAssigned(query, flowId, of.system_id, (await assignedIn(flowId, of))[0]!.policy_id);
}

it('asks for a conflict where it was assigned before anybody looked: as its flow is told again, and at the start', async () => {
  const of = system({ data_classification: ['PII'], compliance_requirements: ['GDPR', 'SOX'] });
  const [told, kept, over] = [randomUUID(), randomUUID(), randomUUID()];
  for (const flowId of [told, kept, over]) await assignedBefore(flowId, of);
  await ofFlow(told, 'FlowInitialized', { ...begun, systems: [of] });
  expect((await untilAssigned(told, of, 2)).conflicts).toHaveLength(1);

  for (const flowId of [kept, over]) await knownBefore(flowId, of);
  await closeFlow(store().within(service.tenant), service.tenant, over);
  const open = async () => (await systemsWithoutConflictLook(store().query)).map(({ flow_id }) => flow_id);
  expect(await open()).toEqual([kept]);
  const look = new AskForConflicts(policyService.deps);
  look.start();
  const after = await untilAssigned(kept, of, 2);
  await look.stop();
  const [before, , ...more] = await assignedIn(kept, of);
  expect(after).toEqual({ ...before, conflicts: [expect.objectContaining({ requirement: 'GDPR', against: 'SOX' })], reason: after.reason });
  expect([more, await open(), await assignedIn(over, of)].map(({ length }) => length)).toEqual([0, 0, 1]);
});

it('looks for conflicts once the seal of a flow ends, and nothing else moves', async () => {
  const of = system({ data_classification: ['PII'], compliance_requirements: ['GDPR', 'SOX'] });
  const flowId = randomUUID();
  await assignedBefore(flowId, of);
  const pending = () => pendingOf(store().within(service.tenant), service.tenant, flowId);
  await sealFlow(store(), context(), { flow_id: flowId, gate_no: 1 });
  // Only now is there something to look at: the service's own look may be under way, and must not come before the seal.
  await knownBefore(flowId, of);
  const look = new AskForConflicts(policyService.deps, { shortestMs: 10, longestMs: 50 });
  look.start();
  await until('it waits', async () => (await pending()).length === 1);
  await look.stop();
  expect(await pending()).toEqual([{ system_id: of.system_id, cause: null }]);
  await unsealFlow(store(), context(), { flow_id: flowId, gate_no: 1 });
  const after = await untilAssigned(flowId, of, 2);
  const [before] = await assignedIn(flowId, of);
  expect(after).toEqual({ ...before, conflicts: [expect.objectContaining({ against: 'SOX' })], reason: after.reason });
  expect(after.reason).toContain('before such conflicts were looked for');
  expect(await pending()).toEqual([]);
});

it('looks again when the database did not answer, until nothing is left', async () => {
  const of = system({ data_classification: ['PII'], compliance_requirements: ['GDPR', 'SOX'] });
  const flowId = randomUUID();
  await assignedBefore(flowId, of);
  const warned: unknown[] = [];
  const logger = Object.assign(Object.create(policyService.deps.logger) as typeof policyService.deps.logger, {
    warn: (bound: object) => void warned.push(bound),
  });
  const policies = databases[2]!;
  await policies.asSuperuser('alter table revised_systems rename to revised_systems_away');
  const look = new AskForConflicts({ ...policyService.deps, logger }, { shortestMs: 10, longestMs: 20 });
  try {
    // Only now: the service's own look may be under way, and must not come before.
    await knownBefore(flowId, of);
    look.start();
    await until('it failed, and failed again', async () => warned.length >= 2);
    expect(await assignedIn(flowId, of)).toHaveLength(1);
  } finally {
    await policies.asSuperuser('alter table revised_systems_away rename to revised_systems');
  }
  expect((await untilAssigned(flowId, of, 2)).conflicts).toHaveLength(1);
  await look.stop();
  expect(warned[0]).toMatchObject({ err: { message: expect.stringContaining('revised_systems') } });
  expect(await assignedIn(flowId, of)).toHaveLength(2);
});

it('refuses a place that archives may not go to', async () => {
  const of = system();
  const command = { flow_id: await begin(of), system_id: of.system_id, reason: 'Elsewhere', storage_location: 's3://foreign/a/' };
  const policy_id = standardPolicyId(service.tenant, 'System Logs');
  const refused = overrideAssignment(parts(), context(), { ...command, policy_id });
  await expect(refused).rejects.toMatchObject({ code: 'VALIDATION_FAILED', message: expect.stringContaining('foreign') });
});

it('knows the systems of its own tenant alone', async () => {
  const of = system();
  const flowId = await begin(of);
  const command = { flow_id: flowId, system_id: of.system_id, policy_id: randomUUID(), reason: 'Mine?' };
  const foreign = { ...context(), tenant: { client_account_id: randomUUID(), engagement_id: randomUUID() } };
  await expect(overrideAssignment(parts(), foreign, command)).rejects.toMatchObject({ code: 'NOT_FOUND' });
});
