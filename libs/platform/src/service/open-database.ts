import { DataSource } from 'typeorm';
import { eventingMigrations, migrateDatabase, type Migrations } from '@lastcopy/eventing';
import { CodedError } from '@lastcopy/kernel';
import type { ServiceConfig } from '../config/service-config.js';

/** What is wrong with a role that serves requests: each of these would let a forgotten condition reach another tenant. */
const faultsOfRole = `
  select rolname as role, rolsuper as "is a superuser", rolbypassrls as "bypasses row-level security",
    exists (select from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where n.nspname !~ '^pg_' and n.nspname <> 'information_schema' and c.relkind in ('r', 'p')
        and pg_has_role(current_user, c.relowner, 'MEMBER')) as "owns tables or may act as their owner",
    has_table_privilege('events', 'update, delete, truncate') or has_table_privilege('received_events', 'update, delete, truncate')
      as "may change or remove events"
  from pg_roles where rolname = current_user`;

async function connect(url: string, migrations: Migrations): Promise<DataSource> {
  const dataSource = new DataSource({
    type: 'postgres',
    url,
    migrations: [...migrations] as (new () => never)[],
    migrationsRun: false,
    uuidExtension: 'pgcrypto',
    installExtensions: false,
    poolSize: 10,
    extra: { connectionTimeoutMillis: 10_000, keepAlive: true },
  });
  try {
    return await dataSource.initialize();
  } catch (cause) {
    const { hostname, port, pathname } = new URL(url);
    throw new CodedError(
      'SERVICE_UNAVAILABLE',
      `Database ${pathname.slice(1)} at ${hostname}:${port} cannot be opened: ${(cause as Error).message}`,
      { cause },
    );
  }
}

async function assertMigrated(dataSource: DataSource): Promise<void> {
  const [{ exists }] = await dataSource.query(`select to_regclass('migrations') is not null as exists`);
  if (exists && !(await dataSource.showMigrations())) return;
  throw new CodedError(
    'CONFIGURATION_INVALID',
    'The tables of the database in DATABASE_URL are not up to date, and the role there cannot change them. Start the service once with MIGRATION_DATABASE_URL, which names their owner.',
  );
}

/** Throws CONFIGURATION_INVALID unless row-level security holds for the role that the service works as, and facts are out of its reach. */
export async function assertApplicationRole(dataSource: DataSource): Promise<void> {
  const [{ role, ...faults }] = await dataSource.query(faultsOfRole);
  const found = Object.keys(faults).filter((fault) => faults[fault]);
  if (found.length === 0) return;
  throw new CodedError(
    'CONFIGURATION_INVALID',
    `DATABASE_URL names the role ${role}, which ${found.join(', ')}. Name a role there that only reads and writes rows, and the owner of the tables in MIGRATION_DATABASE_URL.`,
  );
}

/**
 * The service's database as the role that serves requests, with its tables up to date: brought so by their owner where
 * MIGRATION_DATABASE_URL names it. Throws CONFIGURATION_INVALID for a role or tables that are not right, SERVICE_UNAVAILABLE.
 */
export async function openDatabase(config: ServiceConfig, own: Migrations): Promise<DataSource> {
  const migrations = [...eventingMigrations, ...own];
  const dataSource = await connect(config.DATABASE_URL, migrations);
  try {
    const [{ role }] = await dataSource.query('select current_user as role');
    if (config.MIGRATION_DATABASE_URL) await migrateDatabase(config.MIGRATION_DATABASE_URL, role, migrations);
    await assertMigrated(dataSource);
    await assertApplicationRole(dataSource);
    return dataSource;
  } catch (error) {
    await dataSource.destroy();
    throw error;
  }
}
