import { afterAll, afterEach, beforeAll, beforeEach, expect, it, jest } from '@jest/globals';
import { refresh } from './oidc.js';
import { pauseMs } from './renewal.js';
import { Session } from './session.js';
import { changed } from './testing/changed.js';
import { emptyTab } from './testing/empty-tab.js';
import { granted, olga, signedInAs, startIssuer, type Answer, type Issuer } from './testing/issuer.js';

const overMs = -1_000;
const soonOverMs = 30_000;
const goodMs = 3_600_000;
const draft = 'lastcopy.draft.policy';
const refusal = (status: number, error: string, headers?: Record<string, string>): Answer => ({
  ...{ status, body: { error } },
  ...(headers ? { headers } : {}),
});

let issuer: Issuer;
let session: Session;
beforeAll(async () => {
  issuer = await startIssuer();
});
afterAll(() => issuer?.stop());
afterEach(() => void jest.useRealTimers());
beforeEach(() => {
  emptyTab();
  Object.assign(issuer, { answers: {}, offers: {} });
  issuer.asked.length = 0;
  session = new Session((before) => refresh(issuer.settings, before));
});

/** The session's clock and its pauses stand still until the test moves them; sockets do not. */
const holdTime = () =>
  void jest.useFakeTimers({ doNotFake: ['nextTick', 'queueMicrotask', 'setImmediate', 'clearImmediate', 'performance'] });
const timesAsked = () => issuer.asked.filter(({ path }) => path === '/token').length;

it('renews a token before it is over, once for all who ask, in the same engagement', async () => {
  session.keep(signedInAs(soonOverMs));
  issuer.answers['/token'] = granted(olga);
  const [first, second] = await Promise.all([session.credentials(), session.credentials()]);
  expect(first).toEqual(second);
  expect(first.tenant).toEqual({ client_account_id: 'acme', engagement_id: 'two' });
  expect([session.get()?.refresh_token, timesAsked()]).toEqual(['the next', 1]);
});

it.each<[string, Answer]>([
  ['the grant is invalid', refusal(400, 'invalid_grant')],
  ['the client is refused', refusal(401, 'invalid_client')],
  ['the client is challenged', refusal(401, 'invalid_client', { 'WWW-Authenticate': 'Basic realm="issuer"' })],
  ['a bare 401', { status: 401, headers: { 'Content-Type': 'text/html' } }],
  ['the person has to come', refusal(400, 'interaction_required')],
  ['the person belongs to no engagement any more', granted({ ...olga, engagement_id: [] })],
])('ends when the issuer says so: %s', async (_, answer) => {
  session.keep(signedInAs(overMs));
  issuer.answers['/token'] = answer;
  await expect(session.credentials()).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  expect([session.get(), session.getTrouble()]).toEqual([undefined, undefined]);
});

it.each<[string, string, Answer | null, string]>([
  ['fails', '/token', { status: 503 }, 'answers 503'],
  ['says that it is busy', '/token', refusal(429, 'temporarily_unavailable'), 'temporarily_unavailable'],
  ['does not take the request', '/token', refusal(400, 'invalid_scope'), 'invalid_scope'],
  ['breaks off', '/token', null, 'cannot be reached'],
  ['does not describe itself', '/.well-known/openid-configuration', { status: 502 }, 'answers 502'],
])('goes on while the issuer %s, says why, and asks again by itself', async (_, path, answer, why) => {
  holdTime();
  session.keep(signedInAs(overMs));
  issuer.answers = { '/token': granted(olga), [path]: answer };
  const refused = { code: 'ISSUER_UNREACHABLE', passing: true, message: expect.stringContaining(why) };
  await expect(session.credentials()).rejects.toMatchObject(refused);
  expect(session.getTrouble()).toMatchObject(refused);
  const asked = issuer.asked.length;
  await expect(session.credentials()).rejects.toBe(session.getTrouble());
  expect(issuer.asked).toHaveLength(asked);
  delete issuer.answers[path];
  issuer.answers['/token'] = granted(olga);
  jest.advanceTimersByTime(pauseMs(1));
  await changed(session, () => session.getTrouble() === undefined);
  expect((await session.credentials()).tenant.engagement_id).toBe('two');
});

it('asks again by itself although the clock was set back meanwhile', async () => {
  holdTime();
  session.keep(signedInAs(overMs));
  issuer.answers['/token'] = { status: 503 };
  await expect(session.credentials()).rejects.toMatchObject({ code: 'ISSUER_UNREACHABLE' });
  issuer.answers['/token'] = granted(olga);
  jest.setSystemTime(Date.now() - 600_000);
  jest.advanceTimersByTime(pauseMs(1));
  await changed(session, () => session.getTrouble() === undefined);
});

it('uses the token as long as it is good, whatever the issuer does', async () => {
  session.keep(signedInAs(soonOverMs));
  issuer.answers['/token'] = { status: 500 };
  for (let asks = 0; asks < 3; asks++) expect((await session.credentials()).token).toBe('the first');
  expect([timesAsked(), session.getTrouble()]).toEqual([1, undefined]);
  await session.forget();
});

it('lapses when the gateway refuses the token, and keeps what was typed for the same person alone', async () => {
  const refused = new Response(JSON.stringify({ code: 'UNAUTHENTICATED' }), { status: 401 });
  for (const [user_id, left] of [
    ['olga', 'typed'],
    ['otto', null],
  ] as const) {
    emptyTab();
    session.keep(signedInAs(goodMs));
    sessionStorage.setItem(draft, 'typed');
    session.refused(refused);
    await changed(session, () => session.get() === undefined);
    expect(session.lastSeen()).toEqual({ user_id: 'olga', engagement_id: 'two' });
    session.keep(signedInAs(goodMs, { user_id }));
    expect(sessionStorage.getItem(draft)).toBe(left);
  }
});

it('stays when only a newer sign-in is wanted', async () => {
  session.keep(signedInAs(goodMs));
  const body = JSON.stringify({ code: 'REAUTHENTICATION_REQUIRED' });
  session.refused(new Response(body, { status: 401 }));
  session.refused(new Response('<p>a proxy</p>', { status: 401 }));
  await new Promise(setImmediate);
  expect(session.get()?.user_id).toBe('olga');
});

it('leaves nothing when the person signs out, and a renewal that is under way signs nobody in again', async () => {
  session.keep(signedInAs(soonOverMs));
  sessionStorage.setItem(draft, 'typed');
  issuer.answers['/token'] = granted(olga);
  const asked = session.credentials();
  const newest = session.forget();
  expect([session.get(), Object.keys(sessionStorage)]).toEqual([undefined, []]);
  expect((await newest)?.refresh_token).toBe('the next');
  await expect(asked).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  expect([session.get(), Object.keys(sessionStorage)]).toEqual([undefined, []]);
});
