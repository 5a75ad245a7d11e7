import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import { DataSource, type MixedList } from 'typeorm';

type Migrations = Extract<MixedList<new () => unknown>, readonly unknown[] | unknown[]>;
type Rows = Record<string, unknown>[];

export interface TestDatabase {
  /** As the superuser: for databases that are not a service's own, such as sources and targets of restores. */
  url: string;
  /** What a service is started with: the role that serves requests, and the owner of the tables. */
  settings: { DATABASE_URL: string; MIGRATION_DATABASE_URL: string };
  /**
   * An initialised DataSource after `migrations`, as the role that serves requests, for which row-level security holds.
   * Without migrations, as the superuser. Closed by `drop`.
   */
  dataSource(migrations: Migrations): Promise<DataSource>;
  /** What no service may do: to change tables and facts, and to see every row. */
  asSuperuser(sql: string, parameters?: unknown[]): Promise<Rows>;
  /** Closes what was opened and removes the database. */
  drop(): Promise<void>;
}

/** Roles of the server, shared by its databases: what one may do in a database, this database's owner has granted. */
const owner = 'test_owner';
const application = 'test_application';
const password = 'test';
const roleLockKey = 4_711_900;

async function withClient<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

async function createWithRoles(client: Client, database: string): Promise<void> {
  await client.query('select pg_advisory_lock($1)', [roleLockKey]);
  for (const role of [owner, application]) {
    const { rowCount } = await client.query('select from pg_roles where rolname = $1', [role]);
    if (rowCount === 0) await client.query(`create role ${role} login password '${password}'`);
  }
  await client.query('select pg_advisory_unlock($1)', [roleLockKey]);
  await client.query(`create database "${database}" owner ${owner}`);
  await client.query(`revoke all on database "${database}" from public`);
  await client.query(`grant connect on database "${database}" to ${application}`);
}

function connection(url: string, migrations: Migrations, options = {}): DataSource {
  return new DataSource({
    type: 'postgres',
    url,
    migrations: [...migrations] as (new () => never)[],
    uuidExtension: 'pgcrypto',
    installExtensions: false,
    ...options,
  });
}

async function migrate(url: string, migrations: Migrations): Promise<void> {
  const dataSource = await connection(url, migrations, { poolSize: 1, extra: { options: '-c lastcopy.scope=service' } }).initialize();
  try {
    await dataSource.runMigrations({ transaction: 'each' });
    await dataSource.query('select lastcopy_admit_application($1)', [application]);
  } finally {
    await dataSource.destroy();
  }
}

/** A database of its own for a suite, on the server that `adminUrl` names. */
export async function createTestDatabase(name: string, adminUrl = process.env.TEST_DATABASE_URL): Promise<TestDatabase> {
  if (!adminUrl) throw new Error('TEST_DATABASE_URL is not set: run the suite through jest, whose global set-up starts a server');
  const database = `${name.replaceAll(/[^a-z0-9]+/gi, '_').toLowerCase()}_${randomBytes(4).toString('hex')}`;
  await withClient(adminUrl, (client) => createWithRoles(client, database));
  const url = Object.assign(new URL(adminUrl), { pathname: `/${database}` }).href;
  const as = (username: string) => Object.assign(new URL(url), { username, password }).href;
  const settings = { DATABASE_URL: as(application), MIGRATION_DATABASE_URL: as(owner) };
  const open: DataSource[] = [];
  return {
    url,
    settings,
    async dataSource(migrations) {
      if (migrations.length > 0) await migrate(settings.MIGRATION_DATABASE_URL, migrations);
      const dataSource = connection(migrations.length > 0 ? settings.DATABASE_URL : url, [], { poolSize: 10 });
      open.push(await dataSource.initialize());
      return dataSource;
    },
    asSuperuser: (sql, parameters = []) => withClient(url, async (client) => (await client.query(sql, parameters)).rows as Rows),
    async drop() {
      await Promise.all(open.splice(0).map((dataSource) => dataSource.destroy()));
      await withClient(adminUrl, (client) => client.query(`drop database if exists "${database}" with (force)`));
    },
  };
}
