import { spawn, type ChildProcess } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as delay } from 'node:timers/promises';
import {
  CompleteMultipartUploadCommand,
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  ListPartsCommand,
  PutObjectCommand,
  S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';

const rounds = Number(process.env.FAULT_ROUNDS ?? 12);
const main = path.resolve('libs/embedded-s3/dist/main.js');
const credentials = { accessKeyId: 'AKIACRASH', secretAccessKey: 'crash secret' };
const Bucket = 'kept';
const minPartBytes = 5 * 1024 ** 2;
let dir: string;
let child: ChildProcess | undefined;

const start = async (): Promise<S3Client> => {
  child = spawn(process.execPath, [main], {
    env: { ...process.env, NODE_OPTIONS: '', EMBEDDED_S3_DIR: dir, EMBEDDED_S3_CREDENTIALS: JSON.stringify([credentials]) },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let log = '';
  child.stderr!.on('data', (chunk) => (log += String(chunk)));
  while (!/ready on \S+\n/.test(log)) {
    await Promise.race([once(child.stderr!, 'data'), once(child, 'exit')]);
    if (child.exitCode !== null) throw new Error(`The server did not start again: ${log}`);
  }
  const endpoint = /ready on (\S+)\n/.exec(log)![1]!;
  return new S3Client({ endpoint, region: 'us-east-1', forcePathStyle: true, credentials, maxAttempts: 1 });
};

const stop = async (signal: NodeJS.Signals): Promise<void> => {
  if (!child || child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill(signal);
  await exited;
};

/** Bytes that a seed determines. */
const bytesOf = (seed: string, sizeBytes: number): Buffer => {
  const block = createHash('sha512').update(seed).digest();
  return Buffer.alloc(sizeBytes, block);
};

const outcomeOf = (call: Promise<unknown>): Promise<boolean> =>
  call.then(
    () => true,
    () => false,
  );

const read = async (client: S3Client, Key: string): Promise<Buffer | undefined> => {
  try {
    const { Body } = await client.send(new GetObjectCommand({ Bucket, Key }));
    return Buffer.from(await Body!.transformToByteArray());
  } catch (error) {
    if ((error as Error).name === 'NoSuchKey') return undefined;
    throw error;
  }
};

interface Round {
  readonly joined: Buffer;
  readonly doomed: Buffer;
  readonly upload: { readonly Bucket: string; readonly Key: string; readonly UploadId: string | undefined };
  readonly parts: { PartNumber: number; ETag: string | undefined }[];
  readonly versionId: string | undefined;
}

const prepare = async (client: S3Client, round: number): Promise<Round> => {
  const bodies = [bytesOf(`${round}a`, minPartBytes), bytesOf(`${round}b`, 70_000)];
  const doomed = bytesOf(`${round}c`, 90_000);
  const { VersionId: versionId } = await client.send(new PutObjectCommand({ Bucket, Key: `doomed-${round}`, Body: doomed }));
  const Key = `joined-${round}`;
  const { UploadId } = await client.send(new CreateMultipartUploadCommand({ Bucket, Key }));
  const parts = [];
  for (const [at, Body] of bodies.entries()) {
    const { ETag } = await client.send(new UploadPartCommand({ Bucket, Key, UploadId, PartNumber: at + 1, Body }));
    parts.push({ PartNumber: at + 1, ETag });
  }
  return { joined: Buffer.concat(bodies), doomed, upload: { Bucket, Key, UploadId }, parts, versionId };
};

const completeOf = (client: S3Client, { upload, parts }: Round) =>
  client.send(new CompleteMultipartUploadCommand({ ...upload, MultipartUpload: { Parts: parts } }));

/** Whole or not at all, and acknowledged is done; an upload that was not completed can still be. */
const check = async (client: S3Client, round: number, facts: Round, acknowledged: { completed: boolean; deleted: boolean }) => {
  let joined = await read(client, facts.upload.Key);
  if (acknowledged.completed) expect(joined).toBeDefined();
  if (!joined) {
    expect((await client.send(new ListPartsCommand(facts.upload))).Parts).toHaveLength(2);
    await completeOf(client, facts);
    joined = await read(client, facts.upload.Key);
  }
  expect(joined!.equals(facts.joined)).toBe(true);
  const doomed = await read(client, `doomed-${round}`);
  if (acknowledged.deleted) expect(doomed).toBeUndefined();
  if (doomed) expect(doomed.equals(facts.doomed)).toBe(true);
};

/** The names in the index, and those on the disk. */
const namesAndFiles = async (): Promise<[string[], string[]]> => {
  const database = new DatabaseSync(path.join(dir, 'index.sqlite'), { readOnly: true });
  const rows = database.prepare('select blob from segments union all select blob from parts order by 1').all();
  database.close();
  const files = await readdir(path.join(dir, 'blobs'), { recursive: true, withFileTypes: true });
  const names = files.filter((entry) => entry.isFile()).map((entry) => entry.name);
  return [rows.map((row) => row.blob as string), names.sort()];
};

beforeAll(async () => {
  dir = await mkdtemp(path.join(os.tmpdir(), 'lastcopy-s3-crash-'));
});

afterAll(async () => {
  await stop('SIGKILL');
  await rm(dir, { recursive: true, force: true });
});

it(`keeps what it acknowledged and shows nothing by halves over ${rounds} kills during Complete and Delete`, async () => {
  let client = await start();
  await client.send(new CreateBucketCommand({ Bucket, ObjectLockEnabledForBucket: true }));
  const begin = (round: number, facts: Round) => {
    const remove = new DeleteObjectCommand({ Bucket, Key: `doomed-${round}`, VersionId: facts.versionId });
    return [outcomeOf(completeOf(client, facts)), outcomeOf(client.send(remove))] as const;
  };
  const undisturbed = await prepare(client, rounds);
  const startedMs = performance.now();
  await Promise.all(begin(rounds, undisturbed));
  const spanMs = performance.now() - startedMs;

  const seen = new Set<string>();
  for (let round = 0; round < rounds; round += 1) {
    const facts = await prepare(client, round);
    const [completing, deleting] = begin(round, facts);
    // The moment of the kill walks from the first byte to well after both answers.
    await delay((2 * spanMs * round) / (rounds - 1));
    await stop('SIGKILL');
    const acknowledged = { completed: await completing, deleted: await deleting };
    seen.add(JSON.stringify(acknowledged));
    client.destroy();
    client = await start();
    await check(client, round, facts, acknowledged);
  }
  client.destroy();
  await stop('SIGTERM');
  const [names, files] = await namesAndFiles();
  expect(files).toEqual(names);
  // A campaign that never hits before an answer, or always does, would prove nothing.
  expect(seen.size).toBeGreaterThan(1);
});
