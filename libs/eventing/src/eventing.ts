import type { DataSource } from 'typeorm';
import type { SealFlow, ServiceName, StreamToken, Tenant, UnsealFlow } from '@lastcopy/contracts';
import type { Clock } from '@lastcopy/kernel';
import type { CommandContext } from './command-context.js';
import { LeaderLock } from './leader-lock.js';
import type { EventingLogger } from './logger.js';
import { EventStore } from './store/event-store.js';
import { sealFlow, unsealFlow } from './store/flow-seal.js';
import { raiseAlert, type Alert } from './store/raise-alert.js';
import type { InlineProjection } from './store/service-transaction.js';
import type { Upcasters } from './store/upcasters.js';
import { verifyChain, type ChainReport } from './store/verify-chain.js';
import { LocalLog } from './subscriptions/local-log.js';
import { LogWatch } from './subscriptions/log-watch.js';
import type { Subscription } from './subscriptions/subscription.js';
import { Subscriptions } from './subscriptions/subscriptions.js';

export interface NatsOptions {
  servers: string | string[];
  user?: string;
  password?: string;
  /** Replicas of the events' stream: 3 in a cluster. @default 1 */
  replicas?: number;
}

export interface EventingOptions {
  service: ServiceName;
  /** The service's own database, with `EventingTables` among its migrations. */
  dataSource: DataSource;
  /** The same database, for the session that holds the leader's lock. */
  databaseUrl: string;
  nats: NatsOptions;
  clock: Clock;
  logger: EventingLogger;
  inlineProjections?: readonly InlineProjection[];
  subscriptions?: readonly Subscription[];
  upcasters?: Upcasters;
  /** False for a process that must never lead. @default true */
  leader?: boolean;
}

/** A service's event log and all that moves on it. */
export class Eventing {
  readonly store: EventStore;
  readonly subscriptions: Subscriptions;
  private readonly watch: LogWatch;
  private readonly leaderLock: LeaderLock;

  constructor(private readonly options: EventingOptions) {
    const { service, dataSource, clock, logger, inlineProjections = [], subscriptions = [] } = options;
    this.store = new EventStore({
      service,
      dataSource,
      clock,
      inlineProjections,
      ...(options.upcasters ? { upcasters: options.upcasters } : {}),
      onAppended: () => this.watch.poke(),
    });
    this.watch = new LogWatch(this.store, logger);
    const log = new LocalLog(this.store);
    this.subscriptions = new Subscriptions(dataSource, log, this.watch, logger, subscriptions);
    this.leaderLock = new LeaderLock({ databaseUrl: options.databaseUrl, logger, lead: (signal) => this.lead(signal) });
  }

  /** Whether this process leads: relays, receives, and runs the subscriptions. */
  get isLeader(): boolean {
    return this.leaderLock.isLeader;
  }

  async start(): Promise<void> {
    await this.subscriptions.prepare();
    await this.watch.start();
    if (this.options.leader ?? true) this.leaderLock.start();
  }

  /** Resolves when everything in hand is finished. */
  async stop(): Promise<void> {
    await this.leaderLock.stop();
    await this.watch.stop();
  }

  sealFlow(context: CommandContext, request: SealFlow): Promise<StreamToken> {
    return sealFlow(this.store, context, request);
  }

  unsealFlow(context: CommandContext, request: UnsealFlow): Promise<StreamToken> {
    return unsealFlow(this.store, context, request);
  }

  raiseAlert(tenant: Tenant, alert: Alert): Promise<StreamToken> {
    return raiseAlert(this.store, tenant, alert);
  }

  verifyChain(which: 'own' | ServiceName): Promise<ChainReport> {
    return verifyChain(this.options.dataSource, which, this.store.service);
  }

  waitUntilApplied(subscription: string, token: StreamToken, timeoutMs: number): Promise<boolean> {
    return this.subscriptions.waitUntilApplied(subscription, token, timeoutMs);
  }

  tableSchema(projection: string): string {
    return this.subscriptions.tableSchema(projection);
  }

  private async lead(signal: AbortSignal): Promise<void> {
    await this.subscriptions.run(signal);
  }
}

export const createEventing = (options: EventingOptions): Eventing => new Eventing(options);
