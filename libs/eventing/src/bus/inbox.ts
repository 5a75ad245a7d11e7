import { jetstream, jetstreamManager, type Consumer, type JsMsg } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import { eventsStreamName, inboxConsumer, type EventEnvelope, type ServiceName } from '@lastcopy/contracts';
import type { EventingLogger } from '../logger.js';
import type { EventStore } from '../store/event-store.js';
import { isTransient, messageOf } from '../store/failures.js';
import { pause, WakeSignal } from '../wake-signal.js';
import type { BusConnection } from './bus-connection.js';
import { fromBusMessage } from './bus-message.js';
import { ensureEventsStream, ensureInboxConsumer } from './events-stream.js';
import { raiseForkAlerts } from './forks.js';
import { parkMessage, raiseMessageAlerts } from './parked-messages.js';
import type { ReceivedLog } from './received-log.js';
import { otherServices } from './replay.js';
import { SourceSync } from './source-sync.js';

const fetchMessages = 200;
const fetchWaitMs = 1_000;
const batchMessages = 100;
const queuedMessages = 400;
const afterFailureMs = 250;

/**
 * Brings the other services' events into `received_events`. The bus only makes it quick: what is complete and true is what the
 * sources' own logs say, so a message may be acknowledged as soon as its gap is known.
 */
export class Inbox {
  private readonly syncs: Map<ServiceName, SourceSync>;
  private readonly arrived = new WakeSignal();
  private queue: JsMsg[] = [];

  constructor(
    private readonly store: EventStore,
    private readonly received: ReceivedLog,
    private readonly bus: BusConnection,
    private readonly logger: EventingLogger,
    private readonly replicas: number,
  ) {
    const onFork = () => raiseForkAlerts(store, logger);
    this.syncs = new Map(otherServices(store.service).map((source) => [source, new SourceSync(source, received, bus, logger, onFork)]));
  }

  async run(signal: AbortSignal): Promise<void> {
    this.queue = [];
    const syncs = [...this.syncs.values()].map((sync) => sync.run(signal));
    await Promise.all([...syncs, this.pump(signal), this.drain(signal), this.alarm(signal)]);
  }

  /** Alerts that a crash left unraised. */
  private async alarm(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      try {
        await raiseForkAlerts(this.store, this.logger);
        return await raiseMessageAlerts(this.store, this.logger);
      } catch (error) {
        this.logger.warn({ err: messageOf(error) }, 'alerts cannot be raised; trying again');
        await pause(afterFailureMs, signal);
      }
    }
  }

  private async pump(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const connection = await this.bus.connection(signal);
      if (!connection) return;
      try {
        await this.pumpFrom(connection, this.bus.generation, signal);
      } catch (error) {
        this.logger.warn({ err: messageOf(error) }, 'the bus cannot be read; trying again');
        await pause(afterFailureMs, signal);
      }
    }
  }

  /** Fetches until the connection is renewed or the stream or the consumer is gone. */
  private async pumpFrom(connection: NatsConnection, generation: number, signal: AbortSignal): Promise<void> {
    const manager = await jetstreamManager(connection);
    for (const sync of this.syncs.values()) sync.ask();
    while (!signal.aborted && this.bus.generation === generation) {
      await ensureEventsStream(manager, this.bus, this.replicas, signal);
      await ensureInboxConsumer(manager, this.store.service);
      const consumer = await jetstream(connection).consumers.get(eventsStreamName, inboxConsumer(this.store.service));
      await this.fetch(consumer, signal);
    }
  }

  private async fetch(consumer: Consumer, signal: AbortSignal): Promise<void> {
    while (this.queue.length >= queuedMessages && !signal.aborted) await pause(fetchWaitMs / 10, signal);
    const messages = await consumer.fetch({ max_messages: fetchMessages, expires: fetchWaitMs });
    const stop = () => messages.stop();
    signal.addEventListener('abort', stop);
    try {
      for await (const message of messages) {
        this.queue.push(message);
        this.arrived.fire();
      }
    } finally {
      signal.removeEventListener('abort', stop);
    }
  }

  private async drain(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const batch = this.queue.splice(0, batchMessages);
      if (batch.length === 0) {
        await this.arrived.wait(fetchWaitMs, signal);
        continue;
      }
      try {
        await this.take(batch);
      } catch (error) {
        // Not acknowledged: the bus brings the messages again, and the sources have them anyway.
        this.logger.warn({ err: messageOf(error) }, 'received events cannot be stored; trying again');
        for (const sync of this.syncs.values()) sync.ask();
        await pause(afterFailureMs, signal);
      }
    }
  }

  private async take(batch: readonly JsMsg[]): Promise<void> {
    const bySource = new Map<ServiceName, EventEnvelope[]>();
    let parked = false;
    for (const message of batch) {
      const event = await this.read(message);
      parked ||= !event;
      if (event && event.source !== this.store.service) bySource.set(event.source, [...(bySource.get(event.source) ?? []), event]);
    }
    for (const [source, events] of bySource) await this.takeFrom(source, events);
    if (parked) await raiseMessageAlerts(this.store, this.logger);
    for (const message of batch) message.ack();
  }

  /** One source's events. What cannot be stored of it is left to its sync, so that it does not hold up the other sources. */
  private async takeFrom(source: ServiceName, events: readonly EventEnvelope[]): Promise<void> {
    try {
      const intake = await this.received.accept(source, events, 'bus');
      if (intake === 'gap') this.syncs.get(source)!.ask();
      if (intake === 'forked') await raiseForkAlerts(this.store, this.logger);
    } catch (error) {
      if (isTransient(error)) throw error;
      this.logger.error({ source, err: messageOf(error) }, 'received events cannot be stored; asking their source until they can');
      this.syncs.get(source)!.ask();
    }
  }

  /** The event, or undefined when the message is none and was set aside. */
  private async read(message: JsMsg): Promise<EventEnvelope | undefined> {
    try {
      return fromBusMessage(message);
    } catch (error) {
      await parkMessage(this.store, message, error);
      return undefined;
    }
  }
}
