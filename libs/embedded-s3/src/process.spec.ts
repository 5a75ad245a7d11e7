import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import {
  GetObjectCommand,
  GetObjectRetentionCommand,
  PutObjectCommand,
  CreateBucketCommand,
  ListObjectsV2Command,
  S3Client,
} from '@aws-sdk/client-s3';

const main = path.resolve('libs/embedded-s3/dist/main.js');
const credentials = { accessKeyId: 'AKIAPROCESS', secretAccessKey: 'process secret' };
const running = new Set<ChildProcess>();
let dir: string;

const launch = (env: Record<string, string> = {}): { child: ChildProcess; log: () => string } => {
  const child = spawn(process.execPath, [main], {
    env: { ...process.env, NODE_OPTIONS: '', EMBEDDED_S3_DIR: dir, EMBEDDED_S3_CREDENTIALS: JSON.stringify([credentials]), ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  running.add(child);
  let log = '';
  child.stderr!.on('data', (chunk) => (log += String(chunk)));
  return { child, log: () => log };
};

const ready = async (): Promise<{ child: ChildProcess; port: number; client: S3Client }> => {
  const { child, log } = launch();
  while (!log().includes('\n')) await Promise.race([once(child.stderr!, 'data'), once(child, 'exit')]);
  const port = Number(/^S3 is ready on http:\/\/127\.0\.0\.1:(\d+)$/m.exec(log())![1]);
  const client = new S3Client({
    endpoint: `http://127.0.0.1:${port}`,
    region: 'us-east-1',
    forcePathStyle: true,
    credentials,
    maxAttempts: 1,
  });
  return { child, port, client };
};

const kill = async (child: ChildProcess): Promise<void> => {
  const exited = once(child, 'exit');
  child.kill('SIGKILL');
  await exited;
};

beforeEach(async () => {
  dir = await mkdtemp(path.join(os.tmpdir(), 'lastcopy-s3-'));
});

afterEach(async () => {
  for (const child of running) if (child.exitCode === null && child.signalCode === null) await kill(child);
  running.clear();
  await rm(dir, { recursive: true, force: true });
});

it('keeps what it acknowledged over kill -9, locks included, and shows nothing of an interrupted write', async () => {
  const [first, body, until] = [await ready(), randomBytes(2_000_000), new Date(Date.now() + 86_400_000)];
  await first.client.send(new CreateBucketCommand({ Bucket: 'kept', ObjectLockEnabledForBucket: true }));
  const lock = { ObjectLockMode: 'COMPLIANCE', ObjectLockRetainUntilDate: until } as const;
  const { VersionId } = await first.client.send(new PutObjectCommand({ Bucket: 'kept', Key: 'whole', Body: body, ...lock }));
  const cut = first.client
    .send(new PutObjectCommand({ Bucket: 'kept', Key: 'cut', Body: Buffer.alloc(64 * 1024 ** 2) }))
    .catch(() => 'cut');
  while ((await readdir(path.join(dir, 'incoming'))).length === 0) await new Promise((resolve) => setImmediate(resolve));
  await kill(first.child);
  expect(await cut).toBe('cut');

  const { client } = await ready();
  const { Body } = await client.send(new GetObjectCommand({ Bucket: 'kept', Key: 'whole', VersionId }));
  expect(Buffer.from(await Body!.transformToByteArray()).equals(body)).toBe(true);
  expect((await client.send(new GetObjectRetentionCommand({ Bucket: 'kept', Key: 'whole', VersionId }))).Retention?.Mode).toBe(
    'COMPLIANCE',
  );
  const { Contents } = await client.send(new ListObjectsV2Command({ Bucket: 'kept' }));
  expect(Contents!.map((object) => object.Key)).toEqual(['whole']);
  expect(await readdir(path.join(dir, 'incoming'))).toEqual([]);
});

it('exits with one clear line when the port is taken, the folder is in use or the settings are wrong', async () => {
  const { port } = await ready();
  const refused = async (env: Record<string, string>): Promise<string> => {
    const { child, log } = launch(env);
    const [code] = await once(child, 'close');
    expect(code).toBe(1);
    expect(log().trim().split('\n')).toHaveLength(1);
    return log();
  };
  expect(await refused({ EMBEDDED_S3_DIR: path.join(dir, 'other'), EMBEDDED_S3_PORT: String(port) })).toContain('the port is taken');
  expect(await refused({})).toContain('another process serves it');
  expect(await refused({ EMBEDDED_S3_DIR: '', EMBEDDED_S3_PORT: 'x' })).toMatch(/EMBEDDED_S3_DIR.*EMBEDDED_S3_PORT/);
});
