import { randomUUID } from 'node:crypto';
import { CodedError } from '@lastcopy/kernel';
import { contextFromEvent } from '../command-context.js';
import { Eventing } from '../eventing.js';
import type { LoggedEvent } from '../store/event-rows.js';
import { contextOf, openLog, paused, silent, clock, type LogFixture } from '../testing/log-fixture.js';
import type { Projection, Reactor, Subscription } from './subscription.js';
import { until } from '@lastcopy/testkit';

const poisonReason = 'poison';

const pausesProjection = (version: number, factor = 1): Projection => ({
  kind: 'projection',
  name: 'pauses',
  version,
  types: ['ArchiveJobPaused'],
  tables: (schema) => `create table "${schema}".jobs (job_id text primary key, pauses integer not null)`,
  async apply({ query }, events, schema) {
    for (const event of events) {
      const { job_id, reason } = event.data as { job_id: string; reason: string };
      if (reason === poisonReason) throw new Error('the fold cannot read this');
      await query(
        `insert into "${schema}".jobs values ($1, $2) on conflict (job_id) do update set pauses = jobs.pauses + excluded.pauses`,
        [job_id, factor],
      );
    }
  },
});

describe('subscriptions', () => {
  let log: LogFixture;
  const running: Eventing[] = [];
  beforeEach(async () => {
    log = await openLog('subscriptions');
  });
  afterEach(async () => {
    for (const eventing of running.splice(0)) await eventing.stop();
    await log.database.drop();
  });

  /** Without a bus: the address refuses every connection. */
  async function start(...subscriptions: Subscription[]): Promise<Eventing> {
    const nats = { servers: 'nats://127.0.0.1:1' };
    const { dataSource, database } = log;
    const eventing = new Eventing({
      service: 'archive-service',
      dataSource,
      databaseUrl: database.settings.DATABASE_URL,
      ownerUrl: database.settings.MIGRATION_DATABASE_URL,
      nats,
      clock,
      logger: silent,
      subscriptions,
    });
    running.push(eventing);
    await eventing.start();
    return eventing;
  }
  const pause = async (job: string, reason = 'x') => {
    const version = await log.append('archive_job', job, [paused(job, randomUUID(), reason)]);
    return { source: 'archive-service' as const, stream_id: `archive_job:${job}`, version };
  };
  const rows = (schema: string): Promise<{ job_id: string; pauses: number }[]> =>
    log.store.query(`select * from "${schema}".jobs order by job_id`);
  const alertCount = async () => (await log.store.readLog(1, 500)).filter(({ type }) => type === 'AlertRaised').length;

  it('a projection follows the log, goes on after a restart, and a rebuild gives the same', async () => {
    const job = randomUUID();
    await pause(job);
    const eventing = await start(pausesProjection(1));
    expect(await eventing.waitUntilApplied('pauses', await pause(job), 60_000)).toBe(true);
    await eventing.stop();
    const token = await pause(job);
    expect(await eventing.waitUntilApplied('pauses', token, 50)).toBe(false);
    await eventing.start();
    expect(await eventing.waitUntilApplied('pauses', token, 60_000)).toBe(true);
    expect(await rows('pauses_v1')).toEqual([{ job_id: job, pauses: 3 }]);
    expect(await eventing.subscriptions.states()).toEqual([{ name: 'pauses', log_seq: 3, lag: 0, parked: 0 }]);
    expect(await eventing.subscriptions.rebuildAndCompare('pauses')).toEqual({ equal: true, events: 3, differences: [] });
    await log.dataSource.query('update pauses_v1.jobs set pauses = 7');
    expect(await eventing.subscriptions.rebuildAndCompare('pauses')).toMatchObject({
      equal: false,
      differences: [{ table: 'jobs', onlyLive: [{ pauses: 7 }], onlyRebuilt: [{ pauses: 3 }] }],
    });
  });

  it('fills the tables of a new version beside the old ones and then swaps', async () => {
    const job = randomUUID();
    const old = await start(pausesProjection(1));
    expect(await old.waitUntilApplied('pauses', await pause(job), 60_000)).toBe(true);
    await old.stop();
    let mayFill!: () => void;
    const filling = new Promise<void>((resolve) => (mayFill = resolve));
    const { apply, ...projection } = pausesProjection(2, 10);
    const renewed = await start({ ...projection, apply: async (...event) => filling.then(() => apply(...event)) });
    // The tables of before are for the software of before.
    expect(() => renewed.tableSchema('pauses')).toThrow(expect.objectContaining({ code: 'SERVICE_UNAVAILABLE' }));
    expect(await renewed.waitUntilApplied('pauses', await pause(job), 60_000)).toBe(false);
    mayFill();
    await until('readers are on the new tables', () => renewed.tableSchema('pauses') === 'pauses_v2');
    expect(await rows('pauses_v2')).toEqual([{ job_id: job, pauses: 20 }]);
    expect(await rows('pauses_v1')).toEqual([{ job_id: job, pauses: 1 }]);
  });

  it('a poison event parks its aggregate alone, with one alert, until it is applied again in order', async () => {
    const [sick, sound] = [randomUUID(), randomUUID()];
    let cured = false;
    const projection = pausesProjection(1);
    const curable: Projection = {
      ...projection,
      apply: (tx, events, schema) =>
        projection.apply(tx, cured ? events.map((event) => ({ ...event, data: { ...event.data, reason: 'cured' } })) : events, schema),
    };
    await pause(sick);
    const poison = await pause(sick, poisonReason);
    await pause(sound);
    const behind = await pause(sick);
    const eventing = await start(curable);
    expect(await eventing.waitUntilApplied('pauses', await pause(sound), 60_000)).toBe(true);
    expect(await eventing.waitUntilApplied('pauses', poison, 5_000)).toBe(false);
    expect(await eventing.waitUntilApplied('pauses', behind, 5_000)).toBe(false);
    expect((await rows('pauses_v1')).map(({ pauses }) => pauses).sort()).toEqual([1, 2]);
    await until('an alert', async () => (await alertCount()) === 1);
    expect(await eventing.subscriptions.unpark('pauses', poison.stream_id)).toMatchObject({ applied: 0, remaining: 2 });
    cured = true;
    expect(await eventing.subscriptions.unpark('pauses', poison.stream_id)).toEqual({ applied: 2, remaining: 0 });
    expect(await eventing.subscriptions.parked()).toEqual([]);
    expect(await eventing.waitUntilApplied('pauses', await pause(sick), 60_000)).toBe(true);
    expect((await rows('pauses_v1')).map(({ pauses }) => pauses).sort()).toEqual([2, 4]);
    expect(await alertCount()).toBe(1);
  });

  it('a reactor retries what is transient, parks what is not, and its repeats have one effect', async () => {
    const [shaky, sick, sound] = [randomUUID(), randomUUID(), randomUUID()];
    const calls: string[] = [];
    const reactor: Reactor = {
      kind: 'reactor',
      name: 'resume-jobs',
      types: ['ArchiveJobPaused'],
      async react(event: LoggedEvent) {
        calls.push(event.aggregate_id);
        const { job_id, flow_id } = event.data as { job_id: string; flow_id: string };
        if (job_id === sick) throw new Error('no such thing');
        const run = () =>
          log.store.execute(contextFromEvent(event, 'archive-service', 'resume-jobs'), 'Resume', { job_id }, async (tx) => {
            const { version } = await tx.load('archive_job', job_id);
            await tx.append('archive_job', job_id, version, [{ type: 'ArchiveJobResumed', data: { job_id, flow_id, reason: 'go' } }]);
            return { source: 'archive-service', stream_id: event.stream_id, version: version + 1 };
          });
        await run();
        if (job_id === shaky && calls.filter((id) => id === shaky).length < 3)
          throw new CodedError('SERVICE_UNAVAILABLE', 'lost the answer');
        await run();
      },
    };
    const tokens = [await pause(sick), await pause(shaky), await pause(sound), await pause(sick)];
    const eventing = await start(reactor);
    expect(await Promise.all(tokens.map((token) => eventing.waitUntilApplied('resume-jobs', token, 10_000)))).toEqual([
      false,
      true,
      true,
      false,
    ]);
    expect(calls).toEqual([sick, shaky, shaky, shaky, sound]);
    expect((await log.store.readStream('archive_job', shaky)).map(({ type }) => type)).toEqual(['ArchiveJobPaused', 'ArchiveJobResumed']);
    await until('one alert', async () => (await alertCount()) === 1);
  });

  it('of two processes one leads, and the other takes over when it stops', async () => {
    const one = await start(pausesProjection(1));
    await until('the first leads', () => one.isLeader);
    const two = await start(pausesProjection(1));
    const job = randomUUID();
    expect(await two.waitUntilApplied('pauses', await pause(job), 60_000)).toBe(true);
    expect(two.isLeader).toBe(false);
    await one.stop();
    expect(await two.waitUntilApplied('pauses', await pause(job), 60_000)).toBe(true);
    expect([one.leaderTerm, two.leaderTerm, two.isLeader]).toEqual([null, 1, true]);
    await log.dataSource.query(`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'lastcopy leader'`);
    expect(await two.waitUntilApplied('pauses', await pause(job), 60_000)).toBe(true);
    expect(await rows('pauses_v1')).toEqual([{ job_id: job, pauses: 3 }]);
    await until('the second leads a second time', () => two.leaderTerm === 2);
  });

  it('takes a context from the event that it follows from', async () => {
    const job = randomUUID();
    await log.append('archive_job', job, [paused(job, randomUUID())], contextOf({ correlation_id: 'correlated' }));
    const [event] = await log.store.readStream('archive_job', job);
    const context = contextFromEvent(event!, 'archive-service', 'x');
    expect(context).toMatchObject({ causation_id: event!.event_id, correlation_id: 'correlated' });
    expect(context.command_id).toBe(contextFromEvent(event!, 'archive-service', 'x').command_id);
    expect(context.command_id).not.toBe(contextFromEvent(event!, 'archive-service', 'y').command_id);
  });
});
