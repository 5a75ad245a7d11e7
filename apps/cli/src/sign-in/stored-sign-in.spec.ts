import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { CliEnvironment, Profile } from '../config.js';
import { listenForBrowser } from './loopback.js';
import { personOf } from './person.js';
import { forgetSignIn, keepSignIn, loadSignIn, signInFile } from './stored-sign-in.js';

const folder = mkdtempSync(path.join(os.tmpdir(), 'lastcopy-sign-in-'));
afterAll(() => rmSync(folder, { recursive: true }));
const environment: CliEnvironment = { profilePath: path.join(folder, 'stack.json') };
const file = signInFile(environment.profilePath);
const issuer = 'http://127.0.0.1:9/dev-issuer';
const signIn = { issuer, client_id: 'lastcopy-web', user_id: 'dana', access_token: 'kept-token' };
const profile: Profile = {
  ...{ api_url: 'http://127.0.0.1:9', client_account_id: 'a', engagement_id: 'b' },
  ...{ tokens: { olga: 'token-of-olga' }, default_person: 'olga', sign_in: { issuer, client_id: 'lastcopy-web' } },
};
const tokenOf = (as?: string, environmentToken?: string) =>
  personOf({ ...environment, ...(environmentToken ? { token: environmentToken } : {}) }, profile, as).token();

beforeEach(() => forgetSignIn(file));

it('keeps a sign-in beside the profile, for its owner alone, and forgets it', () => {
  expect(loadSignIn(file)).toBeNull();
  keepSignIn(file, signIn);
  expect(loadSignIn(file)).toEqual(signIn);
  expect([path.basename(file), statSync(file).mode & 0o777]).toEqual(['stack.sign-in.json', 0o600]);
  expect(readdirSync(folder)).toEqual(['stack.sign-in.json']);
  forgetSignIn(file);
  expect(loadSignIn(file)).toBeNull();
});

it('acts as --as, else as the token of the environment, else as who signed in, else as the default person', async () => {
  expect(await tokenOf()).toBe('token-of-olga');
  keepSignIn(file, signIn);
  expect(await tokenOf()).toBe('kept-token');
  expect(await tokenOf(undefined, 'own-token')).toBe('own-token');
  expect(await tokenOf('olga', 'own-token')).toBe('token-of-olga');
  expect(() => personOf(environment, profile, 'lena')).toThrow('it knows olga');
});

it('does not send a token to another stack than the one that it was given for', async () => {
  keepSignIn(file, { ...signIn, issuer: 'http://127.0.0.1:10/dev-issuer' });
  expect(await tokenOf()).toBe('token-of-olga');
});

it('says to sign in again when the sign-in is over and cannot be renewed', async () => {
  keepSignIn(file, { ...signIn, expires_at: new Date(Date.now() - 1000).toISOString() });
  await expect(tokenOf()).rejects.toMatchObject({ code: 'UNAUTHENTICATED', message: expect.stringContaining('lastcopy login') });
});

it('does not repeat what stands in a damaged file', () => {
  writeFileSync(file, 'a-secret-token');
  expect(() => loadSignIn(file)).toThrow(expect.objectContaining({ code: 'CONFIGURATION_INVALID' }));
  expect(() => loadSignIn(file)).not.toThrow(/a-secret-token/);
});

it('takes only the browser that was sent away, and ends when nobody comes', async () => {
  const loopback = await listenForBrowser('the-state', 60_000);
  try {
    expect((await fetch(`${loopback.redirectUri}?state=another&code=x`)).status).toBe(400);
    expect((await fetch(new URL('/', loopback.redirectUri))).status).toBe(404);
    expect((await fetch(`${loopback.redirectUri}?state=the-state&code=x`)).status).toBe(200);
    expect((await loopback.cameBack()).searchParams.get('code')).toBe('x');
  } finally {
    loopback.close();
  }
  const nobody = await listenForBrowser('the-state', 1);
  await expect(nobody.cameBack()).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  nobody.close();
});
