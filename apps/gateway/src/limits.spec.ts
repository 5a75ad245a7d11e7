import request from 'supertest';
import { MatrixCallers } from './testing/matrix-callers.js';
import { startGatewayFixture, type GatewayFixture } from './testing/gateway-fixture.js';

let fixture: GatewayFixture;
let callers: MatrixCallers;
beforeAll(async () => {
  fixture = await startGatewayFixture();
  callers = await MatrixCallers.make(fixture.keysDir);
  await fixture.restartGateway(callers.settings);
}, 60_000);
afterAll(() => fixture?.stop(), 30_000);

const bare = (path: string) => request(fixture.gateway.url).get(path);

async function post(type: string, body: string): Promise<[number, string | undefined, string]> {
  const token = await callers.token('operator', fixture.tenant);
  const { client_account_id, engagement_id } = fixture.tenant;
  const headers = { 'X-Client-Account-ID': client_account_id, 'X-Engagement-ID': engagement_id };
  const response = await fetch(`${fixture.gateway.url}/api/v1/systems`, {
    ...{ method: 'POST', body },
    headers: { ...headers, Authorization: `Bearer ${token}`, 'Content-Type': type },
  });
  const text = await response.text();
  return [response.status, (JSON.parse(text) as { code?: string }).code, text];
}

it('takes JSON of a size that a request can have, and nothing else', async () => {
  expect(await post('application/json', '{}')).toMatchObject([422, 'VALIDATION_FAILED', expect.any(String)]);
  expect(await post('application/json; charset=utf-8', '{}')).toMatchObject([422, 'VALIDATION_FAILED', expect.any(String)]);
  const large = JSON.stringify({ system_name: 'x'.repeat(1024 * 1024) });
  expect(await post('application/json', large)).toMatchObject([413, 'PAYLOAD_TOO_LARGE', expect.any(String)]);
  for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'application/xml', 'multipart/form-data; boundary=x'])
    expect(await post(type, 'a=b')).toMatchObject([415, 'CONTENT_TYPE_UNSUPPORTED', expect.any(String)]);
});

it('says that a body is no JSON without repeating it', async () => {
  const [status, code, text] = await post('application/json', '{"password": hunter2}');
  expect([status, code]).toEqual([400, 'VALIDATION_FAILED']);
  expect(text).not.toContain('hunter2');
});

it.each([
  ['a NUL', JSON.stringify({ system_name: 'a\u0000b' })],
  ['a NUL in a name of a field', JSON.stringify({ 'a\u0000b': 1 })],
  ['half of a character', '{"system_name": "a\\ud800b"}'],
  ['brackets without end', `{"a": ${'['.repeat(100_000)}${']'.repeat(100_000)}}`],
])('refuses %s instead of failing on it', async (_what, body) => {
  expect(await post('application/json', body)).toMatchObject([422, 'VALIDATION_FAILED', expect.any(String)]);
});

it('answers with headers that let a browser do nothing with it, and lets the page of the API work', async () => {
  const answer = await bare('/api/v1/systems');
  expect(answer.headers['content-security-policy']).toBe("default-src 'none';frame-ancestors 'none';base-uri 'none';form-action 'none'");
  expect(answer.headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer' });
  expect(answer.headers['x-powered-by']).toBeUndefined();
  expect(answer.headers['www-authenticate']).toBe('Bearer');
  const page = await bare('/docs').expect(200);
  const policy = page.headers['content-security-policy']!;
  expect(policy).toContain("script-src 'self'");
  expect(policy).not.toMatch(/script-src[^;]*unsafe/);
  const scripts = [...page.text.matchAll(/<script([^>]*)>([^<]*)/g)];
  expect(scripts.length).toBeGreaterThan(0);
  for (const [, attributes, inline] of scripts) {
    const source = /src="([^"]+)"/.exec(attributes!)?.[1];
    expect([inline!.trim(), typeof source]).toEqual(['', 'string']);
    await bare(new URL(source!, 'http://x/docs').pathname).expect(200);
  }
});

describe('with low limits', () => {
  beforeAll(() => fixture.restartGateway({ RATE_LIMIT_PER_MINUTE: '5', RATE_LIMIT_PER_ADDRESS: '12', TRUSTED_PROXIES: 'loopback' }));
  const from = (address: string, person: 'olga' | 'dana') => fixture.as(person).get('/systems').set('X-Forwarded-For', address);

  it('lets one person ask so much in a minute, and others go on', async () => {
    for (let count = 0; count < 5; count++) await from('192.0.2.1', 'olga').expect(200);
    const { status, body, headers } = await from('192.0.2.1', 'olga');
    expect([status, body.code]).toEqual([429, 'RATE_LIMITED']);
    expect(Number(headers['retry-after'])).toBeGreaterThan(0);
    await from('192.0.2.1', 'dana').expect(200);
  });

  it('lets one address ask so much in a minute, before anybody is signed in; probes are not counted', async () => {
    const ask = (path: string, address: string) => bare(path).set('X-Forwarded-For', address);
    for (let count = 0; count < 12; count++) await ask('/api/v1/systems', '192.0.2.2').expect(401);
    expect((await ask('/api/v1/systems', '192.0.2.2')).body.code).toBe('RATE_LIMITED');
    for (let count = 0; count < 15; count++) await ask('/healthz', '192.0.2.2').expect(200);
    await ask('/api/v1/systems', '192.0.2.3').expect(401);
  });
});
