import { AckPolicy, DeliverPolicy, JetStreamApiError, StorageType, type JetStreamManager } from '@nats-io/jetstream';
import { eventsStreamName, inboxConsumer, type ServiceName } from '@lastcopy/contracts';
import { pause } from '../wake-signal.js';
import type { BusConnection } from './bus-connection.js';

const streamNotFound = 10059;
const consumerNotFound = 10014;
const nanosPerMs = 1_000_000;
const ackWaitMs = 30_000;
const waitMs = 250;

const isMissing = (error: unknown, code: number): boolean => error instanceof JetStreamApiError && error.code === code;

async function hasEventsStream(manager: JetStreamManager): Promise<boolean> {
  try {
    await manager.streams.info(eventsStreamName);
    return true;
  } catch (error) {
    if (!isMissing(error, streamNotFound)) throw error;
    return false;
  }
}

/** Makes the stream of all events when the bus does not hold it (any more), or waits until the service that makes it has done so. */
export async function ensureEventsStream(
  manager: JetStreamManager,
  bus: BusConnection,
  replicas: number,
  signal: AbortSignal,
): Promise<void> {
  const { generation } = bus;
  while (!(await hasEventsStream(manager))) {
    if (bus.createsStream) {
      await manager.streams.add({
        name: eventsStreamName,
        subjects: ['lastcopy.events.>'],
        storage: StorageType.File,
        num_replicas: replicas,
      });
      return;
    }
    await pause(waitMs, signal);
    if (signal.aborted || bus.generation !== generation) throw new Error('the stream of events did not come');
  }
}

/** Makes a service's durable consumer when it is missing. True when it was made: it then starts at the first message. */
export async function ensureInboxConsumer(manager: JetStreamManager, service: ServiceName): Promise<boolean> {
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
