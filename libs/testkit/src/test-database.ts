import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import { DataSource, type MixedList } from 'typeorm';

type Migrations = Extract<MixedList<new () => unknown>, readonly unknown[] | unknown[]>;

export interface TestDatabase {
  url: string;
  /** An initialised DataSource after `migrations`; closed by `drop`. */
  dataSource(migrations: Migrations): Promise<DataSource>;
  /** Closes what was opened and removes the database. */
  drop(): Promise<void>;
}

async function asSuperuser(adminUrl: string, sql: string): Promise<void> {
  const client = new Client({ connectionString: adminUrl });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

/** A database of its own for a suite, on the server that `adminUrl` names. */
export async function createTestDatabase(name: string, adminUrl = process.env.TEST_DATABASE_URL): Promise<TestDatabase> {
  if (!adminUrl) throw new Error('TEST_DATABASE_URL is not set: run the suite through jest, whose global set-up starts a server');
  const database = `${name.replaceAll(/[^a-z0-9]+/gi, '_').toLowerCase()}_${randomBytes(4).toString('hex')}`;
  await asSuperuser(adminUrl, `create database "${database}"`);
  const url = Object.assign(new URL(adminUrl), { pathname: `/${database}` }).href;
  const open: DataSource[] = [];
  return {
    url,
    async dataSource(migrations) {
      const dataSource = new DataSource({
        type: 'postgres',
        url,
        migrations: [...migrations] as (new () => never)[],
        uuidExtension: 'pgcrypto',
        installExtensions: false,
        poolSize: 10,
      });
      open.push(await dataSource.initialize());
      await dataSource.runMigrations({ transaction: 'each' });
      return dataSource;
    },
    async drop() {
      await Promise.all(open.splice(0).map((dataSource) => dataSource.destroy()));
      await asSuperuser(adminUrl, `drop database if exists "${database}" with (force)`);
    },
  };
}
