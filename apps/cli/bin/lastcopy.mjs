#!/usr/bin/env node
// Runs the CLI under the Node that npm pinned when the system's own is too old.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';

const root = path.resolve(import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname), '../../..');
const main = path.join(root, 'apps/cli/dist/main.js');
const [major, minor] = process.versions.node.split('.').map(Number);
const recent = major > 24 || (major === 24 && minor >= 11);
const pinned = path.join(root, 'node_modules/.bin', process.platform === 'win32' ? 'node.cmd' : 'node');

if (!fs.existsSync(main)) {
  console.error('The CLI is not built yet. Run `npm start` or `npm run build` once.');
  process.exit(1);
}
const node = recent ? process.execPath : pinned;
const result = spawnSync(node, ['--disable-warning=ExperimentalWarning', main, ...process.argv.slice(2)], { stdio: 'inherit' });
process.exit(result.status ?? 1);
