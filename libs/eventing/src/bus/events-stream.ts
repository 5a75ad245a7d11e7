import { AckPolicy, DeliverPolicy, JetStreamApiError, StorageType, type JetStreamManager } from '@nats-io/jetstream';
import { eventsStreamName } from '@lastcopy/contracts';

const streamNotFound = 10059;
const consumerNotFound = 10014;
const nanosPerMs = 1_000_000;
const ackWaitMs = 30_000;

const isMissing = (error: unknown, code: number): boolean => error instanceof JetStreamApiError && error.code === code;

/** Makes the stream of all events when the bus does not hold it (any more). */
export async function ensureEventsStream(manager: JetStreamManager, replicas: number): Promise<void> {
  try {
    await manager.streams.info(eventsStreamName);
  } catch (error) {
    if (!isMissing(error, streamNotFound)) throw error;
    await manager.streams.add({
      name: eventsStreamName,
      subjects: ['lastcopy.events.>'],
      storage: StorageType.File,
      num_replicas: replicas,
    });
  }
}

export const inboxConsumer = (service: string): string => `inbox-${service}`;

/** Makes a service's durable consumer when it is missing. True when it was made: it then starts at the first message. */
export async function ensureInboxConsumer(manager: JetStreamManager, service: string): Promise<boolean> {
  try {
    await manager.consumers.info(eventsStreamName, inboxConsumer(service));
    return false;
  } catch (error) {
    if (!isMissing(error, consumerNotFound)) throw error;
  }
  await manager.consumers.add(eventsStreamName, {
    durable_name: inboxConsumer(service),
    ack_policy: AckPolicy.Explicit,
    deliver_policy: DeliverPolicy.All,
    ack_wait: ackWaitMs * nanosPerMs,
    max_ack_pending: 1_000,
  });
  return true;
}
