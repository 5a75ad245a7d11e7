import { createTestDatabase, type TestDatabase } from '@lastcopy/testkit';
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
