import { jetstream, jetstreamManager, type JetStreamManager } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import { aggregatesOf, eventsStreamName, type EventEnvelope } from '@lastcopy/contracts';
import type { EventingLogger } from '../logger.js';
import type { EventStore } from '../store/event-store.js';
import { messageOf } from '../store/failures.js';
import type { LogWatch } from '../subscriptions/log-watch.js';
import { pause } from '../wake-signal.js';
import type { BusConnection } from './bus-connection.js';
import { fromBusMessage, toBusMessage } from './bus-message.js';
import { ensureEventsStream } from './events-stream.js';
import { recordFork } from './forks.js';

const batchEvents = 200;
const idleMs = 1_000;
const afterFailureMs = 250;
const answerWithinMs = 5_000;

/**
 * Publishes committed events in the order of positions. It keeps no checkpoint: after a connect, a reconnect or a failure it goes on
 * after the last position that the bus itself holds, so a bus that lost everything is filled again. Consumers skip what they have, and
 * fetch from our log what a crash in the middle of a batch left out.
 */
export class Relay {
  /** All up to here is known to be on the bus, in this process's time. */
  private acknowledged?: number;

  constructor(
    private readonly store: EventStore,
    private readonly bus: BusConnection,
    private readonly watch: LogWatch,
    private readonly logger: EventingLogger,
    private readonly replicas: number,
    private readonly onFork: () => Promise<void>,
  ) {}

  async run(signal: AbortSignal): Promise<void> {
    this.acknowledged = undefined;
    while (!signal.aborted) {
      const connection = await this.bus.connection(signal);
      if (!connection) return;
      try {
        await this.publishFrom(connection, this.bus.generation, signal);
      } catch (error) {
        this.logger.warn({ err: messageOf(error) }, 'events cannot be published; trying again');
        await pause(afterFailureMs, signal);
      }
    }
  }

  /** Publishes until the connection is renewed. */
  private async publishFrom(connection: NatsConnection, generation: number, signal: AbortSignal): Promise<void> {
    let at = await this.resumePoint(connection, signal);
    while (!signal.aborted && this.bus.generation === generation) {
      const grown = this.watch.grown.wait(idleMs, signal);
      const events = await this.store.readLog(at + 1, batchEvents);
      if (events.length === 0) {
        await grown;
        continue;
      }
      at = await this.publish(connection, events);
    }
  }

  /** Answers the last position; throws when any event of the batch was not acknowledged. */
  private async publish(connection: NatsConnection, events: readonly EventEnvelope[]): Promise<number> {
    const stream = jetstream(connection, { timeout: answerWithinMs });
    const published = events.map((event) => {
      const { subject, headers, body } = toBusMessage(event);
      return stream.publish(subject, body, { headers, msgID: event.event_id, retries: 1 });
    });
    const answers = await Promise.allSettled(published);
    const failed = answers.findIndex(({ status }) => status === 'rejected');
    const last = events[(failed === -1 ? events.length : failed) - 1];
    if (last) this.acknowledged = last.position;
    const failure = answers[failed];
    if (failure?.status === 'rejected') throw failure.reason;
    return events.at(-1)!.position;
  }

  private async resumePoint(connection: NatsConnection, signal: AbortSignal): Promise<number> {
    const manager = await jetstreamManager(connection, { timeout: answerWithinMs });
    await ensureEventsStream(manager, this.bus, this.replicas, signal);
    const last = await this.lastOnBus(manager);
    if (!last) return 0;
    const { epoch } = await this.store.identity();
    const [own] = await this.store.readLog(last.position, 1);
    if (own?.hash === last.hash) return Math.min(last.position, this.acknowledged ?? last.position);
    if (last.epoch === epoch) await this.reportFork(last, own);
    else
      this.logger.warn(
        { position: last.position },
        'the bus holds events of an older log of this service; publishing from the first event',
      );
    return 0;
  }

  private async lastOnBus(manager: JetStreamManager): Promise<EventEnvelope | undefined> {
    let last: EventEnvelope | undefined;
    for (const aggregate of aggregatesOf(this.store.service)) {
      const message = await manager.streams.getMessage(eventsStreamName, { last_by_subj: `lastcopy.events.*.*.${aggregate}.*.*` });
      const event = message && this.genuine(message.subject, message.header, message.data);
      if (event && (!last || event.position > last.position)) last = event;
    }
    return last;
  }

  private genuine(subject: string, headers: Parameters<typeof fromBusMessage>[0]['headers'], data: Uint8Array): EventEnvelope | undefined {
    try {
      const event = fromBusMessage({ subject, headers, data });
      return event.source === this.store.service ? event : undefined;
    } catch (error) {
      this.logger.warn({ subject, err: messageOf(error) }, 'the last message of an aggregate on the bus is not an event of ours');
      return undefined;
    }
  }

  private async reportFork(onBus: EventEnvelope, own: EventEnvelope | undefined): Promise<void> {
    const reason = own ? 'the bus holds another event there' : 'the bus holds an event that this log no longer has';
    const { source, position, hash } = onBus;
    await recordFork(this.store.query, { source, position, stored_hash: own?.hash ?? null, offered_hash: hash, reason });
    await this.onFork();
  }
}
