import { spawn } from 'node:child_process';
import { copyFileSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { decodeJwt, SignJWT } from 'jose';
import { until } from '@lastcopy/testkit';
import { Browser } from '../../apps/gateway/src/testing/browser.js';
import { createDirectorySource, createFlow } from './fixtures.js';
import type { CommandResult } from './lastcopy.js';
import { startStack, type Stack } from './stack.js';

let stack: Stack;
let profile: string;
let signIn: string;
let flowId: string;
beforeAll(async () => {
  stack = await startStack();
  profile = path.join(stack.infrastructure.dataDir, 'people.json');
  signIn = path.join(stack.infrastructure.dataDir, 'people.sign-in.json');
  copyFileSync(path.join(stack.infrastructure.dataDir, 'stack.json'), profile);
  flowId = await createFlow(stack, [await createDirectorySource(stack, 'signed')]);
}, 60_000);
afterAll(() => stack?.stop());

const pageIn = (out: string) => /https?:\/\/\S+\/auth\?\S+/.exec(out)?.[0];

async function chooseAt(page: string, person: string): Promise<void> {
  const browser = new Browser(new URL(page).origin);
  const shown = await browser.go(page);
  const [, action] = /<form method="post" action="([^"]+)"/.exec(shown.html)!;
  const back = await browser.go(new URL(action!, shown.url).href, { person });
  expect((await fetch(back.url)).status).toBe(200);
}

/** The command line with a profile of its own; `signsIn` chooses who they are on the page that it asks to open. */
async function lastcopy(args: string[], signsIn?: string): Promise<CommandResult> {
  const env = { ...process.env, NODE_OPTIONS: '', LASTCOPY_TOKEN: '', LASTCOPY_PROFILE: profile };
  const command = spawn(process.execPath, ['apps/cli/dist/main.js', ...args], { env });
  const ended = new Promise<number>((resolve) => command.once('close', (code) => resolve(code ?? 1)));
  let out = '';
  for (const stream of [command.stdout, command.stderr]) stream.on('data', (chunk: Buffer) => (out += chunk.toString()));
  try {
    if (signsIn) await chooseAt(await until('the page to sign in', () => pageIn(out)), signsIn);
    return { code: await ended, out };
  } finally {
    command.kill();
  }
}
const kept = () => JSON.parse(readFileSync(signIn, 'utf8')) as Record<string, string>;

it('signs in with a browser, says who acts, and forgets it', async () => {
  expect(await lastcopy(['whoami'])).toMatchObject({ code: 0, out: expect.stringContaining('(olga), operator') });
  expect(await lastcopy(['login'], 'aude')).toMatchObject({ code: 0, out: expect.stringContaining('(aude), auditor') });
  expect(statSync(signIn).mode & 0o777).toBe(0o600);
  const who = await lastcopy(['whoami', '--json']);
  expect(JSON.parse(who.out)).toMatchObject({ user_id: 'aude', roles: ['auditor'], permissions: ['decommission.read'] });
  expect(await lastcopy(['--as', 'lena', 'whoami'])).toMatchObject({ out: expect.stringContaining('(lena), legal') });
  expect((await lastcopy(['logout'])).code).toBe(0);
  expect(await lastcopy(['whoami'])).toMatchObject({ out: expect.stringContaining('(olga), operator') });
}, 60_000);

it('renews a sign-in that is about to end, and says when that is not possible', async () => {
  await lastcopy(['login'], 'dana');
  const first = kept();
  writeFileSync(signIn, JSON.stringify({ ...first, expires_at: new Date().toISOString() }));
  expect(await lastcopy(['whoami'])).toMatchObject({ code: 0, out: expect.stringContaining('(dana)') });
  expect(kept().access_token).not.toBe(first.access_token);
  expect(decodeJwt(kept().access_token!).auth_time).toBe(decodeJwt(first.access_token!).auth_time);
  writeFileSync(signIn, JSON.stringify({ ...kept(), expires_at: new Date().toISOString(), refresh_token: 'of nobody' }));
  const refused = await lastcopy(['whoami']);
  expect(refused).toMatchObject({ code: 1, out: expect.stringContaining('lastcopy login') });
  expect(refused.out).not.toContain('of nobody');
}, 60_000);

/** A sign-in of this person that is too old to sign with. */
async function signedInLongAgo(person: string): Promise<void> {
  const { tokens, dev_token_secret } = stack.profile as unknown as { tokens: Record<string, string>; dev_token_secret: string };
  const then = Math.floor(Date.now() / 1000) - 3_600;
  const access_token = await new SignJWT({ ...decodeJwt(tokens[person]!), auth_time: then })
    .setProtectedHeader({ alg: 'HS256' })
    .sign(new TextEncoder().encode(dev_token_secret));
  const issuer = `${stack.profile.api_url}/dev-issuer`;
  writeFileSync(signIn, JSON.stringify({ issuer, client_id: 'lastcopy-web', user_id: person, access_token }), { mode: 0o600 });
}
const statusOf = async (role: string): Promise<string> => {
  const approvals: { role: string; status: string }[] = await stack.as('olga').get(`/decommission-flow/${flowId}/approvals`);
  return approvals.find((approval) => approval.role === role)!.status;
};
const approve = (...more: string[]) => ['approve', flowId, '--role', 'data_owner', ...more];

it('shows the evidence, asks who signs to sign in again, and lets nobody else take their place', async () => {
  await until('the request', () => statusOf('data_owner').catch(() => null));
  await signedInLongAgo('dana');
  const stale = await lastcopy(approve('--evidence', 'f'.repeat(64)));
  expect(stale).toMatchObject({ code: 1, out: expect.stringContaining('EVIDENCE_CHANGED') });

  const other = await lastcopy(approve(), 'dora');
  expect(other).toMatchObject({ code: 1, out: expect.stringContaining('"dora" signed in where "dana" has to') });
  expect([await statusOf('data_owner'), kept().user_id]).toEqual(['requested', 'dana']);

  const signed = await lastcopy(approve(), 'dana');
  expect(signed).toMatchObject({ code: 0, out: expect.stringContaining('data_owner: granted') });
  expect(signed.out).toMatch(/ {2}evidence [0-9a-f]{64}/);
  expect(signed.out.indexOf('evidence')).toBeLessThan(signed.out.indexOf('prove once more'));
  expect(await statusOf('data_owner')).toBe('granted');
}, 60_000);
