import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, exportSPKI, generateKeyPair, SignJWT, UnsecuredJWT, type CryptoKey, type JWK, type JWTPayload } from 'jose';
import { loadConfig } from '@lastcopy/platform';
import { SignInConfig } from './sign-in-config.js';
import { configuredIssuers, TokenChecks } from './token-checks.js';

const base = { DATABASE_URL: 'postgresql://localhost/none', NATS_URL: 'nats://localhost', LASTCOPY_ENV: 'development', KEYS_DIR: 'keys' };
let server: Server;
let issuer: string;
let keys: { privateKey: CryptoKey; publicKey: CryptoKey };
let published: JWK[];
let asked: string[] = [];
let down = false;
let namesItself: string;

beforeAll(async () => {
  keys = await generateKeyPair('ES256', { extractable: true });
  published = [{ ...(await exportJWK(keys.publicKey)), kid: 'one', alg: 'ES256', use: 'sig' }];
  server = createServer((request, response) => {
    asked.push(request.url!);
    if (down) return void response.writeHead(500).end();
    const documents: Record<string, object> = {
      '/jwks': { keys: published },
      '/.well-known/openid-configuration': { issuer: namesItself, jwks_uri: `${issuer}/jwks` },
    };
    response.setHeader('Content-Type', 'application/json').end(JSON.stringify(documents[request.url!] ?? {}));
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
beforeEach(() => {
  asked = [];
  down = false;
  namesItself = issuer;
});
afterAll(() => server?.close());

const checks = (more: Record<string, string> = {}) => {
  const config = loadConfig(SignInConfig, { ...base, AUTH_ISSUER: issuer, ...more });
  return new TokenChecks(config, configuredIssuers(config));
};

interface Changes {
  claims?: JWTPayload;
  header?: Record<string, unknown>;
  key?: CryptoKey | Uint8Array;
  alg?: string;
}
const token = ({ claims = {}, header = {}, key = keys.privateKey, alg = 'ES256' }: Changes = {}) =>
  new SignJWT({ sub: 'ada', iss: issuer, aud: 'lastcopy', exp: Math.floor(Date.now() / 1000) + 600, ...claims })
    .setProtectedHeader({ alg, kid: 'one', ...header })
    .sign(key);

const refused = (message: RegExp) => expect.objectContaining({ code: 'UNAUTHENTICATED', message: expect.stringMatching(message) });

it('finds the keys of an issuer by its discovery document, once', async () => {
  const tokens = checks();
  for (let count = 0; count < 3; count++) expect((await tokens.verify(await token())).sub).toBe('ada');
  expect(asked).toEqual(['/.well-known/openid-configuration', '/jwks']);
});

it('takes keys from an address that is set', async () => {
  expect((await checks({ AUTH_JWKS_URI: `${issuer}/jwks` }).verify(await token())).sub).toBe('ada');
  expect(asked).toEqual(['/jwks']);
});

it('takes access tokens, and no other kind of signed message', async () => {
  const tokens = checks();
  for (const typ of ['JWT', 'at+jwt', 'application/at+jwt']) await tokens.verify(await token({ header: { typ } }));
  for (const typ of ['logout+jwt', 'dpop+jwt', 'secevent+jwt'])
    await expect(tokens.verify(await token({ header: { typ } }))).rejects.toEqual(refused(/no access token/));
});

it('says what is wrong with a token and repeats nothing of it', async () => {
  const tokens = checks();
  const past = Math.floor(Date.now() / 1000) - 3_600;
  const future = Math.floor(Date.now() / 1000) + 3_600;
  const stranger = await generateKeyPair('ES256');
  const faults: [string, RegExp][] = [
    [await token({ claims: { exp: past } }), /expired/],
    [await token({ claims: { nbf: future } }), /not valid yet/],
    [await token({ claims: { aud: 'another-marker' } }), /another audience/],
    [await token({ claims: { iss: 'https://marker.example' } }), /issuer is not trusted/],
    [await token({ claims: { sub: undefined } }), /names nobody/],
    [await token({ claims: { exp: undefined } }), /no time of expiry/],
    [await token({ key: stranger.privateKey }), /signature does not match/],
    [await token({ header: { kid: 'marker' } }), /does not publish/],
    ['marker.marker.marker', /no signed token/],
    ['marker', /no signed token/],
  ];
  for (const [each, message] of faults) {
    await expect(tokens.verify(each)).rejects.toEqual(refused(message));
    await expect(tokens.verify(each)).rejects.not.toThrow(/marker/);
  }
});

it('never takes a public key for a secret, nor an unsigned token', async () => {
  const tokens = checks({ DEV_TOKEN_SECRET: 'a secret of at least thirty-two characters' });
  const publicText = new TextEncoder().encode(await exportSPKI(keys.publicKey));
  await expect(tokens.verify(await token({ alg: 'HS256', key: publicText }))).rejects.toEqual(refused(/signature does not match/));
  await expect(checks().verify(await token({ alg: 'HS256', key: publicText }))).rejects.toEqual(refused(/algorithm is not accepted/));
  const unsigned = new UnsecuredJWT({ sub: 'ada', iss: issuer, aud: 'lastcopy', exp: Math.floor(Date.now() / 1000) + 600 }).encode();
  await expect(tokens.verify(unsigned)).rejects.toEqual(refused(/algorithm is not accepted|no signed token/));
});

it('forgives a clock that is off a little', async () => {
  const justOver = { claims: { exp: Math.floor(Date.now() / 1000) - 5 } };
  expect((await checks().verify(await token(justOver))).sub).toBe('ada');
  await expect(checks({ AUTH_CLOCK_TOLERANCE_S: '0' }).verify(await token(justOver))).rejects.toEqual(refused(/expired/));
});

it('answers 503, not 401, while the issuer does not answer, and recovers by itself', async () => {
  const unavailable = expect.objectContaining({ code: 'SERVICE_UNAVAILABLE' });
  for (const tokens of [checks(), checks({ AUTH_JWKS_URI: `${issuer}/jwks` })]) {
    down = true;
    await expect(tokens.verify(await token())).rejects.toEqual(unavailable);
    down = false;
    expect((await tokens.verify(await token())).sub).toBe('ada');
    down = true;
    expect((await tokens.verify(await token())).sub).toBe('ada');
  }
});

it('uses no discovery document that speaks for another issuer', async () => {
  namesItself = 'https://another.example';
  await expect(checks().verify(await token())).rejects.toEqual(expect.objectContaining({ code: 'SERVICE_UNAVAILABLE' }));
});
