import type { DataSource } from 'typeorm';
import type { StreamToken } from '@lastcopy/contracts';
import { CodedError } from '@lastcopy/kernel';
import type { EventingLogger } from '../logger.js';
import { messageOf } from '../store/failures.js';
import { pause, WakeSignal } from '../wake-signal.js';
import { readCheckpoint } from './checkpoints.js';
import type { LocalLog } from './local-log.js';
import type { LogWatch } from './log-watch.js';
import { raiseParkedAlerts, type ParkedEvent, type SubscriptionKey } from './parked-events.js';
import { ProjectionRunner, type BatchOutcome, type UnparkOutcome } from './projection-runner.js';
import { ReactorRunner } from './reactor-runner.js';
import { rebuildAndCompare, type RebuildReport } from './rebuild-and-compare.js';
import { schemaOf, type Projection, type Subscription } from './subscription.js';

type Runner = ProjectionRunner | ReactorRunner;

const idleMs = 1_000;
const appliedPollMs = 20;
const afterFailureMs = 250;

export interface SubscriptionState {
  name: string;
  log_seq: number;
  /** Newest `log_seq` minus its own: sequence numbers, not a count of events. */
  lag: number;
  parked: number;
}

/** All subscriptions of one service. Every process may ask; only the leader runs them. */
export class Subscriptions {
  private readonly runners: Runner[];
  private readonly applied = new WakeSignal();

  constructor(
    private readonly dataSource: DataSource,
    private readonly log: LocalLog,
    private readonly watch: LogWatch,
    private readonly logger: EventingLogger,
    subscriptions: readonly Subscription[],
  ) {
    this.runners = subscriptions.map((subscription) =>
      subscription.kind === 'projection'
        ? new ProjectionRunner(dataSource, log, subscription)
        : new ReactorRunner(dataSource, log, subscription, logger),
    );
    const names = subscriptions.map(({ name }) => name);
    if (new Set(names).size < names.length) throw new CodedError('INTERNAL', `Two subscriptions share a name: ${names.join(', ')}`);
  }

  /** Makes the tables of projections, as their owner; to be repeated at every start. */
  async makeTables(owner: DataSource): Promise<void> {
    for (const runner of this.runners) if (runner instanceof ProjectionRunner) await runner.makeTables(owner);
  }

  /** Makes what is missing of checkpoints; throws CONFIGURATION_INVALID when tables are. */
  async prepare(): Promise<void> {
    for (const runner of this.runners) await runner.prepare();
  }

  /** Carries events to every subscription until `signal` aborts; one that fails does not hold up the others. */
  async run(signal: AbortSignal): Promise<void> {
    await Promise.all(this.runners.map((runner) => this.keepRunning(runner, signal)));
  }

  /**
   * The schema of the projection's tables that readers use now: ask for each query, since a rebuild swaps it. Tables of an earlier release
   * are no answer to questions of this one: throws SERVICE_UNAVAILABLE until its own are filled.
   */
  tableSchema(name: string): string {
    const { version } = this.projectionRunner(name).key;
    const active = this.watch.activeVersion(name) ?? version;
    if (active < version) {
      throw new CodedError(
        'SERVICE_UNAVAILABLE',
        `${name} is being filled anew from the event log for this release; nothing of it can be shown yet`,
      );
    }
    return schemaOf({ name, version: active });
  }

  /**
   * True once `subscription` has applied the event that `token` names; false when it has not within `timeoutMs`, or has parked it.
   * Of a projection that is being rebuilt, the tables that readers use count; false at once while this release has none that are filled.
   */
  async waitUntilApplied(subscription: string, token: StreamToken, timeoutMs: number): Promise<boolean> {
    const { query, untenanted } = this.log.store;
    const deadline = performance.now() + timeoutMs;
    if (token.version === 0) return true;
    for (let sequence: number | undefined; ;) {
      const key = this.readersKey(subscription);
      if (key.version < this.runner(subscription).key.version) return false;
      sequence ??= await this.log.sequenceOf(query, token.source, token.stream_id, token.version);
      if (sequence !== undefined && (await readCheckpoint(untenanted, key)) >= sequence) return !(await this.isParked(key, sequence));
      const leftMs = deadline - performance.now();
      if (leftMs <= 0) return false;
      await this.applied.wait(Math.min(appliedPollMs, leftMs));
    }
  }

  /** Applies parked events of a stream again, in order. What is still refused stays parked. */
  async unpark(subscription: string, streamId: string): Promise<UnparkOutcome> {
    const outcome = await this.runner(subscription).unpark(streamId);
    this.applied.fire();
    return outcome;
  }

  async parked(): Promise<ParkedEvent[]> {
    const rows = await this.log.store.untenanted<ParkedEvent & { parked_at: Date | string }>(
      'select subscription, stream_id, log_seq, code, message, parked_at from parked_events order by log_seq',
    );
    return rows.map((row) => ({ ...row, log_seq: Number(row.log_seq), parked_at: new Date(row.parked_at).toISOString() }));
  }

  /** Where each subscription stands, for health and metrics. */
  async states(): Promise<SubscriptionState[]> {
    const rows = await this.log.store.untenanted<Record<'subscription' | 'version' | 'log_seq' | 'head' | 'parked', string>>(
      `select subscription, version, log_seq,
         coalesce((select lastcopy_log_end()), 0) as head,
         (select count(*) from parked_events p where (p.subscription, p.version) = (c.subscription, c.version)) as parked
       from subscription_checkpoints c`,
    );
    return this.runners.flatMap(({ key }) =>
      rows
        .filter((row) => row.subscription === key.name && Number(row.version) === key.version)
        .map((row) => ({
          name: key.name,
          log_seq: Number(row.log_seq),
          lag: Number(row.head) - Number(row.log_seq),
          parked: Number(row.parked),
        })),
    );
  }

  /** Whether folding the whole log again gives the live tables; leaves nothing behind. */
  rebuildAndCompare(name: string): Promise<RebuildReport> {
    return rebuildAndCompare(this.dataSource, this.log, this.projectionRunner(name).projection);
  }

  get projections(): Projection[] {
    return this.runners.flatMap((runner) => (runner instanceof ProjectionRunner ? [runner.projection] : []));
  }

  private async keepRunning(runner: Runner, signal: AbortSignal): Promise<void> {
    let alertsDue = true;
    while (!signal.aborted) {
      try {
        const grown = this.watch.grown.wait(idleMs, signal);
        const outcome: BatchOutcome = await runner.runBatch(signal);
        this.applied.fire();
        alertsDue ||= outcome.parked;
        if (alertsDue) await raiseParkedAlerts(this.log, this.logger);
        alertsDue = false;
        if (outcome.drained) await grown;
      } catch (error) {
        this.logger.error({ subscription: runner.key.name, err: messageOf(error) }, 'a subscription failed; trying again');
        await pause(afterFailureMs, signal);
      }
    }
  }

  private readersKey(name: string): SubscriptionKey {
    const { key } = this.runner(name);
    return { name, version: this.watch.activeVersion(name) ?? key.version };
  }

  private async isParked(key: SubscriptionKey, sequence: number): Promise<boolean> {
    const rows = await this.log.store.untenanted('select 1 from parked_events where subscription = $1 and version = $2 and log_seq = $3', [
      key.name,
      key.version,
      sequence,
    ]);
    return rows.length > 0;
  }

  private runner(name: string): Runner {
    const runner = this.runners.find(({ key }) => key.name === name);
    if (!runner) throw new CodedError('INTERNAL', `${this.log.store.service} has no subscription named ${name}`);
    return runner;
  }

  private projectionRunner(name: string): ProjectionRunner {
    const runner = this.runner(name);
    if (!(runner instanceof ProjectionRunner)) throw new CodedError('INTERNAL', `${name} is not a projection`);
    return runner;
  }
}
