import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const script = path.resolve(import.meta.dirname, '../../tools/lock-check.mjs');

const check = (packages: object) => {
  const file = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'lock-check-')), 'package-lock.json');
  try {
    fs.writeFileSync(file, JSON.stringify({ packages }));
    return spawnSync(process.execPath, [script, file], { encoding: 'utf8' });
  } finally {
    fs.rmSync(path.dirname(file), { recursive: true });
  }
};

const parent = { version: '2.0.0', optionalDependencies: { 'tool-linux': '2.0.0', 'tool-darwin': '2.0.0' } };
const nested = 'node_modules/tool/node_modules/tool-darwin';

it('accepts a lock with the binaries of every platform, nested or not', () => {
  const run = check({ 'node_modules/tool': parent, 'node_modules/tool-linux': { version: '2.0.0' }, [nested]: { version: '2.0.0' } });
  expect(run).toMatchObject({ status: 0, stderr: '' });
});

it('names what is missing and what has another version', () => {
  const run = check({ 'node_modules/tool': parent, 'node_modules/tool-linux': { version: '1.9.0' } });
  expect(run.status).toBe(1);
  expect(run.stderr).toContain('tool-linux@2.0.0: the lock has 1.9.0');
  expect(run.stderr).toContain('tool-darwin@2.0.0: not in the lock');
});
