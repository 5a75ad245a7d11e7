import { DataSource, type MixedList } from 'typeorm';

export type Migrations = Extract<MixedList<new () => unknown>, readonly unknown[] | unknown[]>;

const migrationLockKey = 4_711_004;

/** One connection as the owner of the tables, over the rows of all tenants: for what changes tables, never for what serves requests. */
async function openAsOwner(url: string, migrations: Migrations): Promise<DataSource> {
  const dataSource = new DataSource({
    type: 'postgres',
    url,
    migrations: [...migrations] as (new () => never)[],
    uuidExtension: 'pgcrypto',
    installExtensions: false,
    poolSize: 1,
    extra: { connectionTimeoutMillis: 10_000, options: '-c lastcopy.scope=service' },
  });
  return dataSource.initialize();
}

/**
 * Runs `work` as the owner of the tables, one process at a time, and then gives `applicationRole` its rights to all tables, new ones
 * included, each limited to its tenants.
 */
export async function asOwner(
  url: string,
  applicationRole: string,
  migrations: Migrations,
  work: (owner: DataSource) => Promise<unknown>,
): Promise<void> {
  const owner = await openAsOwner(url, migrations);
  try {
    await owner.query('select pg_advisory_lock($1)', [migrationLockKey]);
    await work(owner);
    await owner.query('select lastcopy_admit_application($1)', [applicationRole]);
  } finally {
    await owner.destroy();
  }
}

/** Brings the tables up to date with `migrations`, the event log's among them, as the owner that `url` names. */
export const migrateDatabase = (url: string, applicationRole: string, migrations: Migrations): Promise<void> =>
  asOwner(url, applicationRole, migrations, (owner) => owner.runMigrations({ transaction: 'each' }));
