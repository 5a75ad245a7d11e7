import { randomUUID } from 'node:crypto';
import type { Tenant } from '@lastcopy/contracts';
import { until } from '@lastcopy/testkit';
import { demoPeople, demoTenantOf } from './sign-in/demo-people.js';
import { MatrixCallers } from './testing/matrix-callers.js';
import { startGatewayFixture, type GatewayFixture } from './testing/gateway-fixture.js';
import { People } from './people/people.js';
import type { Principal } from './sign-in/principal.js';

let fixture: GatewayFixture;
let callers: MatrixCallers;
beforeAll(async () => {
  fixture = await startGatewayFixture();
  callers = await MatrixCallers.make(fixture.keysDir);
  await fixture.restartGateway(callers.settings);
}, 60_000);
afterAll(() => fixture?.stop(), 30_000);

let now = new Date('2026-01-01T00:00:00Z');
let writes = 0;
function directory(demo: ConstructorParameters<typeof People>[0]['demo'] = null): People {
  const { store } = fixture.gateway.deps.eventing;
  const counted = {
    within: (tenant: Tenant) => {
      const query = store.within(tenant);
      return (sql: string, parameters?: unknown[]) => {
        if (sql.trimStart().startsWith('insert')) writes += 1;
        return query(sql, parameters);
      };
    },
  } as typeof store;
  return new People({ store: () => counted, clock: { now: () => now }, logger: fixture.gateway.deps.logger, demo });
}
const newTenant = (): Tenant => ({ client_account_id: randomUUID(), engagement_id: randomUUID() });
const ada = (tenant: Tenant, more: Partial<Principal['actor']> = {}): Principal => ({
  ...{ actor: { user_id: 'ada', name: 'Ada', roles: ['legal'], ...more }, tenant },
  ...{ permissions: new Set(), email: 'ada@example.org' },
});

it('knows who has signed in, by role, in their tenant alone', async () => {
  const [tenant, other] = [newTenant(), newTenant()];
  const people = directory();
  people.seen(ada(tenant));
  people.seen(ada(tenant, { user_id: 'robot', service_account: true }));
  const expected = { user_id: 'ada', name: 'Ada', email: 'ada@example.org', roles: ['legal'], last_seen_at: now.toISOString() };
  expect(await people.withRole(tenant, 'legal')).toEqual([expected]);
  expect(await people.find(tenant, 'ada')).toEqual(expected);
  expect(await people.find(tenant, 'Ada')).toBeNull();
  expect(await people.withRole(tenant, 'operator')).toEqual([]);
  expect([await people.all(other), await people.find(other, 'ada')]).toEqual([[], null]);
});

it('writes a person when something is new or an hour has passed, not at every request', async () => {
  const tenant = newTenant();
  const people = directory();
  writes = 0;
  for (let count = 0; count < 5; count++) people.seen(ada(tenant));
  await people.settled();
  expect(writes).toBe(1);
  people.seen(ada(tenant, { roles: ['compliance'] }));
  expect((await people.find(tenant, 'ada'))?.roles).toEqual(['compliance']);
  now = new Date(now.getTime() + 3_600_001);
  people.seen(ada(tenant, { roles: ['compliance'] }));
  expect((await people.find(tenant, 'ada'))?.last_seen_at).toBe(now.toISOString());
  expect(writes).toBe(3);
});

it('fails no request when it cannot be written, and writes the next time', async () => {
  const tenant = newTenant();
  const people = directory();
  people.seen(ada(tenant, { name: 'Ada\u0000' }));
  await people.settled();
  expect(await people.all(tenant)).toEqual([]);
  people.seen(ada(tenant));
  expect(await people.all(tenant)).toHaveLength(1);
});

it('has the demo people from the start in the one tenant that is theirs', async () => {
  const [tenant, other] = [newTenant(), newTenant()];
  const people = directory({ tenant, people: demoPeople });
  expect([
    await people.all(other),
    await people.find(other, 'dana'),
    await people.all({ ...tenant, engagement_id: other.engagement_id }),
  ]).toEqual([[], null, []]);
  const found = await people.withRole(tenant, 'data_owner');
  expect(found.map(({ user_id, last_seen_at }) => [user_id, last_seen_at])).toEqual([
    ['dana', null],
    ['dora', null],
  ]);
});

it('has no demo people where they cannot sign in, or belong nowhere', () => {
  const tenant = newTenant();
  const settings = {
    DEV_ISSUER: 'off' as const,
    DEV_CLIENT_ACCOUNT_ID: tenant.client_account_id.toUpperCase(),
    DEV_ENGAGEMENT_ID: tenant.engagement_id,
  };
  expect(demoTenantOf({ ...settings, DEV_TOKEN_SECRET: 'x' })).toEqual({ tenant, people: demoPeople });
  expect([demoTenantOf(settings), demoTenantOf({ DEV_ISSUER: 'on' })]).toEqual([null, null]);
});

const list = async (caller: Parameters<MatrixCallers['token']>[0], query = '') => {
  const response = await fetch(`${fixture.gateway.url}/api/v1/people${query}`, {
    headers: {
      Authorization: `Bearer ${await callers.token(caller, fixture.tenant)}`,
      ...{ 'X-Client-Account-ID': fixture.tenant.client_account_id, 'X-Engagement-ID': fixture.tenant.engagement_id },
    },
  });
  return {
    status: response.status,
    total: response.headers.get('x-total-count'),
    body: (await response.json()) as { user_id: string; email: string | null }[],
  };
};

it('lists people over REST, and addresses to those alone who ask or decide', async () => {
  await list('legal');
  const seen = await until('the person who just asked', async () => {
    const { body } = await list('operator', '?role=legal');
    return body.find(({ user_id }) => user_id === 'legal') && body;
  });
  const emailOf = (people: typeof seen) => people.find(({ user_id }) => user_id === 'lena')?.email;
  expect(emailOf(seen)).toBe('lena@lastcopy.example');
  expect(emailOf((await list('data_owner', '?role=legal')).body)).toBe('lena@lastcopy.example');
  for (const caller of ['auditor', 'reading_machine'] as const) expect(emailOf((await list(caller, '?role=legal')).body)).toBeNull();
  const page = await list('legal', '?limit=1');
  expect([page.body.length, Number(page.total) > 7]).toEqual([1, true]);
  expect((await list('legal', '?role=admin')).status).toBe(422);
});
