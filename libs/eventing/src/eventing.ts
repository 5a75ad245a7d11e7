import type { DataSource } from 'typeorm';
import type { SealFlow, ServiceName, StreamToken, Tenant, UnsealFlow } from '@lastcopy/contracts';
import type { Clock } from '@lastcopy/kernel';
import { BusConnection, type NatsOptions } from './bus/bus-connection.js';
import { raiseForkAlerts, readForks, type EventFork } from './bus/forks.js';
import { Inbox } from './bus/inbox.js';
import { ReceivedLog } from './bus/received-log.js';
import { Relay } from './bus/relay.js';
import { serveReplay } from './bus/replay.js';
import type { CommandContext } from './command-context.js';
import { LeaderLock } from './leader-lock.js';
import type { EventingLogger } from './logger.js';
import { EventStore } from './store/event-store.js';
import { sealFlow, unsealFlow } from './store/flow-seal.js';
import { ChainWatch } from './store/chain-watch.js';
import { asOwner } from './store/owner-database.js';
import { raiseAlert, type Alert } from './store/raise-alert.js';
import type { InlineProjection } from './store/service-transaction.js';
import type { Upcasters } from './store/upcasters.js';
import { verifyChain, type ChainReport } from './store/verify-chain.js';
import { LocalLog } from './subscriptions/local-log.js';
import { LogWatch } from './subscriptions/log-watch.js';
import type { Subscription } from './subscriptions/subscription.js';
import { Subscriptions } from './subscriptions/subscriptions.js';

export interface EventingOptions {
  service: ServiceName;
  /** The service's own database after `eventingMigrations`, as the role that serves requests. */
  dataSource: DataSource;
  /** The same database, for the session that holds the leader's lock. */
  databaseUrl: string;
  /** The same database as the owner of its tables, to make those of projections. Absent: they must be there already. */
  ownerUrl?: string;
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
  private readonly bus: BusConnection;
  private readonly relay: Relay;
  private readonly inbox: Inbox;
  private readonly chainWatch: ChainWatch;
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
    this.bus = new BusConnection(`${service}-events`, options.nats, logger, (connection) => serveReplay(connection, this.store, logger));
    const replicas = options.nats.replicas ?? 1;
    const onFork = () => raiseForkAlerts(this.store, logger);
    this.relay = new Relay(this.store, this.bus, this.watch, logger, replicas, onFork);
    const received = new ReceivedLog(dataSource, () => this.watch.poke());
    this.inbox = new Inbox(this.store, received, this.bus, logger, replicas);
    this.chainWatch = new ChainWatch(this.store, dataSource, logger);
    this.leaderLock = new LeaderLock({ databaseUrl: options.databaseUrl, logger, lead: (signal) => this.lead(signal) });
  }

  /** Whether this process leads: relays, receives, and runs the subscriptions. */
  get isLeader(): boolean {
    return this.leaderLock.isLeader;
  }

  /** Counts how often this process came to lead; null while it does not. */
  get leaderTerm(): number | null {
    return this.leaderLock.term;
  }

  /** Makes tables, then works in the background. A bus that is away is waited for and does not make it fail. */
  async start(): Promise<void> {
    const { ownerUrl } = this.options;
    if (ownerUrl) await this.makeTables(ownerUrl);
    await this.subscriptions.prepare();
    await this.watch.start();
    this.bus.start();
    if (this.options.leader ?? true) this.leaderLock.start();
  }

  /** Resolves when everything in hand is finished. */
  async stop(): Promise<void> {
    await this.leaderLock.stop();
    await this.bus.stop();
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

  /** Logs that contradict themselves. None may be left before anything is shut down. */
  forks(): Promise<EventFork[]> {
    return readForks(this.store.query);
  }

  waitUntilApplied(subscription: string, token: StreamToken, timeoutMs: number): Promise<boolean> {
    return this.subscriptions.waitUntilApplied(subscription, token, timeoutMs);
  }

  tableSchema(projection: string): string {
    return this.subscriptions.tableSchema(projection);
  }

  private async makeTables(ownerUrl: string): Promise<void> {
    const [row] = await this.store.untenanted<{ role: string }>('select current_user as role');
    await asOwner(ownerUrl, row!.role, [], (owner) => this.subscriptions.makeTables(owner));
  }

  private async lead(signal: AbortSignal): Promise<void> {
    await Promise.all([this.subscriptions.run(signal), this.relay.run(signal), this.inbox.run(signal), this.chainWatch.run(signal)]);
  }
}

export const createEventing = (options: EventingOptions): Eventing => new Eventing(options);
