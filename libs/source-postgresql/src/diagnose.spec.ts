import net from 'node:net';
import { diagnose } from './diagnose.js';
import { connectionFromUrl, type PostgresConnection } from './postgres-connection.js';
import { openSnapshot } from './postgres-snapshot.js';
import { TestDatabases } from './test-databases.fixture.js';

describe('what a source answers before an export', () => {
  const databases = new TestDatabases();
  const role = `srcpg_reader_${process.pid}`;
  let source: PostgresConnection;
  let reader: PostgresConnection;

  beforeAll(async () => {
    source = await databases.create(
      'diagnose',
      `CREATE ROLE ${role} LOGIN PASSWORD 'x'; CREATE SCHEMA "Odd.one"; CREATE TABLE "Odd.one"."my ""table""" (id serial);
       CREATE TABLE open (id int); GRANT SELECT ON open TO ${role}; CREATE EXTENSION IF NOT EXISTS plpgsql;`,
    );
    reader = { ...source, user: role };
  });
  afterAll(async () => {
    await databases.sql(source, `DROP OWNED BY ${role}; DROP ROLE ${role}`);
    await databases.dropAll();
  });

  it('describes a source that can be read', async () => {
    const diagnosis = await diagnose(source);
    expect(diagnosis).toMatchObject({ database: source.database, tables: 2, encoding: 'UTF8', warnings: [] });
    expect(diagnosis.size_bytes).toBeGreaterThan(1_000_000);
    expect(diagnosis.server_version).toMatch(/^\d+/);
  });

  it('names a port on which nothing listens', async () => {
    const server = net.createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const { port } = server.address() as net.AddressInfo;
    await new Promise((resolve) => server.close(resolve));
    const error = await diagnose({ ...source, host: '127.0.0.1', port }).catch((caught: unknown) => caught);
    expect(error).toMatchObject({ code: 'SOURCE_UNREACHABLE', details: { host: '127.0.0.1', port } });
    expect((error as Error).message).toContain('refused');
  });

  it('names a host that DNS does not know', async () => {
    const error = await diagnose({ ...source, host: 'no-such-host.invalid' }).catch((caught: unknown) => caught);
    expect(error).toMatchObject({ code: 'SOURCE_UNREACHABLE' });
    expect((error as Error).message).toMatch(/no-such-host\.invalid.*(DNS|resolved)/s);
  });

  it('names a database and a role that do not exist', async () => {
    await expect(diagnose({ ...source, database: 'absent' })).rejects.toMatchObject({ code: 'SOURCE_DATABASE_MISSING' });
    await expect(diagnose({ ...source, user: 'nobody at all' })).rejects.toMatchObject({ code: 'SOURCE_AUTHENTICATION' });
  });

  it('names exactly what a role may not read, and grants that mend it', async () => {
    const error = (await diagnose(reader).catch((caught: unknown) => caught)) as {
      code: string;
      details: { tables: string[]; grants: string[] };
    };
    expect(error.code).toBe('SOURCE_PRIVILEGE');
    expect(error.details.tables).toEqual(['"Odd.one"."my ""table"""', '"Odd.one"."my ""table""_id_seq"']);
    await expect(openSnapshot(reader)).rejects.toMatchObject({ code: 'SOURCE_PRIVILEGE' });
    for (const grant of error.details.grants) await databases.sql(source, grant);
    expect((await diagnose(reader)).tables).toBe(2);
  });

  it('refuses a role from which row security hides rows', async () => {
    await databases.sql(
      source,
      `CREATE TABLE public.guarded (id int); INSERT INTO public.guarded SELECT generate_series(1, 100); GRANT SELECT ON public.guarded TO ${role};
       ALTER TABLE public.guarded ENABLE ROW LEVEL SECURITY; CREATE POLICY half ON public.guarded USING (id % 2 = 0)`,
    );
    await expect(diagnose(reader)).rejects.toMatchObject({ code: 'SOURCE_ROW_SECURITY', details: { tables: ['"public"."guarded"'] } });
    await expect(openSnapshot(reader)).rejects.toMatchObject({ code: 'SOURCE_ROW_SECURITY' });
    const snapshot = await openSnapshot(source);
    try {
      expect(await snapshot.count(snapshot.tables.find((table) => table.name === 'guarded')!)).toBe(100);
    } finally {
      await snapshot.close();
    }
  });

  it('reads an own target from a URL, and nothing else', () => {
    expect(connectionFromUrl('postgresql://me:p%40ss@[::1]:6543/a%20b?sslmode=verify-full')).toEqual({
      host: '::1',
      port: 6543,
      database: 'a b',
      user: 'me',
      password: 'p@ss',
      ssl: true,
    });
    for (const text of [
      'mysql://a@b/c',
      'postgresql://host/db',
      'postgresql://me@host/',
      'nonsense',
      'postgresql://me@h/d?sslmode=maybe',
    ]) {
      expect(() => connectionFromUrl(text)).toThrow(expect.objectContaining({ code: 'VALIDATION_FAILED' }));
    }
  });
});
