import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { jetstream } from '@nats-io/jetstream';
import { PermissionViolationError, type NatsConnection } from '@nats-io/transport-node';
import { ClientNats } from '@nestjs/microservices';
import { commandSubject, eventSubject, type EventEnvelope, type ServiceName } from '@lastcopy/contracts';
import { envelopeHash } from '@lastcopy/eventing';
import { busOptions, CommandClient, type RunningService } from '@lastcopy/platform';
import { bootstrap } from '@lastcopy/policy-service';
import { createTestDatabase, until, type TestDatabase } from '@lastcopy/testkit';
import { toBusMessage } from '../../libs/eventing/src/bus/bus-message.js';
import { busService, type BusService } from '../../libs/eventing/src/testing/bus-fixture.js';
import { startGuardedBus, type GuardedBus } from './guarded-bus.js';

const tenant = { client_account_id: randomUUID(), engagement_id: randomUUID() };
const actor = { user_id: 'olga', name: 'Olga', roles: ['operator'] };
const keysDir = mkdtempSync(path.join(os.tmpdir(), 'lastcopy-forgery-'));
let bus: GuardedBus;
let gateway: BusService;
let integrity: BusService;
let policyDatabase: TestDatabase;
let policy: RunningService;
let archiveUser: NatsConnection;
let superuser: NatsConnection;
let client: ClientNats;

const settingsOf = (service: ServiceName) => ({ NATS_URL: bus.url, NATS_NKEY_SEED_FILE: bus.seedOf(service) });
const logOn = async (service: ServiceName): Promise<BusService> => {
  const nats = { ...busOptions(service, settingsOf(service)), createsStream: service === 'gateway' };
  const made = await busService(service, bus.url, { nats });
  await made.eventing.start();
  return made;
};

beforeAll(async () => {
  bus = await startGuardedBus();
  gateway = await logOn('gateway');
  integrity = await logOn('integrity-service');
  policyDatabase = await createTestDatabase('policy-service');
  const settings = { ...policyDatabase.settings, ...settingsOf('policy-service') };
  policy = await bootstrap({
    ...settings,
    KEYS_DIR: keysDir,
    LASTCOPY_ENV: 'development',
    LOG_LEVEL: 'silent',
    BUCKET_ALLOW_LIST: 'archive-bucket',
  });
  archiveUser = await bus.as('archive-service');
  superuser = await bus.as('superuser');
  client = new ClientNats(busOptions('gateway', settingsOf('gateway')));
}, 90_000);
afterAll(async () => {
  await client?.close();
  await policy?.close();
  for (const service of [gateway, integrity]) await service?.close();
  await bus?.stop();
  await policyDatabase?.drop();
  rmSync(keysDir, { recursive: true });
});

const refused = { cause: expect.any(PermissionViolationError) };
const policyEvents = async (): Promise<EventEnvelope[]> => policy.deps.eventing.store.readLog(1, 500);
const ensurePolicies = () =>
  new CommandClient(client, 'gateway').send('policy-service', 'EnsureTenantPolicies', {}, { command_id: randomUUID(), tenant, actor });

function verdict(changes: Partial<EventEnvelope> = {}): EventEnvelope {
  const id = randomUUID();
  const forged = {
    ...{ source: 'integrity-service', epoch: randomUUID(), position: 1, prev_hash: '', hash: '', event_id: randomUUID(), version: 1 },
    ...{ stream_id: `verification:${id}`, aggregate: 'verification', aggregate_id: id, type: 'IntegrityVerified', schema_version: 1 },
    ...{ ...tenant, data: { level: 'restored' }, flow_id: null, actor: 'service:integrity-service', causation_id: null },
    ...{ correlation_id: null, traceparent: null, occurred_at: '2026-03-04T05:06:07.089Z', ...changes },
  } as EventEnvelope;
  return { ...forged, hash: envelopeHash(forged) };
}

const publish = (as: NatsConnection, envelope: EventEnvelope, subject = eventSubject(envelope)) => {
  const { body, headers } = toBusMessage(envelope);
  return jetstream(as).publish(subject, body, { headers, retries: 0 });
};
const setAside = async (): Promise<string[]> =>
  (await policy.deps.eventing.store.query<{ reason: string }>('select reason from parked_messages')).map(({ reason }) => reason);

it('carries out a command of the gateway, and nobody hears it but its service', async () => {
  const before = (await policyEvents()).length;
  await ensurePolicies();
  expect((await policyEvents()).length).toBeGreaterThan(before);
});

it("refuses another service's command before it arrives", async () => {
  const before = await policyEvents();
  const message = JSON.stringify({ pattern: 'x', id: '1', data: { command_id: randomUUID(), tenant, actor, data: {} } });
  await expect(archiveUser.request(commandSubject('policy-service', 'EnsureTenantPolicies'), message)).rejects.toMatchObject(refused);
  expect(await policyEvents()).toEqual(before);
});

it('takes no stored message for a command, although the bus can be made to deliver it as one', async () => {
  const other = { ...tenant, engagement_id: randomUUID() };
  const heard: string[] = [];
  superuser.subscribe('lastcopy.commands.>', { callback: (_error, message) => void heard.push(message.subject) });
  await superuser.flush();
  const command = { pattern: 'x', id: '1', data: { command_id: randomUUID(), tenant: other, actor, data: {} } };
  const subject = `lastcopy.events.${other.client_account_id}.${other.engagement_id}.archive_job.${randomUUID()}.ArchiveUploaded`;
  await jetstream(archiveUser).publish(subject, JSON.stringify(command));
  const consumer = { ack_policy: 'none', durable_name: 'inbox-archive-service', filter_subject: '', deliver_policy: 'last' };
  const made = await archiveUser.request(
    '$JS.API.CONSUMER.CREATE.LASTCOPY_EVENTS.inbox-archive-service',
    JSON.stringify({ stream_name: 'LASTCOPY_EVENTS', config: consumer }),
  );
  expect(made.json()).not.toHaveProperty('error');
  const reply = commandSubject('policy-service', 'EnsureTenantPolicies');
  archiveUser.publish('$JS.API.CONSUMER.MSG.NEXT.LASTCOPY_EVENTS.inbox-archive-service', JSON.stringify({ batch: 1 }), { reply });
  await until('the stored message among the commands', () => heard.includes(subject));
  await ensurePolicies();
  const caused = (await policyEvents()).filter(
    ({ engagement_id, type }) => engagement_id === other.engagement_id && type !== 'AlertRaised',
  );
  expect(caused).toEqual([]);
});

it.each(['archive-service', 'subscriber-planning', 'operator', 'policy-service', 'gateway'])(
  'refuses a forged IntegrityVerified of %s',
  async (user) => {
    const connection = await bus.as(user);
    const { headers, body } = toBusMessage(verdict());
    await expect(connection.request(eventSubject(verdict()), body, { headers, timeout: 2_000 })).rejects.toMatchObject(refused);
    expect(await policy.deps.eventing.store.query(`select 1 from received_events where type = 'IntegrityVerified'`)).toEqual([]);
  },
);

it('sets aside what names a wrong owner or comes under a subject that is not its own', async () => {
  await publish(superuser, verdict({ source: 'archive-service' }));
  await until('the wrong owner set aside', async () => (await setAside()).includes('archive-service does not own verification'));
  const smuggled = verdict();
  await publish(archiveUser, smuggled, eventSubject({ ...smuggled, aggregate: 'archive_job' }));
  await until('the wrong subject set aside', async () =>
    (await setAside()).some((reason) => reason.includes('came under another subject')),
  );
  expect(await policy.deps.eventing.store.query(`select 1 from received_events where type = 'IntegrityVerified'`)).toEqual([]);
});

it('asks the source itself about a log that it hears of first, and stores nothing that the source does not know', async () => {
  await publish(superuser, verdict());
  const genuine = { type: 'AlertRaised', data: {} };
  await integrity.eventing.raiseAlert(tenant, { severity: 'low', code: 'NOT_VERIFIED', message: 'm', what_to_do: 'w', key: 'k' });
  await until(
    `the genuine ${genuine.type}`,
    async () =>
      (await policy.deps.eventing.store.query(`select 1 from received_events where source = 'integrity-service' and type = 'AlertRaised'`))
        .length > 0,
  );
  expect(await policy.deps.eventing.store.query(`select 1 from received_events where type = 'IntegrityVerified'`)).toEqual([]);
});
