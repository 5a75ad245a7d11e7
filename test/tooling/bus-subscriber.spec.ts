import { randomUUID } from 'node:crypto';
import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import { eventsStreamName, shutdownObjectionsSubject, subscriberPermissions, tenantEvents, type Tenant } from '@lastcopy/contracts';
import { until } from '@lastcopy/testkit';
import { otherTenant, startGuardedBus, tenant, type GuardedBus } from './guarded-bus.js';

const user = 'subscriber-planning';
const createSubject = `$JS.API.CONSUMER.CREATE.${eventsStreamName}.${user}.${tenantEvents(tenant)}`;
let bus: GuardedBus;
let planning: NatsConnection;
let archive: NatsConnection;
beforeAll(async () => {
  bus = await startGuardedBus();
  planning = await bus.as(user);
  archive = await bus.as('archive-service');
  const manager = await jetstreamManager(await bus.as('gateway'));
  await manager.streams.add({ name: eventsStreamName, subjects: ['lastcopy.events.>'] });
}, 60_000);
afterAll(() => bus?.stop());

const eventOf = ({ client_account_id, engagement_id }: Tenant) =>
  `lastcopy.events.${client_account_id}.${engagement_id}.archive_job.${randomUUID()}.ArchiveUploaded`;
const append = async (owner: Tenant): Promise<string> => {
  const subject = eventOf(owner);
  await jetstream(archive).publish(subject, '{}');
  return subject;
};
const create = async (config: object): Promise<{ error?: { code: number }; config?: { filter_subject?: string } }> => {
  const request = JSON.stringify({ stream_name: eventsStreamName, config: { name: user, ack_policy: 'none', ...config } });
  return (await planning.request(createSubject, request)).json();
};
const readTo = async (last: string): Promise<string[]> => {
  const consumer = await jetstream(planning).consumers.get(eventsStreamName, user);
  const read: string[] = [];
  for await (const message of await consumer.fetch({ max_messages: 100, expires: 1_000 })) {
    read.push(message.subject);
    if (message.subject === last) break;
  }
  return read;
};
const forget = () => planning.request(`$JS.API.CONSUMER.DELETE.${eventsStreamName}.${user}`, '');

it("hears its tenant's events as they come, and none of another tenant", async () => {
  const heard: string[] = [];
  planning.subscribe(tenantEvents(tenant), { callback: (_error, message) => void heard.push(message.subject) });
  await planning.flush();
  await append(otherTenant);
  const own = await append(tenant);
  await until('the event', () => heard.includes(own));
  expect(heard).toEqual([own]);
});

it("reads its tenant's events from the first one on, and none of another tenant", async () => {
  await append(otherTenant);
  const last = await append(tenant);
  expect((await create({ filter_subject: tenantEvents(tenant) })).error).toBeUndefined();
  const read = await readTo(last);
  expect(read.length).toBeGreaterThan(1);
  expect(read.filter((subject) => !subject.startsWith('lastcopy.events.client-1.engagement-1.'))).toEqual([]);
  await forget();
});

it.each([
  ['all events', { filter_subject: 'lastcopy.events.>' }],
  ["another tenant's", { filter_subject: tenantEvents(otherTenant) }],
  ['no filter', {}],
  ['several filters', { filter_subjects: [tenantEvents(tenant), tenantEvents(otherTenant)] }],
  ["a service's consumer", { durable_name: 'inbox-gateway', filter_subject: tenantEvents(tenant) }],
])('cannot have its consumer read %s', async (_what, config) => {
  const { error } = await create(config);
  expect(error).toMatchObject({ code: 400 });
});

it('reads no more when it names a wider filter beside its own', async () => {
  await append(otherTenant);
  const last = await append(tenant);
  const { error } = await create({ filter_subject: tenantEvents(tenant), filter_subjects: ['lastcopy.events.>'] });
  // Old servers do not know several filters and ignore them, newer ones refuse them here.
  if (error) return expect(error.code).toBe(400);
  expect((await readTo(last)).filter((subject) => !subject.startsWith('lastcopy.events.client-1.engagement-1.'))).toEqual([]);
  await forget();
});

it.each(['a.b', '*', '>', '', 'x'.repeat(41), 'UPPER', '../up'])('refuses to be named %s', (name) => {
  expect(() => subscriberPermissions(name, tenant)).toThrow(/subscriber's name/);
});

it.each(['*', '>', 'a.b', '', 'a b'])('refuses the tenant %s', (id) => {
  expect(() => subscriberPermissions('planning', { ...tenant, client_account_id: id })).toThrow(/client_account_id/);
  expect(() => subscriberPermissions('planning', { ...tenant, engagement_id: id })).toThrow(/engagement_id/);
});

it('asks for objections of its own tenant, and its answer reaches nobody else', async () => {
  const gateway = await bus.as('gateway');
  gateway.subscribe(shutdownObjectionsSubject({ client_account_id: '*', engagement_id: '*' }), {
    callback: (_error, message) => void message.respond(message.subject),
  });
  await gateway.flush();
  const answer = await planning.request(shutdownObjectionsSubject(tenant), '{}');
  expect(answer.string()).toBe(shutdownObjectionsSubject(tenant));
});
