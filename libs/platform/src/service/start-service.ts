import type { INestApplication, ModuleMetadata } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ClientNats, Transport, type MicroserviceOptions } from '@nestjs/microservices';
import { TerminusModule } from '@nestjs/terminus';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { streamKeeper, type ServiceName } from '@lastcopy/contracts';
import { createEventing, type InlineProjection, type Migrations, type Subscription } from '@lastcopy/eventing';
import { CodedError } from '@lastcopy/kernel';
import { hasBusUser } from '../bus/bus-address.js';
import { busOptions, type BusOptions } from '../bus/bus-options.js';
import { CommandClient } from '../commands/command-client.js';
import type { ServiceConfig } from '../config/service-config.js';
import { createLogger, nestLogger, type Logger } from '../telemetry/logger.js';
import { startTracing } from '../telemetry/tracing.js';
import { HealthController } from './health.controller.js';
import { openDatabase } from './open-database.js';
import { answerSelfChecks } from './self-check.js';
import { answerUnpark } from './unpark.js';
import { SERVICE_DEPS, type BackgroundWork, type ServiceDeps } from './service-deps.js';

export interface ServiceOptions<C extends ServiceConfig> {
  service: ServiceName;
  config: C;
  /** The service's own, after those of the event log. */
  migrations?: Migrations;
  module(deps: ServiceDeps<C>): ModuleMetadata;
  inlineProjections?(deps: ServiceDeps<C>): InlineProjection[];
  subscriptions?(deps: ServiceDeps<C>): Subscription[];
  background?(deps: ServiceDeps<C>): BackgroundWork[];
  configureHttp?(app: INestApplication, deps: ServiceDeps<C>): Promise<void> | void;
  /** False for a process that only works on jobs and must never hold the log's lock. @default true */
  leader?: boolean;
}

export interface RunningService {
  service: ServiceName;
  url: string;
  deps: ServiceDeps;
  close(): Promise<void>;
}

/** Undoes what was started, last first, whether the start succeeded or not. */
class Unwinding {
  private readonly steps: { name: string; undo: () => Promise<unknown> | unknown }[] = [];

  add(name: string, undo: () => Promise<unknown> | unknown): void {
    this.steps.push({ name, undo });
  }

  async run(logger: Logger): Promise<void> {
    for (const { name, undo } of this.steps.splice(0).reverse()) {
      try {
        await undo();
      } catch (error) {
        logger.error({ err: error, step: name }, 'stopping failed');
      }
    }
  }
}

async function openBus(service: string, bus: BusOptions): Promise<NatsConnection> {
  try {
    return await connect({ ...bus, name: service });
  } catch (cause) {
    throw new CodedError('SERVICE_UNAVAILABLE', `NATS at ${new URL(bus.servers).host} cannot be reached: ${(cause as Error).message}`, {
      cause,
    });
  }
}

async function startApp<C extends ServiceConfig>(
  options: ServiceOptions<C>,
  deps: ServiceDeps<C>,
  bus: BusOptions,
): Promise<INestApplication> {
  const { service } = options;
  const parts = options.module(deps);
  class ServiceModule {}
  const app = await NestFactory.create(
    {
      module: ServiceModule,
      global: true,
      ...parts,
      imports: [TerminusModule, ...(parts.imports ?? [])],
      controllers: [HealthController, ...(parts.controllers ?? [])],
      providers: [{ provide: SERVICE_DEPS, useValue: deps }, ...(parts.providers ?? [])],
      exports: [SERVICE_DEPS, ...(parts.exports ?? [])],
    },
    { logger: nestLogger(deps.logger), bufferLogs: false, abortOnError: false },
  );
  app.connectMicroservice<MicroserviceOptions>({
    transport: Transport.NATS,
    options: { ...bus, queue: service, name: `${service}-commands` },
  });
  await options.configureHttp?.(app, deps);
  return app;
}

/**
 * Starts a service: tracing, database and migrations, bus, event log, commands and HTTP, then its background work.
 * Rejects with a coded error when a part is not to be had, with everything stopped again.
 */
export async function startService<C extends ServiceConfig>(options: ServiceOptions<C>): Promise<RunningService> {
  const { service, config } = options;
  const logger = createLogger(service, config.LOG_LEVEL);
  const unwinding = new Unwinding();
  try {
    const tracing = startTracing(service, config.OTEL_EXPORTER_OTLP_ENDPOINT);
    unwinding.add('tracing', () => tracing.shutdown());
    const dataSource = await openDatabase(config, options.migrations ?? []);
    unwinding.add('database', () => dataSource.destroy());
    const bus = busOptions(service, config);
    const nats = await openBus(service, bus);
    unwinding.add('bus', () => nats.drain());
    const client = new ClientNats({ ...bus, name: `${service}-requests` });
    unwinding.add('command client', () => client.close());
    const clock = { now: () => new Date() };
    const deps = { service, config, dataSource, nats, clock, logger, commands: new CommandClient(client, service) } as ServiceDeps<C>;
    deps.eventing = createEventing({
      service,
      dataSource,
      databaseUrl: config.DATABASE_URL,
      ...(config.MIGRATION_DATABASE_URL ? { ownerUrl: config.MIGRATION_DATABASE_URL } : {}),
      // On a bus with users one service alone may make the stream; the others wait for it.
      nats: { ...bus, createsStream: service === streamKeeper || !hasBusUser(config) },
      clock,
      logger,
      inlineProjections: options.inlineProjections?.(deps) ?? [],
      subscriptions: options.subscriptions?.(deps) ?? [],
      leader: options.leader ?? true,
    });
    const app = await startApp(options, deps, bus);
    unwinding.add('http and commands', () => app.close());
    await deps.eventing.start();
    unwinding.add('event log', () => deps.eventing.stop());
    answerSelfChecks(deps);
    answerUnpark(deps);
    await app.startAllMicroservices();
    // The bus knows of the subscriptions only when it has read them: a service that says it is ready is reached by the next command.
    for (const commands of app.getMicroservices()) await commands.unwrap<NatsConnection>().flush();
    await app.listen(config.PORT, config.HOST);
    for (const work of options.background?.(deps) ?? []) {
      await work.start();
      unwinding.add('background work', () => work.stop());
    }
    logger.info({ url: await app.getUrl() }, 'service is ready');
    return { service, url: await app.getUrl(), deps, close: () => unwinding.run(logger) };
  } catch (error) {
    await unwinding.run(logger);
    throw error;
  }
}
