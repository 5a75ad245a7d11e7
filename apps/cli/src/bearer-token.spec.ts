import { decodeJwt, jwtVerify, SignJWT } from 'jose';
import { bearerToken } from './bearer-token.js';

const secret = 'a secret of at least thirty-two characters';
const key = new TextEncoder().encode(secret);
const old = new SignJWT({ name: 'Lena', roles: ['legal'], auth_time: 1_000 })
  .setProtectedHeader({ alg: 'HS256' })
  .setSubject('lena')
  .setIssuer('lastcopy-development')
  .setIssuedAt(1_000)
  .setExpirationTime('30d')
  .sign(key);

it('signs the same person in anew with the secret of a development stack', async () => {
  const fresh = await bearerToken(await old, secret);
  const { payload } = await jwtVerify(fresh, key, { issuer: 'lastcopy-development', algorithms: ['HS256'] });
  expect(payload).toMatchObject({ sub: 'lena', name: 'Lena', roles: ['legal'] });
  expect(Math.abs(Number(payload.auth_time) - Date.now() / 1000)).toBeLessThan(60);
});

it("leaves anybody else's token as it is", async () => {
  expect(await bearerToken(await old, undefined)).toBe(await old);
  expect(decodeJwt(await old).auth_time).toBe(1_000);
});
