import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { jest } from '@jest/globals';
import type { DataSource } from 'typeorm';
import { createEventing, eventingMigrations, EventStore, isTransient, type Eventing } from '@lastcopy/eventing';
import { createTestDatabase, type TestDatabase, until } from '@lastcopy/testkit';
import { contextOf, pausedEvent } from './counted-events.mjs';

jest.setTimeout(120_000);
const clock = { now: () => new Date() };
const silent = { debug() {}, info() {}, warn() {}, error() {} };
const natsUrl = process.env.TEST_NATS_URL!;
const leads = 'this process leads the event log';
const leadsNoMore = 'this process leads the event log no more';

interface LogProcess {
  child: ChildProcessWithoutNullStreams;
  said(line: string): number;
  all(): string;
  exited: Promise<string>;
}

let database: TestDatabase;
let dataSource: DataSource;
let store: EventStore;
const children: ChildProcessWithoutNullStreams[] = [];

beforeEach(async () => {
  database = await createTestDatabase('frozen');
  dataSource = await database.dataSource(eventingMigrations);
  store = new EventStore({ service: 'archive-service', dataSource, clock });
});
afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  await database.drop();
});

function start(mode: 'lead' | 'hold-append'): LogProcess {
  const args = ['--disable-warning=ExperimentalWarning', path.join(import.meta.dirname, 'event-log-process.mjs'), mode];
  const env = { PATH: process.env.PATH, ...database.settings, NATS_URL: natsUrl };
  const child = spawn(process.execPath, args, { env });
  children.push(child);
  let log = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (log += chunk.toString()));
  const exited = new Promise<string>((resolve) => child.once('exit', (code, signal) => resolve(signal ?? String(code))));
  return { child, exited, all: () => log, said: (line) => log.split('\n').filter((each) => each === line).length };
}

const hasSaid = (process: LogProcess, line: string, withinMs: number, times = 1) =>
  until(`"${line}" of a process that said:\n${process.all()}`, async () => process.said(line) >= times, withinMs);

/** As a client does: what fails in passing is sent again under the same command id. */
async function append(job: string): Promise<void> {
  const context = contextOf();
  for (;;) {
    try {
      await store.transact(context, async (tx) => {
        const { version } = await tx.load('archive_job', job);
        await tx.append('archive_job', job, version, [pausedEvent(job)]);
      });
      return;
    } catch (error) {
      if (!isTransient(error)) throw error;
      await delay(50);
    }
  }
}

const timesOf = async (job: string): Promise<number> =>
  Number((await database.asSuperuser('select times from counted_v1.jobs where job_id = $1', [job]))[0]?.times ?? 0);

describe('a leader that is frozen', () => {
  let gatewayDatabase: TestDatabase;
  let gateway: Eventing;
  beforeEach(async () => {
    gatewayDatabase = await createTestDatabase('frozen_gateway');
    gateway = createEventing({
      service: 'gateway',
      dataSource: await gatewayDatabase.dataSource(eventingMigrations),
      databaseUrl: gatewayDatabase.settings.DATABASE_URL,
      nats: { servers: natsUrl },
      clock,
      logger: silent,
    });
    await gateway.start();
  });
  afterEach(async () => {
    await gateway.stop();
    await gatewayDatabase.drop();
  });

  const received = () =>
    gateway.store.query<{ hash: string }>(`select hash from received_events where source = 'archive-service' order by position`);
  const inStep = () =>
    until('the gateway to have every event', async () => (await received()).at(-1)?.hash === (await store.head()).hash, 30_000);

  /** Appends until told to stop; answers how many. */
  function load(job: string): () => Promise<number> {
    let goesOn = true;
    let count = 0;
    const running = (async () => {
      for (; goesOn; count += 1) await append(job);
    })();
    return async () => {
      goesOn = false;
      await running;
      return count;
    };
  }

  it('in the midst of work is replaced within its 15 s, and changes nothing when it thaws', async () => {
    const frozen = start('lead');
    await hasSaid(frozen, leads, 20_000);
    const other = start('lead');
    const job = randomUUID();
    const stopLoad = load(job);
    await until('the first leader to work', async () => (await timesOf(job)) > 50);
    frozen.child.kill('SIGSTOP');
    expect(other.said(leads)).toBe(0);
    await hasSaid(other, leads, 25_000);
    const before = await timesOf(job);
    await until('the second leader to work', async () => (await timesOf(job)) > before + 50);
    frozen.child.kill('SIGCONT');
    await hasSaid(frozen, leadsNoMore, 10_000);
    const whenThawed = await timesOf(job);
    await until('events after the thaw', async () => (await timesOf(job)) > whenThawed + 50);
    const appended = await stopLoad();
    await inStep();
    await until('every event to be counted', async () => (await timesOf(job)) >= appended);
    expect(await timesOf(job)).toBe(appended);
    expect(await gateway.verifyChain('archive-service')).toEqual({ ok: true, checked: appended });
    expect(await gateway.forks()).toEqual([]);
    expect([frozen.said(leads), other.said(leads), other.said(leadsNoMore)]).toEqual([1, 1, 0]);
  });

  it('leads again when the one that replaced it is gone', async () => {
    const first = start('lead');
    await hasSaid(first, leads, 20_000);
    const second = start('lead');
    const job = randomUUID();
    await append(job);
    first.child.kill('SIGSTOP');
    await hasSaid(second, leads, 25_000);
    first.child.kill('SIGCONT');
    await hasSaid(first, leadsNoMore, 10_000);
    second.child.kill('SIGKILL');
    await hasSaid(first, leads, 10_000, 2);
    await append(job);
    await until('the event after that to be counted', async () => (await timesOf(job)) === 2);
    await inStep();
  });
});

it('a process that is frozen in the midst of an append holds up the others for ten seconds, and its append never was', async () => {
  const frozen = start('hold-append');
  await hasSaid(frozen, 'the lock is held', 20_000);
  frozen.child.kill('SIGSTOP');
  const job = randomUUID();
  const startedAt = performance.now();
  let done = false;
  const waiting = append(job).then(() => (done = true));
  await delay(1_000);
  expect(done).toBe(false);
  await waiting;
  expect(performance.now() - startedAt).toBeLessThan(20_000);
  frozen.child.stdin.write('go on\n');
  frozen.child.kill('SIGCONT');
  expect(await frozen.exited).toBe('0');
  expect(frozen.all()).toContain('refused with SERVICE_UNAVAILABLE');
  const log = await store.readLog(1, 10);
  expect(log.map(({ position, aggregate_id }) => [position, aggregate_id])).toEqual([[1, job]]);
});
