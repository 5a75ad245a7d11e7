// The peer: what a careful administrator would type. Debian's own tools, joined by pipes, to the same object store.
import { spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { createS3ObjectStore } from '@lastcopy/object-store';
import { watchGroup } from './process-usage.mjs';
import { tablesOf } from './sources.mjs';

const bucket = 'peer';
const packages = { psql: 'postgresql-client', zstd: 'zstd', openssl: 'openssl', rclone: 'rclone', tar: 'tar', bash: 'bash' };

const isInstalled = (command) => (process.env.PATH ?? '').split(path.delimiter).some((dir) => fs.existsSync(path.join(dir, command)));
const missing = () => Object.keys(packages).filter((command) => !isInstalled(command));

const aptGet = (...args) =>
  spawnSync('apt-get', ['-q', ...args], { stdio: 'ignore', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } }).status === 0;

/** True when the tools are there, installed just now if need be; else says what is missing. */
export function ensurePeerTools() {
  const names = missing().map((command) => packages[command]);
  if (names.length > 0 && process.getuid?.() === 0 && fs.existsSync('/usr/bin/apt-get')) {
    console.log(`Installing ${names.join(', ')} to compare with …`);
    const install = () => aptGet('install', '-y', '--no-install-recommends', ...names);
    if (!install() && aptGet('update')) install();
  }
  const left = missing();
  if (left.length > 0)
    console.log(`Nothing to compare with: ${left.join(', ')} not found. Install ${left.map((each) => packages[each]).join(', ')}.`);
  return left.length === 0;
}

const upload = `zstd -1 -q -c | openssl enc -aes-256-ctr -K "$KEY" -iv "$IV" \
  | rclone rcat --s3-no-check-bucket --s3-chunk-size 16M --s3-upload-concurrency 2 "peer:${bucket}/$NAME"`;

export const databasePipe = (tableCount) => {
  const copies = tablesOf(tableCount).map((table) => `-c 'copy public.${table} to stdout (format csv)'`);
  return `psql -X -q "$SOURCE" ${copies.join(' ')} | ${upload}`;
};
export const directoryPipe = `tar -C "$SOURCE" -cf - . | ${upload}`;

/** Seconds of the second line of bash's `times`: what the children took. */
function childSeconds(text) {
  const [, user, system] = /\n(\S+) (\S+)\s*$/.exec(text) ?? [];
  const seconds = (minutes) => {
    const [, m, s] = /^(\d+)m([\d.]+)s$/.exec(minutes);
    return Number(m) * 60 + Number(s);
  };
  return seconds(user) + seconds(system);
}

function environment({ s3, credentials }, source) {
  const { accessKeyId, secretAccessKey } = credentials.s3.writer;
  return {
    PATH: process.env.PATH,
    LC_ALL: 'C.UTF-8',
    SOURCE: source,
    KEY: randomBytes(32).toString('hex'),
    IV: randomBytes(16).toString('hex'),
    NAME: `${randomBytes(6).toString('hex')}.zst.enc`,
    RCLONE_CONFIG: '/dev/null',
    RCLONE_CONFIG_PEER_TYPE: 's3',
    RCLONE_CONFIG_PEER_PROVIDER: 'Other',
    RCLONE_CONFIG_PEER_ENDPOINT: s3.url,
    RCLONE_CONFIG_PEER_REGION: 'us-east-1',
    RCLONE_CONFIG_PEER_ACCESS_KEY_ID: accessKeyId,
    RCLONE_CONFIG_PEER_SECRET_ACCESS_KEY: secretAccessKey,
  };
}

function objectStore({ s3, credentials }) {
  return createS3ObjectStore({ ...credentials.s3.writer, endpoint: s3.url, region: 'us-east-1', forcePathStyle: true });
}

/** Runs one pipe; rejects with what it said when any of its commands fails, or when nothing of it lies in the store afterwards. */
export async function runPeer(infrastructure, pipe, source) {
  const store = objectStore(infrastructure);
  await store.ensureBucket(bucket);
  const env = environment(infrastructure, source);
  const startedAt = performance.now();
  const child = spawn('bash', ['-c', `set -o pipefail; ${pipe}; status=$?; times; exit $status`], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  const peak = watchGroup(child.pid);
  const output = { stdout: '', stderr: '' };
  for (const name of Object.keys(output)) child[name].on('data', (chunk) => (output[name] += chunk));
  const status = await new Promise((resolve) => child.once('close', resolve));
  const measured = { wallS: (performance.now() - startedAt) / 1000, peakMiB: peak() };
  if (status !== 0) throw new Error(`The pipe of tools failed with ${status}: ${output.stderr}`);
  const stored = await store.head({ bucket, key: env.NAME });
  if (stored?.sizeBytes > 0) return { ...measured, cpuS: childSeconds(output.stdout) };
  throw new Error(`The pipe of tools ended well, but ${env.NAME} is not in the store.`);
}
