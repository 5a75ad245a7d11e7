import { connect, nkeyAuthenticator, PermissionViolationError, type NatsConnection } from '@nats-io/transport-node';
import { newSeed } from '../../tools/bus/nkeys.mjs';
import { startGuardedBus, users, type GuardedBus, type User } from './guarded-bus.js';

let bus: GuardedBus;
const connections = {} as Record<User, NatsConnection>;
beforeAll(async () => {
  bus = await startGuardedBus();
  for (const user of users) connections[user] = await bus.as(user);
}, 60_000);
afterAll(() => bus?.stop());

const initials: Record<string, User> = {
  P: 'policy-service',
  A: 'archive-service',
  I: 'integrity-service',
  G: 'gateway',
  o: 'operator',
  s: 'subscriber-planning',
};
const allowedUsers = (letters: string): User[] => [...letters].map((letter) => initials[letter]!).sort();

/** The server's own word: a request that nobody answers was let through all the same. */
async function mayPublish(connection: NatsConnection, subject: string): Promise<boolean> {
  try {
    await connection.request(subject, '', { timeout: 2_000 });
    return true;
  } catch (error) {
    return !((error as Error).cause instanceof PermissionViolationError || error instanceof PermissionViolationError);
  }
}

async function maySubscribe(connection: NatsConnection, subject: string): Promise<boolean> {
  let refused: Error | null = null;
  const subscription = connection.subscribe(subject, { callback: (error) => void (refused ??= error) });
  await connection.flush();
  if (!refused) subscription.unsubscribe();
  return !refused;
}

const whoMay = async (ask: (connection: NatsConnection) => Promise<boolean>): Promise<User[]> => {
  const answers = await Promise.all(users.map(async (user) => ((await ask(connections[user])) ? [user] : [])));
  return answers.flat().sort();
};

const t = 'client-1.engagement-1';
const event = (aggregate: string, type = 'Event', tenant = t) => `lastcopy.events.${tenant}.${aggregate}.id.${type}`;

// Who may publish what: P policy-service, A archive-service, I integrity-service, G gateway, o operator, s the tenant's subscriber.
it.each([
  [event('decommission_flow', 'PhaseTransitioned'), 'G'],
  [event('approval', 'ApprovalGranted'), 'G'],
  [event('artifact', 'ArtifactAttached'), 'G'],
  [event('gateway_alert', 'AlertRaised'), 'G'],
  [event('retention_policy', 'RetentionPolicyDefined'), 'P'],
  [event('policy_assignment', 'PolicyAssigned'), 'P'],
  [event('legal_hold', 'LegalHoldReleased'), 'P'],
  [event('policy_seal', 'FlowSealed'), 'P'],
  [event('policy_alert', 'AlertRaised'), 'P'],
  [event('system', 'SystemRegistered'), 'A'],
  [event('archive_job', 'ArchiveUploaded'), 'A'],
  [event('archive_job', 'IntegrityVerified'), 'A'],
  [event('archive_seal', 'FlowSealed'), 'A'],
  [event('archive_alert', 'AlertRaised'), 'A'],
  [event('verification', 'IntegrityVerified'), 'I'],
  [event('integrity_seal', 'FlowSealed'), 'I'],
  [event('integrity_alert', 'AlertRaised'), 'I'],
  [event('nonsense', 'Anything'), ''],
  ['lastcopy.events.client-1', ''],
  ['lastcopy.events.client-1.engagement-1.verification.id.IntegrityVerified.more', ''],
  ['lastcopy.commands.policy-service.SealFlow', 'G'],
  ['lastcopy.commands.archive-service.StartMigration', 'G'],
  ['lastcopy.commands.integrity-service.RequestVerification', 'G'],
  ['lastcopy.commands.integrity-service.NoSuchCommand', ''],
  ['lastcopy.replay.policy-service', 'AIGo'],
  ['lastcopy.replay.archive-service', 'PIGo'],
  ['lastcopy.replay.integrity-service', 'PAGo'],
  ['lastcopy.replay.gateway', 'PAIo'],
  ['lastcopy.queries.policy-service.SelfCheck', 'o'],
  ['lastcopy.queries.gateway.Unpark', 'o'],
  [`lastcopy.queries.gateway.ShutdownObjections.${t}`, 's'],
  ['lastcopy.queries.gateway.ShutdownObjections.client-2.engagement-1', ''],
  ['lastcopy.queries.gateway.ShutdownObjections', ''],
  [`lastcopy.progress.${t}.job-1`, 'AI'],
  ['_INBOX_gateway.anything', ''],
  ['_INBOX_operator.anything', ''],
  ['$JS.API.INFO', 'PAIG'],
  ['$JS.API.STREAM.CREATE.LASTCOPY_EVENTS', 'G'],
  ['$JS.API.STREAM.CREATE.OTHER', ''],
  ['$JS.API.STREAM.UPDATE.LASTCOPY_EVENTS', ''],
  ['$JS.API.STREAM.PURGE.LASTCOPY_EVENTS', ''],
  ['$JS.API.STREAM.DELETE.LASTCOPY_EVENTS', ''],
  ['$JS.API.STREAM.MSG.DELETE.LASTCOPY_EVENTS', ''],
  ['$JS.API.STREAM.SNAPSHOT.LASTCOPY_EVENTS', ''],
  ['$JS.API.STREAM.RESTORE.LASTCOPY_EVENTS', ''],
  ['$JS.API.STREAM.INFO.LASTCOPY_EVENTS', 'PAIG'],
  ['$JS.API.STREAM.LIST', ''],
  ['$JS.API.STREAM.NAMES', ''],
  ['$JS.API.STREAM.MSG.GET.LASTCOPY_EVENTS', 'PAIG'],
  ['$JS.API.DIRECT.GET.LASTCOPY_EVENTS', ''],
  ['$JS.API.CONSUMER.CREATE.LASTCOPY_EVENTS', ''],
  ['$JS.API.CONSUMER.CREATE.LASTCOPY_EVENTS.inbox-archive-service', 'A'],
  ['$JS.API.CONSUMER.DURABLE.CREATE.LASTCOPY_EVENTS.inbox-archive-service', ''],
  ['$JS.API.CONSUMER.INFO.LASTCOPY_EVENTS.inbox-policy-service', 'P'],
  ['$JS.API.CONSUMER.DELETE.LASTCOPY_EVENTS.inbox-policy-service', ''],
  ['$JS.API.CONSUMER.MSG.NEXT.LASTCOPY_EVENTS.inbox-integrity-service', 'I'],
  ['$JS.API.CONSUMER.LIST.LASTCOPY_EVENTS', ''],
  [`$JS.API.CONSUMER.CREATE.LASTCOPY_EVENTS.subscriber-planning.lastcopy.events.${t}.>`, 's'],
  ['$JS.API.CONSUMER.CREATE.LASTCOPY_EVENTS.subscriber-planning.lastcopy.events.>', ''],
  [`$JS.API.CONSUMER.CREATE.LASTCOPY_EVENTS.inbox-gateway.lastcopy.events.${t}.>`, ''],
  ['$JS.API.CONSUMER.MSG.NEXT.LASTCOPY_EVENTS.subscriber-planning', 's'],
  ['$JS.API.CONSUMER.MSG.NEXT.LASTCOPY_EVENTS.subscriber-shutdown', ''],
  ['$JS.ACK.LASTCOPY_EVENTS.inbox-gateway.1.1.1.1.0', 'G'],
  ['$JS.ACK.LASTCOPY_EVENTS.inbox-archive-service.1.1.1.1.0', 'A'],
  ['$SYS.REQ.SERVER.PING', ''],
])('%s is published by %s alone', async (subject, letters) => {
  expect(await whoMay((connection) => mayPublish(connection, subject))).toEqual(allowedUsers(letters));
});

it.each([
  ['>', ''],
  ['lastcopy.>', ''],
  ['lastcopy.events.>', ''],
  [`lastcopy.events.${t}.>`, 's'],
  [`lastcopy.events.${t}.archive_job.*.ArchiveUploaded`, 's'],
  ['lastcopy.events.client-2.engagement-1.>', ''],
  ['lastcopy.events.*.engagement-1.>', ''],
  ['lastcopy.commands.>', ''],
  ['lastcopy.commands.policy-service.*', 'P'],
  ['lastcopy.commands.archive-service.*', 'A'],
  ['lastcopy.commands.integrity-service.RequestVerification', 'I'],
  ['lastcopy.replay.policy-service', 'P'],
  ['lastcopy.replay.gateway', 'G'],
  ['lastcopy.queries.archive-service.SelfCheck', 'A'],
  ['lastcopy.queries.integrity-service.Unpark', 'I'],
  ['lastcopy.queries.gateway.ShutdownObjections.*.*', 'G'],
  ['lastcopy.progress.>', 'G'],
  ['_INBOX_policy-service.>', 'P'],
  ['_INBOX_archive-service.>', 'A'],
  ['_INBOX_integrity-service.>', 'I'],
  ['_INBOX_gateway.>', 'G'],
  ['_INBOX_operator.>', 'o'],
  ['_INBOX_subscriber-planning.>', 's'],
  ['_INBOX_subscriber-shutdown.>', ''],
  ['_INBOX.>', ''],
  ['$JS.>', ''],
  ['$JS.EVENT.ADVISORY.>', ''],
  ['$SYS.>', ''],
])('%s is heard by %s alone', async (subject, letters) => {
  expect(await whoMay((connection) => maySubscribe(connection, subject))).toEqual(allowedUsers(letters));
});

it('nobody comes in without a key, or with one that is not known', async () => {
  await expect(connect({ servers: bus.url, reconnect: false })).rejects.toThrow(/Authorization Violation/i);
  const stranger = nkeyAuthenticator(Buffer.from(newSeed()));
  await expect(connect({ servers: bus.url, authenticator: stranger, reconnect: false })).rejects.toThrow(/Authorization Violation/i);
  await expect(connect({ servers: bus.url, user: 'archive-service', pass: '', reconnect: false })).rejects.toThrow(
    /Authorization Violation/i,
  );
});
