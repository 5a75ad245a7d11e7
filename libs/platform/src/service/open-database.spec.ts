import { eventingMigrations, migrateDatabase } from '@lastcopy/eventing';
import { createTestDatabase, type TestDatabase } from '@lastcopy/testkit';
import { DataSource } from 'typeorm';
import { loadConfig } from '../config/load-config.js';
import { ServiceConfig } from '../config/service-config.js';
import { openDatabase } from './open-database.js';

let database: TestDatabase;
beforeEach(async () => {
  database = await createTestDatabase('roles');
});
afterEach(() => database.drop());

const configOf = (settings: Partial<TestDatabase['settings']>) =>
  loadConfig(ServiceConfig, { NATS_URL: 'nats://localhost', KEYS_DIR: '/keys', ...settings });
const open = async (settings: Partial<TestDatabase['settings']>) => {
  const dataSource = await openDatabase(configOf(settings), []);
  await dataSource.destroy();
};
const refused = (message: RegExp) => expect.objectContaining({ code: 'CONFIGURATION_INVALID', message: expect.stringMatching(message) });

it('migrates as the owner, serves as the other, and needs the owner no more while nothing changes', async () => {
  const { DATABASE_URL } = database.settings;
  await expect(open({ DATABASE_URL })).rejects.toEqual(refused(/not up to date.*MIGRATION_DATABASE_URL/));
  await open(database.settings);
  await open({ DATABASE_URL });
});

it('takes over a database whose tables were made before there were two roles, with the rows in it', async () => {
  const { MIGRATION_DATABASE_URL } = database.settings;
  const before = await new DataSource({
    type: 'postgres',
    url: MIGRATION_DATABASE_URL,
    migrations: [eventingMigrations[0]!] as (new () => never)[],
    installExtensions: false,
  }).initialize();
  await before.runMigrations({ transaction: 'each' });
  await before.query('create table kept (client_account_id text not null, engagement_id text not null)');
  await before.query(`insert into kept values ('a', 'e'), ('b', 'e')`);
  await before.destroy();
  const dataSource = await openDatabase(configOf(database.settings), []);
  const kept = `select client_account_id as tenant from kept order by 1`;
  expect(await dataSource.query(kept)).toEqual([]);
  await dataSource.transaction(async (own) => {
    await own.query(`select set_config('lastcopy.client_account_id', 'b', true), set_config('lastcopy.engagement_id', 'e', true)`);
    expect(await own.query(kept)).toEqual([{ tenant: 'b' }]);
  });
  await dataSource.destroy();
});

it('is migrated by one process at a time', async () => {
  const { DATABASE_URL, MIGRATION_DATABASE_URL } = database.settings;
  const role = new URL(DATABASE_URL).username;
  await Promise.all(Array.from({ length: 4 }, () => migrateDatabase(MIGRATION_DATABASE_URL, role, eventingMigrations)));
  await open({ DATABASE_URL });
});

it('refuses a superuser, the owner, and every role for which row-level security does not hold', async () => {
  const { DATABASE_URL, MIGRATION_DATABASE_URL } = database.settings;
  await open(database.settings);
  await expect(open({ DATABASE_URL: database.url })).rejects.toEqual(refused(/is a superuser, bypasses row-level security, owns tables/));
  await expect(open({ DATABASE_URL: MIGRATION_DATABASE_URL })).rejects.toEqual(refused(/test_owner, which owns tables/));
  const role = new URL(database.url).pathname.slice(1);
  await database.asSuperuser(`create role "${role}" login password 'test' bypassrls`);
  await database.asSuperuser(`select lastcopy_admit_application('${role}')`);
  const bypassing = Object.assign(new URL(DATABASE_URL), { username: role }).href;
  await expect(open({ DATABASE_URL: bypassing })).rejects.toEqual(refused(/bypasses row-level security/));
  await database.asSuperuser(`alter role "${role}" nobypassrls`);
  await open({ DATABASE_URL: bypassing });
  await database.asSuperuser(`grant update on events to "${role}"`);
  await expect(open({ DATABASE_URL: bypassing })).rejects.toEqual(refused(/may change or remove events/));
  await database.asSuperuser(`drop owned by "${role}"; drop role "${role}"`);
});
