import type { DataSource } from 'typeorm';
import { CodedError } from '@lastcopy/kernel';
import { inTransaction } from '../store/append-lock.js';
import type { LoggedEvent, SqlQuery } from '../store/event-rows.js';
import { isTransient } from '../store/failures.js';
import { inHandlerSpan } from '../tracing.js';
import { ensureCheckpoint, hasCheckpoint, moveCheckpoint, readCheckpoint } from './checkpoints.js';
import type { LocalLog } from './local-log.js';
import { dropParked, parkedSequences, parkedStreams, parkEvent, type SubscriptionKey } from './parked-events.js';
import { schemaOf, type Projection } from './subscription.js';

export const projectionBatch = 500;
const prepareLockKey = 4_711_003;

export interface BatchOutcome {
  /** Nothing was left to look at. */
  drained: boolean;
  parked: boolean;
}

export interface UnparkOutcome {
  applied: number;
  remaining: number;
  /** Why the next one could not be applied. */
  error?: unknown;
}

/** Keeps one projection's tables in step with the log. Several processes may try: the checkpoint row lets one at a time. */
export class ProjectionRunner {
  readonly key: SubscriptionKey;
  readonly schema: string;

  constructor(
    private readonly dataSource: DataSource,
    private readonly log: LocalLog,
    readonly projection: Projection,
  ) {
    if (!/^[a-z][a-z0-9_]{0,40}$/.test(projection.name)) throw new Error(`'${projection.name}' cannot name a projection's schema`);
    this.key = { name: projection.name, version: projection.version };
    this.schema = schemaOf(projection);
  }

  /** Makes tables and checkpoint once, as their owner. The first version of all is active at once, a later one when it has caught up. */
  makeTables(owner: DataSource): Promise<void> {
    return inTransaction(owner, 'service', async (query) => {
      await query('select pg_advisory_xact_lock($1)', [prepareLockKey]);
      if (!(await ensureCheckpoint(query, this.key))) return;
      await query(`create schema "${this.schema}"`);
      await query(this.projection.tables(this.schema));
      await query('insert into projection_versions (name, active_version) values ($1, $2) on conflict do nothing', [
        this.key.name,
        this.key.version,
      ]);
    });
  }

  /** Throws CONFIGURATION_INVALID when the tables were not made. */
  async prepare(): Promise<void> {
    if (await hasCheckpoint(this.log.store.untenanted, this.key)) return;
    throw new CodedError(
      'CONFIGURATION_INVALID',
      `The tables ${this.schema} of ${this.log.store.service} are missing. Start the service once with MIGRATION_DATABASE_URL, which names their owner.`,
    );
  }

  /** Applies the next batch. An event that the fold refuses parks its stream. Rejects only when the database fails. */
  async runBatch(): Promise<BatchOutcome> {
    try {
      return await this.batch((query, events) => this.applyTogether(query, events));
    } catch (error) {
      if (isTransient(error)) throw error;
      return this.batch((query, events) => this.applyEach(query, events));
    }
  }

  /** Applies the parked events of a stream again, oldest first, until one is refused. */
  unpark(stream: string): Promise<UnparkOutcome> {
    return inTransaction(this.dataSource, 'service', async (query) => {
      await readCheckpoint(query, this.key, true);
      const sequences = await parkedSequences(query, this.key, stream);
      const events = await this.log.at(query, sequences);
      for (const [index, event] of events.entries()) {
        const error = await this.tryOne(query, event);
        if (error) return { applied: index, remaining: events.length - index, error };
        await dropParked(query, this.key, event.log_seq);
      }
      return { applied: events.length, remaining: 0 };
    });
  }

  private batch(apply: (query: SqlQuery, events: LoggedEvent[]) => Promise<boolean>): Promise<BatchOutcome> {
    return inTransaction(this.dataSource, 'service', async (query) => {
      const checkpoint = await readCheckpoint(query, this.key, true);
      const page = await this.log.page(query, checkpoint, projectionBatch, this.projection.types);
      if (page.through === checkpoint) {
        await this.activate(query);
        return { drained: true, parked: false };
      }
      const parked = page.events.length > 0 && (await apply(query, page.events));
      await moveCheckpoint(query, this.key, checkpoint, page.through);
      return { drained: false, parked };
    });
  }

  private async applyTogether(query: SqlQuery, events: LoggedEvent[]): Promise<boolean> {
    const parked = await parkedStreams(query, this.key);
    if (events.some((event) => parked.has(event.stream_id))) return this.applyEach(query, events);
    await this.apply(
      query,
      events.map((event) => this.log.readable(event)),
    );
    return false;
  }

  private async applyEach(query: SqlQuery, events: LoggedEvent[]): Promise<boolean> {
    const parked = await parkedStreams(query, this.key);
    let parkedAny = false;
    for (const event of events) {
      const refusal = parked.has(event.stream_id)
        ? new Error('an earlier event of this stream is parked')
        : await this.tryOne(query, event);
      if (!refusal) continue;
      await parkEvent(query, this.key, event, refusal);
      parked.add(event.stream_id);
      parkedAny = true;
    }
    return parkedAny;
  }

  /** The error when the fold refuses the event; what it had written is undone. */
  private async tryOne(query: SqlQuery, event: LoggedEvent): Promise<unknown> {
    await query('savepoint one_event');
    try {
      await this.apply(query, [this.log.readable(event)]);
      await query('release savepoint one_event');
      return undefined;
    } catch (error) {
      if (isTransient(error)) throw error;
      await query('rollback to savepoint one_event');
      return error;
    }
  }

  private apply(query: SqlQuery, events: LoggedEvent[]): Promise<void> {
    const traced = events.filter((event) => event.traceparent !== null).map((event) => event.traceparent!);
    const span = {
      service: this.log.store.service,
      name: `project ${this.key.name}`,
      traceparent: traced[0] ?? null,
      links: traced.slice(1),
      attributes: { 'lastcopy.events': events.length },
    };
    return inHandlerSpan(span, () => this.projection.apply({ query }, events, this.schema));
  }

  private async activate(query: SqlQuery): Promise<void> {
    await query('update projection_versions set active_version = $2 where name = $1 and active_version <> $2', [
      this.key.name,
      this.key.version,
    ]);
  }
}
