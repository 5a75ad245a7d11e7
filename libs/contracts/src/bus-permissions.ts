import { CodedError } from '@lastcopy/kernel';
import { commandCatalogue, type CommandTarget } from './command-catalogue.js';
import { commandSubject, eventsStreamName, replaySubject, type Tenant } from './envelope.js';
import { selfCheckSubject } from './self-check.js';
import { aggregatesOf, serviceNames, type ServiceName } from './services.js';
import { shutdownObjectionsSubject } from './shutdown-objections.js';
import { unparkSubject } from './unpark.js';

/** What one user of the bus may do; everything else is refused by the server. */
export interface BusPermissions {
  publish: string[];
  subscribe: string[];
  /** Whether it answers requests: then, and only then, it may publish once to where a request that reached it wants its answer. */
  responds: boolean;
}

/** Makes the stream of events when the bus does not hold it. One service alone: who makes a stream may have it republished anywhere. */
export const streamKeeper: ServiceName = 'gateway';

/** Replies come below it, and nobody else can listen there. */
export const inboxPrefix = (user: string): string => `_INBOX_${user}`;
export const inboxConsumer = (service: ServiceName): string => `inbox-${service}`;

/** The user, and the consumer, of another team's read-only subscriber. */
export const subscriberUser = (name: string): string => `subscriber-${name}`;
export const tenantEvents = (tenant: Tenant): string => `lastcopy.events.${tenant.client_account_id}.${tenant.engagement_id}.>`;

const api = (request: string): string => `$JS.API.${request}`;
const reading = (consumer: string): string[] => [
  api(`CONSUMER.INFO.${eventsStreamName}.${consumer}`),
  api(`CONSUMER.MSG.NEXT.${eventsStreamName}.${consumer}`),
  `$JS.ACK.${eventsStreamName}.${consumer}.>`,
];

const jetstreamOf = (service: ServiceName): string[] => [
  api('INFO'),
  api(`STREAM.INFO.${eventsStreamName}`),
  // How far its own events reached the bus.
  api(`STREAM.MSG.GET.${eventsStreamName}`),
  api(`CONSUMER.CREATE.${eventsStreamName}.${inboxConsumer(service)}`),
  ...reading(inboxConsumer(service)),
  ...(service === streamKeeper ? [api(`STREAM.CREATE.${eventsStreamName}`)] : []),
];

const allCommands = (): string[] =>
  (Object.keys(commandCatalogue) as CommandTarget[]).flatMap((target) =>
    Object.keys(commandCatalogue[target]).map((command) => commandSubject(target, command)),
  );

/** Archives and proofs tell how far they are. */
const progressing: readonly ServiceName[] = ['archive-service', 'integrity-service'];

/** A service publishes events of its own aggregates alone, asks the others for their logs, and answers for itself; commands are the gateway's. */
export function servicePermissions(service: ServiceName): BusPermissions {
  const others = serviceNames.filter((name) => name !== service);
  return {
    publish: [
      ...aggregatesOf(service).map((aggregate) => `lastcopy.events.*.*.${aggregate}.*.*`),
      ...others.map(replaySubject),
      ...(service === 'gateway' ? allCommands() : []),
      ...(progressing.includes(service) ? ['lastcopy.progress.*.*.*'] : []),
      ...jetstreamOf(service),
    ],
    subscribe: [
      `${inboxPrefix(service)}.>`,
      replaySubject(service),
      selfCheckSubject(service),
      unparkSubject(service),
      ...(service in commandCatalogue ? [commandSubject(service, '*')] : []),
      ...(service === 'gateway' ? ['lastcopy.progress.>', shutdownObjectionsSubject({ client_account_id: '*', engagement_id: '*' })] : []),
    ],
    responds: true,
  };
}

/** Who keeps the system running: reads every log, asks each service to check itself, has parked events taken up again. Changes nothing else. */
export const operatorPermissions = (): BusPermissions => ({
  publish: serviceNames.flatMap((service) => [replaySubject(service), selfCheckSubject(service), unparkSubject(service)]),
  subscribe: [`${inboxPrefix('operator')}.>`],
  responds: false,
});

const namePattern = /^[a-z0-9][a-z0-9-]{0,39}$/;
const tokenPattern = /^[A-Za-z0-9_-]{1,200}$/;

/**
 * Another team's service: the events of its tenant, live and from the stream's beginning through one consumer of its own, and the question
 * whether anything speaks against destroying a source. The server compares the consumer's filter with the subject that asks for it, so the
 * consumer cannot be made to read another tenant's. Throws VALIDATION_FAILED for a name or tenant that could widen a subject.
 */
export function subscriberPermissions(name: string, tenant: Tenant): BusPermissions {
  if (!namePattern.test(name)) {
    throw new CodedError('VALIDATION_FAILED', `A subscriber's name has at most 40 small letters, digits and hyphens; '${name}' is none.`);
  }
  for (const [field, id] of Object.entries({ client_account_id: tenant.client_account_id, engagement_id: tenant.engagement_id })) {
    if (!tokenPattern.test(id)) throw new CodedError('VALIDATION_FAILED', `${field} '${id}' cannot stand in a subject: name one tenant.`);
  }
  const user = subscriberUser(name);
  return {
    publish: [
      shutdownObjectionsSubject(tenant),
      api(`CONSUMER.CREATE.${eventsStreamName}.${user}.${tenantEvents(tenant)}`),
      api(`CONSUMER.DELETE.${eventsStreamName}.${user}`),
      ...reading(user),
    ],
    subscribe: [tenantEvents(tenant), `${inboxPrefix(user)}.>`],
    responds: false,
  };
}
