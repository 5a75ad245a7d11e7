import { randomBytes, randomUUID } from 'node:crypto';
import { decodeJwt } from 'jose';
import * as oidc from 'openid-client';
import { mayReturnTo, serviceAccountId, webClientId } from './dev-issuer/provider-configuration.js';
import { Browser } from './testing/browser.js';
import { startGatewayFixture, type GatewayFixture } from './testing/gateway-fixture.js';

const serviceAccountSecret = randomBytes(32).toString('base64url');
const returnTo = 'http://127.0.0.1:53999/signed-in';
let fixture: GatewayFixture;
let issuer: URL;
let client: oidc.Configuration;
beforeAll(async () => {
  fixture = await startGatewayFixture();
  await fixture.restartGateway({
    ...{ DEV_ISSUER: 'on', DEV_SERVICE_ACCOUNT_SECRET: serviceAccountSecret },
    ...{ DEV_CLIENT_ACCOUNT_ID: fixture.tenant.client_account_id, DEV_ENGAGEMENT_ID: fixture.tenant.engagement_id },
  });
  issuer = new URL(`http://127.0.0.1:${new URL(fixture.gateway.url).port}/dev-issuer`);
  client = await oidc.discovery(issuer, webClientId, undefined, oidc.None(), { execute: [oidc.allowInsecureRequests] });
}, 60_000);
afterAll(() => fixture?.stop(), 30_000);

const api = (path: string, token: string, tenant = fixture.tenant) =>
  fetch(`${issuer.origin}/api/v1${path}`, {
    headers: {
      Authorization: `Bearer ${token}`,
      ...{ 'X-Client-Account-ID': tenant.client_account_id, 'X-Engagement-ID': tenant.engagement_id },
    },
  });

interface Asked {
  verifier: string;
  state: string;
  url: URL;
}
async function authorizationRequest(more: Record<string, string> = {}): Promise<Asked> {
  const verifier = oidc.randomPKCECodeVerifier();
  const state = oidc.randomState();
  const url = oidc.buildAuthorizationUrl(client, {
    ...{ redirect_uri: returnTo, scope: 'openid profile email', state, ...more },
    ...{ code_challenge: await oidc.calculatePKCECodeChallenge(verifier), code_challenge_method: 'S256' },
  });
  return { verifier, state, url };
}

const choose = async (browser: Browser, page: { url: string; html: string }, person: string) => {
  const [, action] = /<form method="post" action="([^"]+)"/.exec(page.html)!;
  return browser.go(new URL(action!, page.url).href, { person });
};

async function signIn(browser: Browser, person: string | null, more: Record<string, string> = {}) {
  const asked = await authorizationRequest(more);
  const shown = await browser.go(asked.url.href);
  const back = person === null ? shown : await choose(browser, shown, person);
  if (!back.url.startsWith(returnTo)) throw new Error(JSON.stringify(back));
  return oidc.authorizationCodeGrant(client, new URL(back.url), { pkceCodeVerifier: asked.verifier, expectedState: asked.state });
}

it('signs a demo person in with code and PKCE, and the API takes the token', async () => {
  const tokens = await signIn(new Browser(issuer.origin), 'dana');
  const answer = await api('/whoami', tokens.access_token);
  expect(answer.status).toBe(200);
  expect(await answer.json()).toEqual({
    ...{ user_id: 'dana', name: 'Dana Data-Owner', roles: ['data_owner'], permissions: ['decommission.read', 'decommission.approve'] },
    ...{ authenticated_at: expect.stringMatching(/^\d{4}-/), service_account: false },
  });
  expect(decodeJwt(tokens.access_token)).toMatchObject({ sub: 'dana', aud: 'lastcopy', email: 'dana@lastcopy.example', ...fixture.tenant });
  const foreign = { client_account_id: randomUUID(), engagement_id: randomUUID() };
  expect((await api('/whoami', tokens.access_token, foreign)).status).toBe(403);
});

it('shows everybody who can sign in, and says that it is for development', async () => {
  const page = await new Browser(issuer.origin).go((await authorizationRequest()).url.href);
  for (const name of ['Olga', 'Otto', 'Dana', 'Dora', 'Carl', 'Lena', 'Aude']) expect(page.html).toContain(name);
  expect(page.html).toContain('For development only');
  expect(page.html).not.toContain('<script');
  expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
});

it('signs the same browser in without asking, and asks again when the sign-in is to be recent', async () => {
  const browser = new Browser(issuer.origin);
  const first = decodeJwt((await signIn(browser, 'lena')).access_token);
  const second = decodeJwt((await signIn(browser, null)).access_token);
  expect([second.sub, second.auth_time]).toEqual(['lena', first.auth_time]);
  const again = await browser.go((await authorizationRequest({ prompt: 'login' })).url.href);
  expect(again.html).toContain('Sign in again');
  const third = decodeJwt((await signIn(browser, 'lena', { max_age: '0' })).access_token);
  expect(Number(third.auth_time)).toBeGreaterThanOrEqual(Number(first.auth_time));
  expect((await signIn(browser, 'carl', { prompt: 'login' })).claims()?.sub).toBe('carl');
});

it('refreshes a token without making the sign-in look newer', async () => {
  const tokens = await signIn(new Browser(issuer.origin), 'olga', { scope: 'openid profile offline_access' });
  const refreshed = await oidc.refreshTokenGrant(client, tokens.refresh_token!);
  expect((await api('/whoami', refreshed.access_token)).status).toBe(200);
  expect(decodeJwt(refreshed.access_token).auth_time).toBe(decodeJwt(tokens.access_token).auth_time);
});

const signOutAddress = (id_token?: string) =>
  oidc.buildEndSessionUrl(client, {
    ...{ post_logout_redirect_uri: new URL('/login', returnTo).href, state: 'drawn' },
    ...(id_token ? { id_token_hint: id_token } : {}),
  }).href;

it('takes a refresh token back, and no longer takes it', async () => {
  const tokens = await signIn(new Browser(issuer.origin), 'olga');
  const refreshed = await oidc.refreshTokenGrant(client, tokens.refresh_token!);
  await oidc.tokenRevocation(client, refreshed.refresh_token!, { token_type_hint: 'refresh_token' });
  await expect(oidc.refreshTokenGrant(client, refreshed.refresh_token!)).rejects.toMatchObject({ error: 'invalid_grant' });
});

it('signs out who asks with their own ID token without a word, leads back, and asks who they are the next time', async () => {
  const browser = new Browser(issuer.origin);
  const { id_token } = await signIn(browser, 'olga');
  expect((await browser.go(signOutAddress(id_token))).url).toBe('http://127.0.0.1:53999/login?state=drawn');
  const asked = await browser.go((await authorizationRequest()).url.href);
  expect(asked.html).toContain('<form method="post"');
});

it('signs nobody out who did not ask, and leads nobody elsewhere', async () => {
  const [browser, stranger] = [new Browser(issuer.origin), new Browser(issuer.origin)];
  await signIn(browser, 'olga');
  const { id_token } = await signIn(stranger, 'carl');
  for (const address of [signOutAddress(), signOutAddress(id_token)]) {
    const page = await browser.go(address);
    expect(page.html).toContain('<button type="submit" name="logout" value="yes">Sign out</button>');
    expect(page.html).not.toContain('<script');
  }
  expect((await signIn(browser, null)).claims()?.sub).toBe('olga');
  const elsewhere = new URL(signOutAddress(id_token));
  elsewhere.searchParams.set('post_logout_redirect_uri', 'https://elsewhere.example/');
  expect((await browser.go(elsewhere.href)).status).toBe(400);
});

it('wants PKCE, and leads back to this machine or the gateway alone', async () => {
  const { url } = await authorizationRequest();
  url.searchParams.delete('code_challenge');
  const refused = await new Browser(issuer.origin).go(url.href);
  expect(new URL(refused.url).searchParams.get('error')).toBe('invalid_request');
  const elsewhere = (await authorizationRequest({ redirect_uri: 'https://elsewhere.example/' })).url;
  expect(await new Browser(issuer.origin).go(elsewhere.href)).toMatchObject({ status: 400, html: expect.stringContaining('redirect_uri') });
  const own = issuer.origin;
  expect(['http://localhost:5173/x', 'http://127.0.0.1:1/', `${own}/login`].map((uri) => mayReturnTo(uri, own))).toEqual([
    true,
    true,
    true,
  ]);
  const others = ['https://127.0.0.1.example/', 'http://evil@127.0.0.1:1/', 'http://localhost.evil.example/', 'javascript:alert(1)', 'x'];
  expect(others.map((uri) => mayReturnTo(uri, own))).toEqual(others.map(() => false));
});

it('refuses who is not on the list, and a sign-in that nobody began', async () => {
  const browser = new Browser(issuer.origin);
  const page = await browser.go((await authorizationRequest()).url.href);
  expect((await choose(browser, page, 'mallory')).status).toBe(400);
  const unasked = await new Browser(issuer.origin).go(`${issuer.href}/login/abc`, { person: 'olga' });
  expect(unasked).toMatchObject({ status: 400, html: expect.stringContaining('begin again') });
});

it('gives the demo service account what its scope names, and never a decision', async () => {
  const machine = await oidc.discovery(issuer, serviceAccountId, serviceAccountSecret, undefined, {
    execute: [oidc.allowInsecureRequests],
  });
  const { access_token } = await oidc.clientCredentialsGrant(machine, { scope: 'decommission.read' });
  expect(await (await api('/whoami', access_token)).json()).toEqual({
    ...{ user_id: serviceAccountId, name: 'Demo service account', roles: [], permissions: ['decommission.read'] },
    ...{ authenticated_at: null, service_account: true },
  });
  await expect(oidc.clientCredentialsGrant(machine, { scope: 'decommission.approve' })).rejects.toThrow();
});

it('keeps its key: a token outlives a restart of the gateway', async () => {
  const port = new URL(fixture.gateway.url).port;
  const { access_token } = await signIn(new Browser(issuer.origin), 'aude');
  await fixture.restartGateway({
    ...{ DEV_ISSUER: 'on', PORT: port },
    ...{ DEV_CLIENT_ACCOUNT_ID: fixture.tenant.client_account_id, DEV_ENGAGEMENT_ID: fixture.tenant.engagement_id },
  });
  expect((await api('/whoami', access_token)).status).toBe(200);
});
