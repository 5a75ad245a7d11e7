import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const folder = mkdtempSync(path.join(os.tmpdir(), 'lastcopy-cli-'));
const profile = path.join(folder, 'stack.json');
afterAll(() => rmSync(folder, { recursive: true }));

const lastcopy = (...args: string[]) => {
  const env = { ...process.env, NODE_OPTIONS: '', LASTCOPY_PROFILE: profile, LASTCOPY_TOKEN: '' };
  const { status, stdout, stderr } = spawnSync(process.execPath, ['apps/cli/dist/main.js', ...args], { env, encoding: 'utf8' });
  return { status, stdout, stderr };
};

it.each([
  [['flows', 'list'], 'CONFIGURATION_INVALID: No profile at'],
  [['approve', 'a-flow'], "required option '--role <role>' not specified"],
  [['systems', 'add', 'x', '--kind', 'oracle'], 'VALIDATION_FAILED: --kind is postgresql or directory, not oracle.'],
])('%j exits 1 and says what is wrong', (args, message) => {
  expect(lastcopy(...args)).toMatchObject({ status: 1, stdout: '', stderr: expect.stringContaining(message) });
});

it('names the people of the profile to one that it does not know', () => {
  const tokens = { olga: 'a-token', lena: 'a-token' };
  writeFileSync(profile, JSON.stringify({ api_url: 'http://127.0.0.1:1', tokens, default_person: 'olga' }));
  const { status, stderr } = lastcopy('--as', 'nobody', 'flows', 'list');
  expect(status).toBe(1);
  expect(stderr).toContain('UNAUTHENTICATED: The profile has no token for "nobody"; it knows olga, lena.');
});
