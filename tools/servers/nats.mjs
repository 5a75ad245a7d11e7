import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { freePort } from './free-port.mjs';
import { startKept } from './kept-process.mjs';

const root = path.resolve(import.meta.dirname, '../..');
const cache = path.join(root, '.cache/nats');

/** Where nats-server is: NATS_SERVER_BIN, then PATH, then the usual places, then our own cache. */
export function findNatsServer() {
  const onPath = (process.env.PATH ?? '').split(path.delimiter).map((dir) => path.join(dir, 'nats-server'));
  const usual = [
    '/usr/sbin/nats-server',
    '/opt/homebrew/bin/nats-server',
    '/usr/local/bin/nats-server',
    path.join(cache, 'usr/sbin/nats-server'),
  ];
  return [process.env.NATS_SERVER_BIN, ...onPath, ...usual].find((file) => file && fs.existsSync(file));
}

/** Debian and Ubuntu, without root: unpacks the distribution's package into our cache; starts no system service. */
function fetchDebianPackage() {
  for (const dir of ['state/lists/partial', 'cache/archives/partial']) fs.mkdirSync(path.join(cache, dir), { recursive: true });
  const options = {
    'Dir::State': `${cache}/state`,
    'Dir::State::status': '/var/lib/dpkg/status',
    'Dir::State::lists': `${cache}/state/lists`,
    'Dir::Cache': `${cache}/cache`,
    'Debug::NoLocking': '1',
    'APT::Sandbox::User': '',
  };
  const flags = ['-q', ...Object.entries(options).flatMap(([name, value]) => ['-o', `${name}=${value}`])];
  const aptGet = (...args) => execFileSync('apt-get', [...flags, ...args], { cwd: cache, stdio: ['ignore', 'ignore', 'pipe'] });
  aptGet('update');
  aptGet('download', 'nats-server');
  const deb = fs.readdirSync(cache).find((file) => file.endsWith('.deb'));
  execFileSync('dpkg-deb', ['-x', path.join(cache, deb), cache]);
}

/** The path of a nats-server, fetched when the system has none; throws a message that says what to install. */
export function ensureNatsServer() {
  const found = findNatsServer();
  if (found) return found;
  if (fs.existsSync('/usr/bin/apt-get')) {
    try {
      fetchDebianPackage();
    } catch (cause) {
      throw new Error(`nats-server is not installed and could not be fetched: ${cause.stderr ?? cause.message}`, { cause });
    }
    const fetched = findNatsServer();
    if (fetched) return fetched;
  }
  throw new Error(
    'nats-server was not found. Install it (macOS: brew install nats-server), set NATS_SERVER_BIN, or use docker compose up.',
  );
}

/**
 * Starts nats-server with JetStream on a loopback port; `storeDir` holds its streams, `config` is an optional configuration file.
 * @param {{ storeDir: string; port?: number; config?: string }} options
 */
export async function startNats({ storeDir, port, config }) {
  const command = ensureNatsServer();
  fs.mkdirSync(storeDir, { recursive: true });
  port ??= await freePort();
  const args = ['-a', '127.0.0.1', '-p', String(port), '-js', '-sd', storeDir, ...(config ? ['-c', config] : [])];
  const server = await startKept({ command, args, stopSignal: 'SIGTERM', readyText: 'Server is ready' });
  return { ...server, port, url: `nats://127.0.0.1:${port}` };
}
