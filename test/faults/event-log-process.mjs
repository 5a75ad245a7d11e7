// One process of the archive-service, reduced to its event log, for tests that freeze it. Says in lines on stdout what happens to it.
//   lead          runs the log, with a projection that counts every event it is given
//   hold-append   appends one event and keeps its transaction open until a line arrives on stdin
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import 'reflect-metadata';
import { createEventing } from '@lastcopy/eventing';
import { DataSource } from 'typeorm';
import { contextOf, countedEvents, pausedEvent } from './counted-events.mjs';

const { DATABASE_URL: url, MIGRATION_DATABASE_URL: ownerUrl, NATS_URL: servers } = process.env;
const say = (line) => process.stdout.write(`${line}\n`);
const logger = {
  debug() {},
  info: (_, message) => say(message),
  warn: (fields, message) => say(`${message}: ${fields.err}`),
  error: (fields, message) => say(`${message}: ${fields.err}`),
};

const dataSource = await new DataSource({
  type: 'postgres',
  url,
  uuidExtension: 'pgcrypto',
  installExtensions: false,
  poolSize: 10,
}).initialize();
const eventing = createEventing({
  service: 'archive-service',
  dataSource,
  databaseUrl: url,
  ownerUrl,
  nats: { servers },
  clock: { now: () => new Date() },
  logger,
  subscriptions: [countedEvents],
});

if (process.argv[2] === 'lead') await eventing.start();
else {
  const job = randomUUID();
  try {
    await eventing.store.transact(contextOf(), async (tx) => {
      await tx.append('archive_job', job, 0, [pausedEvent(job)]);
      say('the lock is held');
      await once(process.stdin, 'data');
    });
    say('committed');
  } catch (error) {
    say(`refused with ${error.code}`);
  }
  await dataSource.destroy();
  process.exit(0);
}
