import { randomUUID } from 'node:crypto';
import { identityOf, type ClaimNames } from './claims.js';
import { principalFor } from './principal.js';

const names: ClaimNames = {
  AUTH_ROLES_CLAIM: 'roles',
  AUTH_CLIENT_ACCOUNT_CLAIM: 'client_account_id',
  AUTH_ENGAGEMENTS_CLAIM: 'engagement_id',
};
const tenant = { client_account_id: randomUUID(), engagement_id: randomUUID() };
const ada = { sub: 'Ada|1', name: 'Ada', email: 'ada@example.org', roles: ['legal'], auth_time: 1_700_000_000, ...tenant };
const refused = expect.objectContaining({ code: 'UNAUTHENTICATED' });

it('names a person with what their roles allow', () => {
  const { actor, permissions, email } = identityOf(ada, names);
  expect(actor).toEqual({
    ...{ user_id: 'Ada|1', name: 'Ada', roles: ['legal'] },
    ...{ authenticated_at: '2023-11-14T22:13:20.000Z', service_account: false },
  });
  expect([[...permissions], email]).toEqual([['decommission.read', 'decommission.approve'], 'ada@example.org']);
});

it('reads claims where the provider puts them, and maps its groups', () => {
  const theirs = { ...names, AUTH_ROLES_CLAIM: 'realm_access.roles', AUTH_ROLE_MAP: { 'grp-ops': 'operator', 'grp-law': 'legal' } };
  const mapped = identityOf({ ...ada, roles: undefined, realm_access: { roles: ['grp-ops', 'auditor', 'grp-other'] } }, theirs);
  expect(mapped.actor.roles).toEqual(['operator']);
  const withDots = { ...names, AUTH_ROLES_CLAIM: 'https://lastcopy.example/roles' };
  expect(identityOf({ ...ada, 'https://lastcopy.example/roles': 'auditor legal' }, withDots).actor.roles).toEqual(['auditor', 'legal']);
  const inherited = { ...names, AUTH_ROLES_CLAIM: 'constructor.name' };
  expect(identityOf(ada, inherited).actor.roles).toEqual([]);
});

it('takes no permission, and no role that is not ours, from a list of roles', () => {
  const { actor, permissions } = identityOf({ ...ada, roles: ['decommission.approve', 'admin', 'toString', '__proto__'] }, names);
  expect([actor.roles, [...permissions]]).toEqual([[], []]);
});

it('lets a person into each of their engagements and no other', () => {
  const second = randomUUID();
  const identity = identityOf({ ...ada, engagement_id: [tenant.engagement_id, second] }, names);
  expect(principalFor(identity, { ...tenant, engagement_id: second.toUpperCase() }).tenant.engagement_id).toBe(second);
  const forbidden = expect.objectContaining({ code: 'FORBIDDEN' });
  expect(() => principalFor(identity, { ...tenant, engagement_id: randomUUID() })).toThrow(forbidden);
  expect(() => principalFor(identity, { ...tenant, client_account_id: randomUUID() })).toThrow(forbidden);
});

it('tells machines from people, gives them their scope, and never a decision or a role', () => {
  const machine = { ...ada, scope: 'decommission.read decommission.approve openid' };
  const marks = [{ client_id: ada.sub }, { azp: ada.sub }, { gty: 'client-credentials' }, { idtyp: 'app' }];
  for (const mark of marks) {
    const { actor, permissions, email } = identityOf({ ...machine, ...mark }, names);
    expect(actor).toMatchObject({ service_account: true, roles: [], authenticated_at: null });
    expect([[...permissions], email]).toEqual([['decommission.read'], null]);
  }
  const own = { ...names, AUTH_SERVICE_ACCOUNT_CLAIM: 'kind=robot' };
  expect(identityOf({ ...machine, kind: 'robot' }, own).actor.service_account).toBe(true);
  expect(identityOf({ ...machine, kind: 'person', client_id: 'web' }, own).actor.service_account).toBe(false);
});

it('refuses a token that does not say who and where, or that speaks as one of our services', () => {
  const faulty = [
    ...[{ sub: undefined }, { sub: '' }, { client_account_id: 'x' }, { engagement_id: undefined }, { engagement_id: ['x'] }],
    ...[
      { sub: 'service:gateway' },
      { sub: 'Service:integrity-service' },
      { sub: ' service:gateway' },
      { sub: 'ｓｅｒｖｉｃｅ：gateway' },
      { sub: 'service﹕gateway' },
      { sub: 'olga\u200b' },
      { sub: 'ol\u0000ga' },
    ],
  ];
  for (const change of faulty) expect(() => identityOf({ ...ada, ...change }, names)).toThrow(refused);
});

it('knows a name from whatever the provider sends', () => {
  expect(identityOf({ ...ada, name: undefined, preferred_username: 'ada.l' }, names).actor.name).toBe('ada.l');
  expect(identityOf({ ...ada, name: ' ', email: undefined }, names).actor.name).toBe('Ada|1');
  expect(identityOf({ ...ada, auth_time: 'yesterday' }, names).actor.authenticated_at).toBeNull();
});
