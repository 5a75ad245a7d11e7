import { serviceNames, type ServiceName } from '@lastcopy/contracts';
import { startStack, type Stack } from './stack.js';
import { Probe, tenants, type Scope, type TableOfService } from './tenant-probe.js';

/** Tables that hold nothing of any tenant, each with the reason; any other must have the tenant's columns and be protected. */
const untenanted: Record<string, string> = {
  migrations: 'names of changes to the schema',
  log_identity: 'the identity of the log',
  subscription_checkpoints: 'how far each subscription has come',
  projection_versions: 'which tables readers use',
  parked_events: 'which events of the log are set aside, and why: the events themselves are protected',
  parked_messages: 'messages that are no events, and so belong to nobody',
  event_forks: 'which logs contradict themselves: that stops every tenant',
  transitioned_flows: 'ids of flows that have gone on',
  notification_start: 'since when people are told what happens',
};
const facts = ['events', 'received_events'];

let stack: Stack;
beforeAll(async () => {
  stack = await startStack();
  // Their tables stay; rows that are made up must not reach them.
  for (const service of Object.values(stack.services)) await service.close();
}, 120_000);
afterAll(() => stack?.stop());

const databaseOf = (service: ServiceName) =>
  stack.infrastructure.databases[service] as { DATABASE_URL: string; MIGRATION_DATABASE_URL: string };

describe.each(serviceNames)('the database of %s', (service) => {
  let application: Probe;
  let superuser: Probe;
  let tables: TableOfService[];
  let owned: TableOfService[];

  beforeAll(async () => {
    const { pathname } = new URL(databaseOf(service).DATABASE_URL);
    application = await Probe.open(databaseOf(service).DATABASE_URL);
    superuser = await Probe.open(Object.assign(new URL(stack.infrastructure.postgres.url), { pathname }).href);
    tables = await superuser.tables();
    owned = tables.filter(({ has_tenant }) => has_tenant);
    for (const { name } of owned) {
      await superuser.dropValueRules(name);
      for (const tenant of Object.values(tenants)) await superuser.rows(await superuser.insertOf(name, tenant));
    }
  });
  afterAll(async () => {
    await application?.close();
    await superuser?.close();
  });

  it('protects every table of tenants, and has no other but those that are named here', () => {
    expect(owned.filter(({ forced, policies }) => !forced || policies !== 1).map(({ name }) => name)).toEqual([]);
    const others = tables.filter(({ has_tenant }) => !has_tenant).map(({ name }) => name);
    expect(others.filter((name) => !Object.hasOwn(untenanted, name))).toEqual([]);
    expect(owned.map(({ name }) => name)).toEqual(expect.arrayContaining(['events', 'received_events', 'commands', 'flow_seals']));
  });

  it('shows a tenant its own rows alone, and none to whoever names no tenant, even without any condition', async () => {
    const seen = async (scope: Scope, table: string) =>
      (await application.tried(scope, `select distinct client_account_id::text, engagement_id::text from ${table} order by 1, 2`)).rows;
    const listed = Object.values(tenants).map((tenant) => expect.objectContaining({ ...tenant }) as object);
    for (const { name } of owned) {
      expect([name, await seen(tenants.own, name)]).toEqual([name, [tenants.own]]);
      expect([name, await seen('unset', name)]).toEqual([name, []]);
      expect([name, await seen('service', name)]).toEqual([name, expect.arrayContaining(listed)]);
    }
  });

  it('lets nobody change, remove or add what belongs to another', async () => {
    for (const { name } of owned) {
      const own = (await application.tried(tenants.own, `select 1 from ${name}`)).touched;
      expect(own).toBeGreaterThan(0);
      for (const change of [`update ${name} set client_account_id = client_account_id`, `delete from ${name}`]) {
        const [asOwn, asNobody] = [await application.tried(tenants.own, change), await application.tried('unset', change)];
        // A table may refuse changes altogether; what it allows ends at the tenant.
        if (facts.includes(name)) expect([change, asOwn.refused]).toEqual([change, expect.stringContaining('permission denied')]);
        else expect([change, [0, own].includes(asOwn.touched), asNobody.touched]).toEqual([change, true, 0]);
      }
      const [insertOwn, insertForeign] = [await superuser.insertOf(name, tenants.own), await superuser.insertOf(name, tenants.foreign)];
      expect((await application.tried(tenants.own, insertOwn)).refused).toBeNull();
      for (const scope of [tenants.own, 'unset'] as const) {
        expect([name, (await application.tried(scope, insertForeign)).refused]).toEqual([
          name,
          expect.stringContaining('violates row-level security policy'),
        ]);
      }
      const stolen = await application.tried(tenants.own, `update ${name} set client_account_id = '${tenants.foreign.client_account_id}'`);
      expect([name, stolen.touched]).toEqual([name, 0]);
    }
  });

  it('gives its service no way around: neither the schema, nor the triggers, nor the owner are in its reach', async () => {
    const owner = new URL(databaseOf(service).MIGRATION_DATABASE_URL).username;
    const attempts = [
      ...['set role postgres', `set role ${owner}`, `set session authorization ${owner}`, 'create table own_table (id int)'],
      ...[
        'create schema own_schema',
        'set session_replication_role = replica',
        'delete from migrations',
        'update log_identity set epoch = epoch',
      ],
      `select setval('log_seq', 1)`,
      ...owned.flatMap(({ name }) => [
        ...['disable row level security', 'no force row level security', 'disable trigger all', 'add column own int'].map(
          (change) => `alter table ${name} ${change}`,
        ),
        ...[`drop policy tenant_scope on ${name}`, `create policy open on ${name} using (true)`, `drop table ${name}`, `truncate ${name}`],
      ]),
    ];
    for (const attempt of attempts) {
      const { refused } = await application.tried('service', attempt);
      expect([attempt, refused]).toEqual([attempt, expect.stringMatching(/permission denied|must be owner/)]);
    }
  });
});
