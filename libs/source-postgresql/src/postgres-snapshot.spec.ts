import { startTcpProxy, type TcpProxy } from '@lastcopy/testkit';
import type { PostgresConnection } from './postgres-connection.js';
import { openSnapshot, type PostgresSnapshot } from './postgres-snapshot.js';
import { Session, withSession } from './session.js';
import { lockAndExport } from './snapshot-opening.js';
import { TestDatabases } from './test-databases.fixture.js';

const named = (snapshot: PostgresSnapshot, name: string) => snapshot.tables.find((table) => table.name === name)!;
const nowhere = () => Promise.resolve();

async function waitUntil(what: string, isTrue: () => Promise<boolean>, withinMs = 10_000): Promise<void> {
  for (const end = Date.now() + withinMs; Date.now() < end;) {
    if (await isTrue()) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`${what} did not happen within ${withinMs} ms`);
}

describe('a snapshot of a source that lives', () => {
  const databases = new TestDatabases();
  let source: PostgresConnection;
  const sql = (text: string) => databases.sql(source, text);

  beforeAll(async () => {
    source = await databases.create(
      'snapshot',
      `CREATE TABLE t (id int, v text); INSERT INTO t SELECT i, repeat('x', 500) FROM generate_series(1, 30000) i;
       CREATE TABLE small (id int); INSERT INTO small SELECT generate_series(1, 1000);
       CREATE TABLE doomed (id int); CREATE SEQUENCE s; CREATE TEMP TABLE gone (id int)`,
    );
  });
  afterAll(() => databases.dropAll());

  it('holds while another session writes', async () => {
    const snapshot = await openSnapshot(source);
    try {
      let wrote = false;
      const result = await snapshot.copyOut(named(snapshot, 't'), async () => {
        if (wrote) return;
        wrote = true;
        await sql(
          `INSERT INTO public.t SELECT i, 'new' FROM generate_series(1, 500) i; DELETE FROM public.t WHERE id <= 100; DELETE FROM public.small`,
        );
      });
      expect(result.rows).toBe(30000);
      expect(await snapshot.count(named(snapshot, 'small'))).toBe(1000);
      expect((await snapshot.contentHash(named(snapshot, 'small'))).rows).toBe(1000);
      await snapshot.finish();
    } finally {
      await snapshot.close();
    }
    await sql('INSERT INTO public.small SELECT generate_series(1, 1000)');
  });

  it('gives blocks that end with a row, never larger than four MiB, and their rows', async () => {
    const snapshot = await openSnapshot(source);
    try {
      const blocks: { bytes: number; rows: number; last: number; lines: number }[] = [];
      const { rows, bytes } = await snapshot.copyOut(named(snapshot, 't'), async (block, count, endsRow) => {
        expect(endsRow).toBe(true);
        await new Promise((resolve) => setImmediate(resolve));
        blocks.push({ bytes: block.length, rows: count, last: block.at(-1)!, lines: block.toString().split('\n').length - 1 });
      });
      expect(blocks.length).toBeGreaterThan(3);
      expect(blocks.every((block) => block.bytes <= 4 * 1024 * 1024 && block.last === 10 && block.lines === block.rows)).toBe(true);
      expect(blocks.reduce((sum, block) => sum + block.rows, 0)).toBe(rows);
      expect(blocks.reduce((sum, block) => sum + block.bytes, 0)).toBe(bytes);
    } finally {
      await snapshot.close();
    }
  });

  it('sees a table that is rewritten between listing and locking whole', async () => {
    const blocker = await Session.open(source);
    await blocker.run('Test', 'BEGIN; ALTER TABLE public.small ALTER COLUMN id TYPE bigint');
    const opening = openSnapshot(source, { lockTimeoutMs: 20_000 });
    await waitUntil('the wait for the lock', () => isWaiting(source));
    await blocker.run('Test', 'COMMIT');
    await blocker.close();
    const snapshot = await opening;
    try {
      expect(await snapshot.count(named(snapshot, 'small'))).toBe(1000);
      expect(snapshot.schema.tables.find((table) => table.name === 'small')!.columns[0]!.type).toBe('bigint');
    } finally {
      await snapshot.close();
    }
  });

  it('begins anew when a table is dropped between listing and locking', async () => {
    const blocker = await Session.open(source);
    await blocker.run(
      'Test',
      'BEGIN; DROP TABLE public.doomed; CREATE TABLE public.successor (id int); INSERT INTO public.successor VALUES (1)',
    );
    const opening = openSnapshot(source, { lockTimeoutMs: 20_000 });
    await waitUntil('the wait for the lock', () => isWaiting(source));
    await blocker.run('Test', 'COMMIT');
    await blocker.close();
    const snapshot = await opening;
    try {
      expect(named(snapshot, 'doomed')).toBeUndefined();
      expect(await snapshot.count(named(snapshot, 'successor'))).toBe(1);
      await expect(sql(`SET lock_timeout = 100; DROP TABLE public.successor`)).rejects.toMatchObject({ code: 'SOURCE_LOCKED' });
    } finally {
      await snapshot.close();
    }
  });

  it('gives up when a lock is not to be had', async () => {
    const blocker = await Session.open(source);
    await blocker.run('Test', 'BEGIN; LOCK TABLE public.small IN ACCESS EXCLUSIVE MODE');
    await expect(openSnapshot(source, { lockTimeoutMs: 100 })).rejects.toMatchObject({ code: 'SOURCE_LOCKED' });
    await blocker.close();
  });

  it('never settles on a listing that the snapshot does not share', async () => {
    const [locks, exporter] = [await Session.open(source), await Session.open(source)];
    const begin = exporter.run.bind(exporter);
    let rounds = 0;
    // every time before the snapshot is taken a table appears that is not locked
    exporter.run = async (doing, text) => {
      if (text.startsWith('BEGIN')) await sql(`CREATE TABLE public.late${rounds++} (id int)`);
      await begin(doing, text);
    };
    await expect(lockAndExport(locks, exporter, 1000)).rejects.toMatchObject({ code: 'SOURCE_SCHEMA_CHANGED' });
    expect(rounds).toBe(10);
    await Promise.all([locks.close(), exporter.close()]);
    await sql(Array.from({ length: rounds }, (_, n) => `DROP TABLE public.late${n}`).join(';'));
  });

  it('notices a schema that changed during the export', async () => {
    const snapshot = await openSnapshot(source);
    try {
      await sql('CREATE TABLE public.newcomer (id int); CREATE VIEW public.seen AS SELECT 1 AS one');
      const error = (await snapshot.finish().catch((caught: unknown) => caught)) as { code: string; message: string };
      expect(error.code).toBe('SOURCE_SCHEMA_CHANGED');
      expect(error.message).toContain('table "public"."newcomer" was created');
    } finally {
      await snapshot.close();
      await sql('DROP TABLE public.newcomer; DROP VIEW public.seen');
    }
  });

  it('reads sequences as they are after the copy', async () => {
    const snapshot = await openSnapshot(source);
    try {
      await sql(`SELECT nextval('public.s'), nextval('public.s'), nextval('public.s')`);
      expect((await snapshot.finish()).sequences).toMatchObject([{ name: 's', last_value: '3', is_called: true }]);
    } finally {
      await snapshot.close();
    }
  });

  it('stops at once when it is told to, and passes on what the sink throws', async () => {
    const snapshot = await openSnapshot(source);
    try {
      const stop = new AbortController();
      const reason = new Error('enough');
      const copying = snapshot.copyOut(named(snapshot, 't'), () => Promise.resolve(stop.abort(reason)), { signal: stop.signal });
      await expect(copying).rejects.toBe(reason);
      await expect(snapshot.copyOut(named(snapshot, 't'), () => Promise.reject(reason))).rejects.toBe(reason);
      expect((await snapshot.copyOut(named(snapshot, 'small'), nowhere)).rows).toBe(1000);
    } finally {
      await snapshot.close();
    }
  });
});

async function isWaiting(source: PostgresConnection): Promise<boolean> {
  return withSession(source, async (session) => {
    const rows = await session.query(
      'Test',
      `SELECT 1 FROM pg_locks l JOIN pg_database d ON d.oid = l.database WHERE NOT l.granted AND d.datname = $1`,
      [source.database],
    );
    return rows.length > 0;
  });
}

describe('a source whose connection breaks in the middle of a table', () => {
  // Long enough for a server that gets no processor for a while.
  const inactivityMs = 2_000;
  const databases = new TestDatabases();
  let proxy: TcpProxy;
  let through: PostgresConnection;
  let snapshot: PostgresSnapshot;

  beforeEach(async () => {
    const source = await databases.create(
      'broken',
      `CREATE TABLE t (id int, v text); INSERT INTO t SELECT i, repeat('x', 500) FROM generate_series(1, 40000) i`,
    );
    proxy = await startTcpProxy(source.host, source.port);
    through = { ...source, host: '127.0.0.1' };
    snapshot = await openSnapshot({ ...through, port: proxy.port }, { inactivityMs });
  });
  afterEach(async () => {
    await proxy.close();
    await snapshot.close();
  });
  afterAll(() => databases.dropAll());

  it.each(['cut', 'reset'] as const)('is lost when it is %s', async (fault) => {
    proxy.after(6_000_000, fault);
    await expect(snapshot.copyOut(named(snapshot, 't'), nowhere)).rejects.toMatchObject({ code: 'SOURCE_LOST' });
  });

  it('is stalled when the network swallows all', async () => {
    proxy.after(6_000_000, 'blackHole');
    await expect(snapshot.copyOut(named(snapshot, 't'), nowhere)).rejects.toMatchObject({ code: 'SOURCE_STALLED' });
  });

  it('is stalled when the answer to a count never comes', async () => {
    await snapshot.count(named(snapshot, 't'));
    proxy.after(1, 'blackHole');
    await expect(snapshot.contentHash(named(snapshot, 't'))).rejects.toMatchObject({ code: 'SOURCE_STALLED' });
  });

  it('is stalled when the last look at the schema is never answered', async () => {
    await snapshot.count(named(snapshot, 't'));
    proxy.after(1, 'blackHole');
    await expect(snapshot.finish()).rejects.toMatchObject({ code: 'SOURCE_STALLED' });
  });

  it('is stalled when the network swallows all while a snapshot is opened', async () => {
    proxy.after(3_000, 'blackHole');
    const opening = openSnapshot({ ...through, port: proxy.port }, { inactivityMs }).then((opened) => opened.close());
    await expect(opening).rejects.toMatchObject({ code: 'SOURCE_STALLED' });
  });

  it('does not take a slow sink for a silent source', async () => {
    let slow = true;
    const { rows } = await snapshot.copyOut(named(snapshot, 't'), async () => {
      if (slow) await new Promise((resolve) => setTimeout(resolve, 1.5 * inactivityMs));
      slow = false;
    });
    expect(rows).toBe(40000);
  });
});
