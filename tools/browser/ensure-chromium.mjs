// The browser that the browser suite drives: CHROMIUM_BIN, one on the PATH, or Debian's package, installed as root. Prints its path.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const names = ['chromium', 'chromium-browser', 'google-chrome'];

/** The path of a Chromium, or undefined. */
export function findChromium(env = process.env) {
  if (env.CHROMIUM_BIN) return env.CHROMIUM_BIN;
  const dirs = (env.PATH ?? '').split(path.delimiter);
  return names.flatMap((name) => dirs.map((dir) => path.join(dir, name))).find((file) => fs.existsSync(file));
}

function run(command, args) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  return spawnSync(command, args, { stdio: ['ignore', 'ignore', 'inherit'], env }).status === 0;
}

function install() {
  const how = 'Install it (Debian: apt-get install chromium) or name one in CHROMIUM_BIN, and run again.';
  if (process.getuid?.() !== 0) throw new Error(`No Chromium is on the PATH, and only root can install one. ${how}`);
  console.error('Installing chromium (once) …');
  const installed = run('apt-get', ['update', '-q']) && run('apt-get', ['install', '-q', '-y', '--no-install-recommends', 'chromium']);
  if (!installed) throw new Error(`Installing chromium failed; see above. ${how}`);
}

/** The path of a Chromium; installs Debian's where there is none. Throws when that is not possible. */
export function ensureChromium() {
  const found = findChromium();
  if (found) {
    if (!fs.existsSync(found)) throw new Error(`CHROMIUM_BIN names ${found}, which is not there.`);
    return found;
  }
  install();
  const installed = findChromium();
  if (!installed) throw new Error('chromium is installed, and still not on the PATH.');
  return installed;
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  try {
    console.log(ensureChromium());
  } catch (error) {
    console.error(error.message);
    process.exit(1);
  }
}
