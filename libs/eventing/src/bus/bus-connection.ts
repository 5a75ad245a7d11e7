import { connect, type NatsConnection, type NodeConnectionOptions } from '@nats-io/transport-node';
import type { EventingLogger } from '../logger.js';
import { messageOf } from '../store/failures.js';
import { pause, WakeSignal } from '../wake-signal.js';

/** How the bus is reached (address, user, TLS, inbox), and what is made there. */
export interface NatsOptions extends NodeConnectionOptions {
  servers: string | string[];
  /** Whether the stream of events is made when it is missing; else it is waited for. @default true */
  createsStream?: boolean;
  /** Replicas of the events' stream: 3 in a cluster. @default 1 */
  replicas?: number;
}

const retryMs = 500;
const drainMs = 2_000;

/** One connection to the bus for as long as the process lives. A bus that is away is waited for, never an error. */
export class BusConnection {
  /** Fires at every connect and reconnect: what the bus holds may be another thing now. */
  readonly renewed = new WakeSignal();
  private connectionNow?: NatsConnection;
  private count = 0;
  private stopping = new AbortController();
  private running: Promise<void> = Promise.resolve();

  constructor(
    private readonly name: string,
    private readonly options: NatsOptions,
    private readonly logger: EventingLogger,
    private readonly onConnected: (connection: NatsConnection) => void,
  ) {}

  /** Counts connects and reconnects. */
  get generation(): number {
    return this.count;
  }

  get createsStream(): boolean {
    return this.options.createsStream ?? true;
  }

  start(): void {
    this.stopping = new AbortController();
    this.running = this.keepConnected(this.stopping.signal);
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    const connection = this.connectionNow;
    if (connection && !connection.isClosed()) {
      const drained = new AbortController();
      const drain = connection.drain().catch(() => undefined);
      await Promise.race([drain.finally(() => drained.abort()), pause(drainMs, drained.signal)]);
      await connection.close();
    }
    await this.running;
  }

  /** The connection as soon as there is one; undefined once `signal` aborts. */
  async connection(signal: AbortSignal): Promise<NatsConnection | undefined> {
    while (!signal.aborted) {
      if (this.connectionNow && !this.connectionNow.isClosed()) return this.connectionNow;
      await this.renewed.wait(retryMs, signal);
    }
    return undefined;
  }

  private async keepConnected(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      try {
        await this.oneConnection(signal);
      } catch (error) {
        this.logger.warn({ err: messageOf(error) }, 'the bus cannot be reached; trying again');
      }
      await pause(retryMs, signal);
    }
  }

  private async oneConnection(signal: AbortSignal): Promise<void> {
    const connection = await connect({ maxReconnectAttempts: -1, reconnectTimeWait: 250, ...this.options, name: this.name });
    if (signal.aborted) return connection.close();
    this.connectionNow = connection;
    this.onConnected(connection);
    this.renew();
    for await (const status of connection.status()) {
      if (status.type === 'reconnect') this.renew();
      if (status.type === 'error') this.logger.warn({ err: messageOf(status.error) }, 'the bus reported an error');
    }
    await connection.closed();
  }

  private renew(): void {
    this.count += 1;
    this.renewed.fire();
  }
}
