import { randomUUID } from 'node:crypto';
import { aggregatesOf } from '@lastcopy/contracts';
import type { Event } from '@lastcopy/kernel';
import { contextOf, openLog, otherTenant, paused, type LogFixture } from '../testing/log-fixture.js';
import { decideAndAppend } from './decide-and-append.js';
import { envelopeHash } from './envelope-hash.js';
import { verifyChain } from './verify-chain.js';

const tested = (system: string, message: string): Event => ({
  type: 'SystemConnectionTested',
  data: { system_id: system, passed: true, message },
});

describe('event store', () => {
  let log: LogFixture;
  const inline: string[] = [];
  beforeAll(async () => {
    log = await openLog('event_store', {
      inlineProjections: [{ name: 'seen', apply: async (_tx, event) => void inline.push(event.event_id) }],
    });
  });
  afterAll(() => log.database.drop());

  it('gives positions in the order of commits, without gaps, whatever the number of writers', async () => {
    const seen: number[] = [];
    let watching = true;
    const watcher = (async () => {
      while (watching) {
        const after = seen.at(-1) ?? 0;
        seen.push(...(await log.store.readLog(after + 1, 500)).map((event) => event.position));
      }
    })();
    await Promise.all(
      Array.from({ length: 16 }, async (_, writer) => {
        for (let n = 0; n < 5; n += 1) {
          const job = randomUUID();
          await log.append('archive_job', job, [paused(job, randomUUID(), `writer ${writer}`), paused(job, randomUUID(), 'again')]);
        }
      }),
    );
    const head = await log.store.head();
    while (seen.length < head.position) await new Promise((resolve) => setTimeout(resolve, 5));
    watching = false;
    await watcher;
    expect(head.position).toBe(160);
    expect(seen).toEqual(Array.from({ length: 160 }, (_, index) => index + 1));
    expect(await verifyChain(log.dataSource, 'own', 'archive-service')).toEqual({ ok: true, checked: 160 });
    expect(inline).toHaveLength(160);
  });

  it('answers a repeated command 50 times in parallel with one effect', async () => {
    const context = contextOf();
    const system = randomUUID();
    const run = () =>
      log.store.execute(context, 'TestConnection', { system }, async (tx) => {
        await tx.append('system', system, 0, [tested(system, 'ok')]);
        return { source: 'archive-service' as const, stream_id: `system:${system}`, version: 1, answer: { id: system } };
      });
    const answers = await Promise.all(Array.from({ length: 50 }, run));
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBeLessThanOrEqual(2);
    for (const answer of answers) {
      expect(answer).toEqual({ source: 'archive-service', stream_id: `system:${system}`, version: 1, answer: { id: system } });
    }
    expect(await log.store.readStream('system', system)).toHaveLength(1);
  });

  it('refuses a command id for another request, and keeps nothing of a failed one', async () => {
    const context = contextOf();
    const token = { source: 'archive-service' as const, stream_id: 'system:x', version: 0 };
    await expect(log.store.execute(context, 'A', { n: 1 }, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    await log.store.execute(context, 'A', { n: 1 }, async () => token);
    await expect(log.store.execute(context, 'A', { n: 2 }, async () => token)).rejects.toMatchObject({ code: 'IDEMPOTENCY_KEY_REUSED' });
    const foreign = { ...context, tenant: otherTenant };
    await expect(log.store.execute(foreign, 'A', { n: 1 }, async () => token)).rejects.toMatchObject({ code: 'IDEMPOTENCY_KEY_REUSED' });
  });

  it('refuses a stale version and leaves nothing of that transaction', async () => {
    const system = randomUUID();
    await log.append('system', system, [tested(system, 'one')]);
    const before = await log.store.head();
    const stale = log.store.transact(contextOf(), async (tx) => {
      await tx.append('system', randomUUID(), 0, [tested(system, 'other')]);
      await tx.append('system', system, 0, [tested(system, 'two')]);
    });
    await expect(stale).rejects.toMatchObject({ code: 'CONCURRENT_MODIFICATION' });
    expect(await log.store.head()).toEqual(before);
  });

  it('gives back what it was given, to the last bit', async () => {
    const system = randomUUID();
    const message = '"é\u2028 \u{1F512} \\ \u0001 e\u0301 ﬀ';
    await log.append('system', system, [
      { type: 'SystemConnectionTested', data: { system_id: system, passed: false, message, code: null } },
    ]);
    const [event] = await log.store.readStream('system', system);
    expect(event!.data).toEqual({ system_id: system, passed: false, message, code: null });
    expect(envelopeHash(event!)).toBe(event!.hash);
    expect(event!.occurred_at).toBe('2026-03-04T05:06:07.089Z');
  });

  it.each([
    ['NUL', { message: 'a\u0000b' }],
    ['a lone surrogate', { message: '\ud800' }],
    ['a date', { message: new Date(0) }],
    ['an unknown field', { message: 'x', extra: 1 }],
    ['NaN', { message: 'x', code: NaN }],
  ])('refuses %s in an event', async (_what, data) => {
    const system = randomUUID();
    const event = { type: 'SystemConnectionTested', data: { system_id: system, passed: true, ...data } };
    await expect(log.append('system', system, [event])).rejects.toMatchObject({ code: 'EVENT_MALFORMED' });
  });

  it('is silent about the streams of another tenant, and refuses aggregates of another service', async () => {
    const system = randomUUID();
    await log.append('system', system, [tested(system, 'mine')]);
    const foreign = contextOf({ tenant: otherTenant });
    await expect(log.append('system', system, [tested(system, 'theirs')], foreign)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    const blind = log.store.transact(foreign, (tx) => tx.append('system', system, 1, [tested(system, 'theirs')]));
    await expect(blind).rejects.toMatchObject({ code: 'NOT_FOUND' });
    // A version that is wrong besides must not tell by its number that there is something.
    const guessed = log.store.transact(foreign, (tx) => tx.append('system', system, 7, [tested(system, 'theirs')]));
    await expect(guessed).rejects.toMatchObject({ code: 'NOT_FOUND', message: expect.not.stringMatching(/version/) });
    expect(await log.store.transact(foreign, (tx) => tx.load('system', system))).toEqual({ events: [], version: 0 });
    expect(aggregatesOf('archive-service')).not.toContain('verification');
    await expect(log.append('verification', randomUUID(), [tested(system, 'x')])).rejects.toMatchObject({ code: 'INTERNAL' });
  });

  it('loads, folds, decides and appends; a repeated command answers the version as it is', async () => {
    const system = randomUUID();
    const decider = {
      initial: 0,
      decide: (wanted: number, count: number): Event[] => (count < wanted ? [tested(system, 'again')] : []),
      evolve: (count: number) => count + 1,
    };
    const run = (wanted: number) => log.store.transact(contextOf(), (tx) => decideAndAppend(tx, decider, 'system', system, wanted));
    expect(await run(1)).toEqual({ source: 'archive-service', stream_id: `system:${system}`, version: 1 });
    expect(await run(1)).toMatchObject({ version: 1 });
    expect(await run(2)).toMatchObject({ version: 2 });
  });

  it.each(['update events set actor = actor', 'delete from events', 'truncate events', 'update received_events set actor = actor'])(
    'refuses to %s',
    async (sql) => {
      await expect(log.dataSource.query(sql)).rejects.toThrow(/permission denied/);
      await expect(log.database.asSuperuser(sql)).rejects.toThrow(/never change/);
    },
  );

  it('finds a row that was changed behind the back of the triggers, and one that is gone', async () => {
    const other = await openLog('changed_row');
    try {
      const system = randomUUID();
      await other.append('system', system, [tested(system, 'a'), tested(system, 'b'), tested(system, 'c')]);
      await other.database.asSuperuser('alter table events disable trigger events_are_facts');
      await other.database.asSuperuser(`update events set data = jsonb_set(data, '{message}', '"B"') where position = 2`);
      const changed = await verifyChain(other.dataSource, 'own', 'archive-service');
      expect(changed).toMatchObject({ ok: false, checked: 1, firstBroken: { position: 2 } });
      await other.database.asSuperuser('delete from events where position = 2');
      const gone = await verifyChain(other.dataSource, 'own', 'archive-service');
      expect(gone).toMatchObject({ ok: false, checked: 1, firstBroken: { reason: 'position 2 is missing' } });
    } finally {
      await other.database.drop();
    }
  });
});
