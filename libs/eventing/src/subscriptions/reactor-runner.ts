import type { DataSource } from 'typeorm';
import type { EventingLogger } from '../logger.js';
import { inTransaction } from '../store/append-lock.js';
import type { LoggedEvent } from '../store/event-rows.js';
import { isTransient, messageOf } from '../store/failures.js';
import { inHandlerSpan } from '../tracing.js';
import { pause } from '../wake-signal.js';
import { ensureCheckpoint, moveCheckpoint, readCheckpoint } from './checkpoints.js';
import type { LocalLog } from './local-log.js';
import { dropParked, parkedSequences, parkEvent, type SubscriptionKey } from './parked-events.js';
import type { BatchOutcome, UnparkOutcome } from './projection-runner.js';
import type { Reactor } from './subscription.js';

const batchEvents = 100;
const firstRetryMs = 100;
const longestRetryMs = 5_000;

/** Carries events to one reactor, at least once each, in the order of the log. The checkpoint moves after the effect. */
export class ReactorRunner {
  readonly key: SubscriptionKey;

  constructor(
    private readonly dataSource: DataSource,
    private readonly log: LocalLog,
    readonly reactor: Reactor,
    private readonly logger: EventingLogger,
  ) {
    this.key = { name: reactor.name, version: 0 };
  }

  async prepare(): Promise<void> {
    await ensureCheckpoint(this.log.store.untenanted, this.key);
  }

  async runBatch(signal: AbortSignal): Promise<BatchOutcome> {
    const { query, untenanted } = this.log.store;
    let checkpoint = await readCheckpoint(untenanted, this.key);
    const page = await this.log.page(query, checkpoint, batchEvents, this.reactor.types);
    let parked = false;
    for (const event of page.events) {
      const outcome = await this.handle(event, checkpoint, signal);
      if (outcome === 'left') return { drained: false, parked };
      parked ||= outcome === 'parked';
      checkpoint = event.log_seq;
    }
    if (page.through > checkpoint) await moveCheckpoint(untenanted, this.key, checkpoint, page.through);
    return { drained: page.events.length === 0, parked };
  }

  /** Reacts to the parked events of a stream, oldest first, until one is refused. Events that are parked meanwhile are included. */
  async unpark(stream: string): Promise<UnparkOutcome> {
    const { query, untenanted } = this.log.store;
    for (let applied = 0; ; applied += 1) {
      const sequences = await parkedSequences(untenanted, this.key, stream);
      const [event] = await this.log.at(query, sequences.slice(0, 1));
      if (!event) return { applied, remaining: 0 };
      try {
        await this.react(event);
      } catch (error) {
        return { applied, remaining: sequences.length, error };
      }
      await dropParked(untenanted, this.key, event.log_seq);
    }
  }

  private async handle(event: LoggedEvent, checkpoint: number, signal: AbortSignal): Promise<'done' | 'parked' | 'left'> {
    for (let retryMs = firstRetryMs; ; retryMs = Math.min(retryMs * 2, longestRetryMs)) {
      if (signal.aborted) return 'left';
      if (await this.isParked(event)) {
        if (await this.park(event, checkpoint, new Error('an earlier event of this stream is parked'), true)) return 'parked';
        continue;
      }
      try {
        await this.react(event);
      } catch (error) {
        if (!isTransient(error)) return (await this.park(event, checkpoint, error, false)) ? 'parked' : 'left';
        this.logger.warn(
          { subscription: this.key.name, event_id: event.event_id, err: messageOf(error), retryMs },
          'a reaction is tried again',
        );
        await pause(retryMs, signal);
        continue;
      }
      return (await moveCheckpoint(this.log.store.untenanted, this.key, checkpoint, event.log_seq)) ? 'done' : 'left';
    }
  }

  private react(event: LoggedEvent): Promise<void> {
    const attributes = { 'lastcopy.event_id': event.event_id, 'lastcopy.stream_id': event.stream_id };
    const span = {
      service: this.log.store.service,
      name: `react ${this.key.name} ${event.type}`,
      traceparent: event.traceparent,
      attributes,
    };
    return inHandlerSpan(span, async () => this.reactor.react(this.log.readable(event)));
  }

  private async isParked(event: LoggedEvent): Promise<boolean> {
    return (await parkedSequences(this.log.store.untenanted, this.key, event.stream_id)).length > 0;
  }

  /**
   * Sets the event aside and moves on. `onlyBehind`: only while an earlier one of the stream is still parked, since it may have been
   * applied again this moment. False when nothing was done.
   */
  private park(event: LoggedEvent, checkpoint: number, cause: unknown, onlyBehind: boolean): Promise<boolean> {
    return inTransaction(this.dataSource, 'service', async (query) => {
      if ((await readCheckpoint(query, this.key, true)) !== checkpoint) return false;
      if (onlyBehind && (await parkedSequences(query, this.key, event.stream_id)).length === 0) return false;
      await parkEvent(query, this.key, event, cause);
      return moveCheckpoint(query, this.key, checkpoint, event.log_seq);
    });
  }
}
