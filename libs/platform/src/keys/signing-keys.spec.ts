import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { compactVerify, CompactSign, createLocalJWKSet, importJWK } from 'jose';
import { signingKey, trustedKeys } from './signing-keys.js';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(path.join(os.tmpdir(), 'lastcopy-keys-'));
});
afterEach(() => rm(dir, { recursive: true, force: true }));

it('makes a private key once, and a public set that verifies its signatures', async () => {
  const key = await signingKey(dir, 'archive-signing', { create: true });
  expect(await signingKey(dir, 'archive-signing', { create: true })).toEqual(key);
  const jws = await new CompactSign(Buffer.from('fact'))
    .setProtectedHeader({ alg: 'EdDSA', kid: key.kid! })
    .sign(await importJWK(key, 'EdDSA'));
  const verified = await compactVerify(jws, createLocalJWKSet(await trustedKeys(dir, 'archive-signing')));
  expect(Buffer.from(verified.payload).toString()).toBe('fact');
  expect((await trustedKeys(dir, 'archive-signing')).keys[0]).not.toHaveProperty('d');
  expect((await stat(path.join(dir, 'archive-signing.jwk.json'))).mode & 0o077).toBe(0);
});

it('refuses to make a key where it must be provided', async () => {
  await expect(signingKey(dir, 'archive-signing', { create: false })).rejects.toMatchObject({ code: 'CONFIGURATION_INVALID' });
});

it('gives all who ask first at once the same key, and publishes that one', async () => {
  const made = await Promise.all(Array.from({ length: 100 }, () => signingKey(dir, 'archive-signing', { create: true })));
  const standing = JSON.parse(await readFile(path.join(dir, 'archive-signing.jwk.json'), 'utf8'));
  for (const key of made) expect(key).toEqual(standing);
  expect((await trustedKeys(dir, 'archive-signing')).keys.map(({ x }) => x)).toEqual([standing.x]);
  expect((await readdir(dir)).sort()).toEqual(['archive-signing.jwk.json', 'archive-signing.jwks.json']);
});

it('publishes to a folder apart, mends a set that a crash left out, and keeps keys of before', async () => {
  const publishTo = path.join(dir, 'trusted');
  const own = path.join(dir, 'own');
  const former = await signingKey(own, 'archive-signing', { create: true, publishTo });
  expect(await readdir(own)).toEqual(['archive-signing.jwk.json']);
  await rm(path.join(publishTo, 'archive-signing.jwks.json'));
  await signingKey(own, 'archive-signing', { create: true, publishTo });
  const next = await signingKey(path.join(dir, 'next'), 'archive-signing', { create: true, publishTo });
  expect((await trustedKeys(publishTo, 'archive-signing')).keys.map(({ kid }) => kid)).toEqual([next.kid, former.kid]);
});
