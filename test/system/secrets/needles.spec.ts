import { randomBytes } from 'node:crypto';
import { bearerTokensIn, leaksIn } from './needles.js';

const secret = 'canary-of-the-search-4711/+?';
const held = (bytes: Buffer | string) => leaksIn([{ where: 'a place', bytes: Buffer.from(bytes) }], [{ name: 'the canary', secret }]);

it.each([0, 1, 2, 3, 4])('finds a secret behind %i other bytes in every form that is no encryption', (before) => {
  const longer = Buffer.concat([randomBytes(before), Buffer.from(secret), randomBytes(5)]);
  const forms = [
    longer,
    longer.toString('base64'),
    longer.toString('base64url'),
    longer.toString('hex'),
    longer.toString('hex').toUpperCase(),
  ];
  for (const form of forms) expect(held(form)).toEqual(['the canary in a place']);
  expect(held(encodeURIComponent(secret))).toEqual(['the canary in a place']);
});

it('finds nothing where there is nothing', () => {
  for (const bytes of [randomBytes(1_000), Buffer.from(secret.slice(0, -1)), Buffer.alloc(0)]) expect(held(bytes)).toEqual([]);
});

it('tells a bearer token from other signed documents', () => {
  const signed = (alg: string) =>
    [{ alg, typ: 'JWT' }, { sub: 'somebody' }].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.') +
    `.${randomBytes(32).toString('base64url')}`;
  expect(bearerTokensIn(Buffer.from(`authorization: ${signed('HS256')}`))).toBe(1);
  expect(bearerTokensIn(Buffer.from(`{"jws":"${signed('EdDSA')}"}`))).toBe(0);
});
