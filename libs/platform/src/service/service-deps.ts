import type { NatsConnection } from '@nats-io/transport-node';
import type { DataSource } from 'typeorm';
import type { ServiceName } from '@lastcopy/contracts';
import type { Eventing } from '@lastcopy/eventing';
import type { Clock } from '@lastcopy/kernel';
import type { ServiceConfig } from '../config/service-config.js';
import type { CommandClient } from '../commands/command-client.js';
import type { Logger } from '../telemetry/logger.js';

/** What every service is built from. `eventing` is there once the service starts: reactors use it when an event arrives, never earlier. */
export interface ServiceDeps<C extends ServiceConfig = ServiceConfig> {
  service: ServiceName;
  config: C;
  dataSource: DataSource;
  eventing: Eventing;
  /** Core NATS, for progress and queries. */
  nats: NatsConnection;
  commands: CommandClient;
  clock: Clock;
  logger: Logger;
}

/** Work beside commands and events: workers, sweeps. `stop` waits for what is in hand. */
export interface BackgroundWork {
  start(): Promise<void> | void;
  stop(): Promise<void>;
}

/** Nest injection token of `ServiceDeps`. */
export const SERVICE_DEPS = Symbol('ServiceDeps');
