import { randomUUID } from 'node:crypto';
import { QueryRunnerAlreadyReleasedError } from 'typeorm';
import { contextFromEvent } from '../command-context.js';
import { createEventing } from '../eventing.js';
import { clock, contextOf, openLog, paused, silent, type LogFixture } from '../testing/log-fixture.js';
import { isTransient } from './failures.js';
import type { ServiceTransaction } from './service-transaction.js';
import { until } from '@lastcopy/testkit';

describe('a connection that is lost between two statements of a transaction', () => {
  let log: LogFixture;
  beforeEach(async () => {
    log = await openLog('lost_connection');
  });
  afterEach(() => log.database.drop());

  /** As a restart of the server does, and the time-out of a process that was frozen. Resolves once the connection is taken back from us. */
  async function loseConnection(tx: ServiceTransaction): Promise<void> {
    const [own] = await tx.query<{ pid: number }>('select pg_backend_pid() as pid');
    await log.dataSource.query('select pg_terminate_backend($1, 5000)', [own!.pid]);
    await until('the connection to be taken back', () =>
      tx.query('select 1').then(
        () => false,
        (error: unknown) => error instanceof QueryRunnerAlreadyReleasedError,
      ),
    );
  }

  it('is a passing failure: nothing was appended, and the same command can be sent again', async () => {
    const job = randomUUID();
    const context = contextOf();
    let losses = 0;
    const attempt = () =>
      log.store.transact(context, async (tx) => {
        if (losses++ === 0) await loseConnection(tx);
        return tx.append('archive_job', job, 0, [paused(job, randomUUID())]);
      });
    const failure: unknown = await attempt().catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: 'SERVICE_UNAVAILABLE', message: expect.stringContaining('connection was lost') });
    expect(isTransient(failure)).toBe(true);
    expect((await log.store.head()).position).toBe(0);
    await attempt();
    expect((await log.store.head()).position).toBe(1);
  });

  it('does not make a reactor set its aggregate aside', async () => {
    const [job, other] = [randomUUID(), randomUUID()];
    let calls = 0;
    const eventing = createEventing({
      service: 'archive-service',
      dataSource: log.dataSource,
      databaseUrl: log.database.settings.DATABASE_URL,
      ownerUrl: log.database.settings.MIGRATION_DATABASE_URL,
      nats: { servers: 'nats://127.0.0.1:1' },
      clock,
      logger: silent,
      subscriptions: [
        {
          kind: 'reactor',
          name: 'answers',
          types: ['ArchiveJobPaused'],
          react: async (event) => {
            if (event.aggregate_id !== job) return;
            await eventing.store.transact(contextFromEvent(event, 'archive-service', 'answers'), async (tx) => {
              if (calls++ === 0) await loseConnection(tx);
              await tx.append('archive_job', other, 0, [paused(other, randomUUID())]);
            });
          },
        },
      ],
    });
    await eventing.start();
    try {
      await log.append('archive_job', job, [paused(job, randomUUID())]);
      await until('the effect', async () => (await log.store.readStream('archive_job', other)).length === 1);
      expect(calls).toBe(2);
      expect(await eventing.subscriptions.parked()).toEqual([]);
    } finally {
      await eventing.stop();
    }
  });
});
