import { AckPolicy, DeliverPolicy, jetstream, jetstreamManager, JetStreamApiError } from '@nats-io/jetstream';
import type { MsgHdrs, NatsConnection } from '@nats-io/transport-node';
import { eventsStreamName, subscriberUser, tenantEvents } from '@lastcopy/contracts';
import { CodedError } from '@lastcopy/kernel';
import { connectBus } from '../bus.js';
import type { Profile } from '../config.js';
import { print, type CliContext } from './context.js';

interface EventMessage {
  subject: string;
  headers?: MsgHdrs | undefined;
  json<T>(): T;
}

const consumerNotFound = 10014;
const forgottenAfterNanos = 60 * 1e9;

function show(context: CliContext, message: EventMessage, json = false): void {
  const time = message.headers?.get('ce-time') ?? '';
  const type = message.subject.split('.').at(-1)!;
  print(
    context,
    json
      ? JSON.stringify({ subject: message.subject, time, data: message.json() })
      : `${time}  ${type.padEnd(24)}  ${message.subject.split('.').slice(4, 6).join(' ')}`,
  );
}

/** The subscriber's one consumer, from the first event on. Throws COMMAND_IN_FLIGHT when somebody reads with it now. */
async function ownConsumer(connection: NatsConnection, profile: Profile) {
  const name = subscriberUser(profile.nats_subscriber!.name);
  const manager = await jetstreamManager(connection, { checkAPI: false });
  try {
    const { num_waiting } = await manager.consumers.info(eventsStreamName, name);
    if (num_waiting > 0) {
      throw new CodedError(
        'COMMAND_IN_FLIGHT',
        `Another \`events tail --from-start\` reads as ${name}: end it, or follow without --from-start.`,
      );
    }
    await manager.consumers.delete(eventsStreamName, name);
  } catch (error) {
    if (!(error instanceof JetStreamApiError && error.code === consumerNotFound)) throw error;
  }
  await manager.consumers.add(eventsStreamName, {
    name,
    filter_subject: tenantEvents(profile),
    ack_policy: AckPolicy.None,
    deliver_policy: DeliverPolicy.All,
    inactive_threshold: forgottenAfterNanos,
  });
  return jetstream(connection).consumers.get(eventsStreamName, name);
}

/** Prints the tenant's events, as its read-only subscriber: new ones as they come, or all from the first one on. Ends at an interrupt. */
export async function tail(context: CliContext, options: { fromStart?: boolean; json?: boolean }): Promise<void> {
  const profile = context.profile();
  if (!profile.nats_subscriber) throw new CodedError('CONFIGURATION_INVALID', 'The profile names no nats_subscriber.');
  const connection = await connectBus(profile, 'subscriber', 'events tail');
  process.once('SIGINT', () => void connection.close());
  try {
    if (options.fromStart) {
      for await (const message of await (await ownConsumer(connection, profile)).consume()) show(context, message, options.json);
    } else {
      for await (const message of connection.subscribe(tenantEvents(profile))) show(context, message, options.json);
    }
  } finally {
    await connection.close();
  }
}
