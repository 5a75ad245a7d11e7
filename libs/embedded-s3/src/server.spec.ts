import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { CreateBucketCommand, GetObjectCommand, ListBucketsCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { startEmbeddedS3, type EmbeddedS3, type EmbeddedS3Credential, type Fault } from './index.js';

const writer: EmbeddedS3Credential = { accessKeyId: 'AKIAWRITER', secretAccessKey: 'writer secret' };
const reader: EmbeddedS3Credential = {
  accessKeyId: 'AKIAREADER',
  secretAccessKey: 'reader secret',
  access: 'read-only',
  bucketPrefixes: ['open-'],
};
const clients: S3Client[] = [];
let dir: string;
let server: EmbeddedS3;
let fault: Fault | undefined;

const clientOf = (credentials: EmbeddedS3Credential): S3Client => {
  const client = new S3Client({
    endpoint: server.url,
    region: 'us-east-1',
    forcePathStyle: true,
    credentials,
    maxAttempts: 1,
    responseChecksumValidation: 'WHEN_REQUIRED',
  });
  clients.push(client);
  return client;
};

const codeOf = (call: Promise<unknown>): Promise<string> =>
  call.then(
    () => 'accepted',
    (error: Error) => error.name,
  );

beforeAll(async () => {
  dir = await mkdtemp(path.join(os.tmpdir(), 'lastcopy-s3-'));
  server = await startEmbeddedS3({ dir, credentials: [writer, reader], fault: () => fault });
  for (const Bucket of ['open-data', 'closed-data']) {
    await clientOf(writer).send(new CreateBucketCommand({ Bucket }));
    await clientOf(writer).send(new PutObjectCommand({ Bucket, Key: 'k', Body: 'content' }));
  }
});

afterEach(() => {
  fault = undefined;
});

afterAll(async () => {
  for (const client of clients) client.destroy();
  await server.stop();
  await rm(dir, { recursive: true, force: true });
});

const read = async (Bucket = 'open-data', credentials = writer): Promise<string> =>
  (await clientOf(credentials).send(new GetObjectCommand({ Bucket, Key: 'k' }))).Body!.transformToString();

it('lets read-only credentials read their buckets and nothing else', async () => {
  expect(await read('open-data', reader)).toBe('content');
  expect(await codeOf(read('closed-data', reader))).toBe('AccessDenied');
  expect(await codeOf(clientOf(reader).send(new PutObjectCommand({ Bucket: 'open-data', Key: 'k', Body: 'x' })))).toBe('AccessDenied');
  const { Buckets } = await clientOf(reader).send(new ListBucketsCommand({}));
  expect(Buckets!.map((bucket) => bucket.Name)).toEqual(['open-data']);
});

it('injects the faults that a store can have', async () => {
  fault = { kind: 'error', code: 'SlowDown' };
  expect(await codeOf(read())).toBe('SlowDown');
  fault = { kind: 'flip', atByte: 0 };
  expect(await read()).toBe('bontent');
  fault = { kind: 'truncate', afterBytes: 3 };
  expect(await read()).toBe('con');
  fault = { kind: 'reset' };
  expect(await codeOf(read())).not.toBe('accepted');
  fault = { kind: 'lose-answer' };
  const lost = clientOf(writer).send(new PutObjectCommand({ Bucket: 'open-data', Key: 'lost-answer', Body: 'done' }));
  expect(await codeOf(lost)).not.toBe('accepted');
  fault = undefined;
  expect(await codeOf(clientOf(writer).send(new GetObjectCommand({ Bucket: 'open-data', Key: 'lost-answer' })))).toBe('accepted');
});

it('stalls an answer until the client gives up, and still stops', async () => {
  const own = await mkdtemp(path.join(os.tmpdir(), 'lastcopy-s3-'));
  const stalling = await startEmbeddedS3({
    dir: own,
    credentials: [writer],
    fault: ({ operation }) => (operation === 'GetObject' ? { kind: 'stall', afterBytes: 3 } : undefined),
  });
  const client = new S3Client({ endpoint: stalling.url, region: 'us-east-1', forcePathStyle: true, credentials: writer, maxAttempts: 1 });
  clients.push(client);
  await client.send(new CreateBucketCommand({ Bucket: 'open-data' }));
  await client.send(new PutObjectCommand({ Bucket: 'open-data', Key: 'k', Body: 'content' }));
  const { Body, ContentLength } = await client.send(new GetObjectCommand({ Bucket: 'open-data', Key: 'k' }));
  const seen: Buffer[] = [];
  const reading = (async () => {
    for await (const piece of Body as AsyncIterable<Buffer>) seen.push(piece);
  })();
  const ended = codeOf(reading);
  while (Buffer.concat(seen).length < 3) await new Promise((resolve) => setImmediate(resolve));
  expect([Buffer.concat(seen).toString(), ContentLength]).toEqual(['con', 7]);
  await stalling.stop();
  expect(await ended).not.toBe('accepted');
  await rm(own, { recursive: true, force: true });
});

it('refuses a second server over the same folder', async () => {
  await expect(startEmbeddedS3({ dir, credentials: [writer] })).rejects.toMatchObject({ code: 'CONFIGURATION_INVALID' });
});
