import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import {
  CompleteMultipartUploadCommand,
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectVersionsCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  PutObjectLockConfigurationCommand,
  S3Client,
  UploadPartCommand,
  type S3ClientConfig,
} from '@aws-sdk/client-s3';
import { startEmbeddedS3, type EmbeddedS3 } from './index.js';

const credentials = { accessKeyId: 'AKIAPROTOCOL', secretAccessKey: 'protocol secret' };
const minute = 60_000;
const day = 24 * 60 * minute;
const clients: S3Client[] = [];
let dir: string;
let server: EmbeddedS3;
let client: S3Client;

const connect = (config: S3ClientConfig = {}): S3Client => {
  const made = new S3Client({
    endpoint: server.url,
    region: 'us-east-1',
    forcePathStyle: true,
    credentials,
    maxAttempts: 1,
    requestChecksumCalculation: 'WHEN_REQUIRED',
    ...config,
  });
  clients.push(made);
  return made;
};

/** A client whose bodies are changed: before they are signed, or on their way out. */
const connectChanging = (when: 'before' | 'after', change: (body: unknown) => unknown, config: S3ClientConfig = {}): S3Client => {
  const changing = connect(config);
  const changed = <T extends { request?: unknown }>(args: T): T => {
    const request = args.request as { body: unknown };
    request.body = change(request.body);
    return args;
  };
  const stack = changing.middlewareStack;
  if (when === 'before') stack.add((next) => (args) => next(changed(args)), { step: 'serialize', priority: 'low', name: 'change' });
  else stack.add((next) => (args) => next(changed(args)), { step: 'deserialize', priority: 'low', name: 'change' });
  return changing;
};

/** The SDK warns of every stream that it cannot send again. */
const silent = { trace() {}, debug() {}, info() {}, warn() {}, error() {} };

const refusalOf = (call: Promise<unknown>): Promise<string> =>
  call.then(
    () => 'accepted',
    (error: Error) => error.name,
  );

const textOf = async (Bucket: string, Key: string, VersionId?: string): Promise<string> =>
  (await client.send(new GetObjectCommand({ Bucket, Key, VersionId }))).Body!.transformToString();

const blobs = async (): Promise<string[]> => {
  const found = await readdir(path.join(dir, 'blobs'), { recursive: true, withFileTypes: true });
  return found.filter((entry) => entry.isFile()).map((entry) => entry.name);
};

beforeEach(async () => {
  dir = await mkdtemp(path.join(os.tmpdir(), 'lastcopy-s3-'));
  server = await startEmbeddedS3({ dir, credentials: [credentials] });
  client = connect();
  await client.send(new CreateBucketCommand({ Bucket: 'plain' }));
  await client.send(new CreateBucketCommand({ Bucket: 'locked', ObjectLockEnabledForBucket: true }));
});

afterEach(async () => {
  for (const one of clients.splice(0)) one.destroy();
  await server.stop();
  await rm(dir, { recursive: true, force: true });
});

it('refuses a clock that is more than a quarter of an hour off, and none that is less', async () => {
  const at = (systemClockOffset: number) =>
    refusalOf(connect({ systemClockOffset }).send(new PutObjectCommand({ Bucket: 'plain', Key: 'k', Body: 'x' })));
  expect(await at(16 * minute)).toBe('RequestTimeTooSkewed');
  expect(await at(-16 * minute)).toBe('RequestTimeTooSkewed');
  expect(await at(14 * minute)).toBe('accepted');
  expect(await at(-14 * minute)).toBe('accepted');
});

it('takes a presigned URL for an unsigned request', async () => {
  const query = `X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=${credentials.accessKeyId}%2F20260101%2Fus-east-1%2Fs3%2Faws4_request&X-Amz-Signature=0`;
  const answer = await fetch(`${server.url}/plain/k?${query}`);
  expect([answer.status, await answer.text()]).toEqual([403, expect.stringContaining('AccessDenied')]);
});

it('refuses a body whose checksum trailer is wrong, and leaves no file of it', async () => {
  const spoil = (body: unknown) =>
    Readable.from(
      (async function* () {
        for await (const piece of body as Readable) yield Buffer.from(String(piece).replace(/(x-amz-checksum-crc32:)..../, '$1AAAA'));
      })(),
    );
  const streaming = connectChanging('after', spoil, { requestChecksumCalculation: 'WHEN_SUPPORTED', logger: silent });
  const Body = Readable.from([Buffer.from('streamed content')], { objectMode: false });
  const put = new PutObjectCommand({ Bucket: 'plain', Key: 'spoiled', Body, ContentLength: 16, ChecksumAlgorithm: 'CRC32' });
  expect(await refusalOf(streaming.send(put))).toBe('BadDigest');
  expect(await refusalOf(client.send(new HeadObjectCommand({ Bucket: 'plain', Key: 'spoiled' })))).toBe('NotFound');
  expect([await blobs(), await readdir(path.join(dir, 'incoming'))]).toEqual([[], []]);
});

it.each([
  [
    'a document type',
    'MalformedXML',
    '<!DOCTYPE x [<!ENTITY a "b">]><VersioningConfiguration><Status>&a;</Status></VersioningConfiguration>',
  ],
  ['a document of more than 4 MiB', 'EntityTooLarge', `<VersioningConfiguration>${' '.repeat(5 * 1024 ** 2)}</VersioningConfiguration>`],
])('refuses %s and goes on serving', async (_, code, document) => {
  const hostile = connectChanging('before', () => document);
  const VersioningConfiguration = { Status: 'Enabled' } as const;
  expect(await refusalOf(hostile.send(new PutBucketVersioningCommand({ Bucket: 'plain', VersioningConfiguration })))).toBe(code);
  await client.send(new PutObjectCommand({ Bucket: 'plain', Key: 'k', Body: 'content' }));
  expect(await textOf('plain', 'k')).toBe('content');
});

it("gives what is written without a retention the bucket's default, parts and markers considered", async () => {
  const DefaultRetention = { Mode: 'COMPLIANCE', Days: 3 } as const;
  const configuration = { ObjectLockEnabled: 'Enabled', Rule: { DefaultRetention } } as const;
  await client.send(new PutObjectLockConfigurationCommand({ Bucket: 'locked', ObjectLockConfiguration: configuration }));
  const { VersionId } = await client.send(new PutObjectCommand({ Bucket: 'locked', Key: 'put', Body: 'x' }));
  const upload = {
    Bucket: 'locked',
    Key: 'joined',
    UploadId: (await client.send(new CreateMultipartUploadCommand({ Bucket: 'locked', Key: 'joined' }))).UploadId,
  };
  const { ETag } = await client.send(new UploadPartCommand({ ...upload, PartNumber: 1, Body: 'part' }));
  await client.send(new CompleteMultipartUploadCommand({ ...upload, MultipartUpload: { Parts: [{ PartNumber: 1, ETag }] } }));
  for (const Key of ['put', 'joined']) {
    const head = await client.send(new HeadObjectCommand({ Bucket: 'locked', Key }));
    expect(head.ObjectLockMode).toBe('COMPLIANCE');
    expect(Math.abs(head.ObjectLockRetainUntilDate!.getTime() - Date.now() - 3 * day)).toBeLessThan(minute);
  }
  const remove = new DeleteObjectCommand({ Bucket: 'locked', Key: 'put', VersionId, BypassGovernanceRetention: true });
  expect(await refusalOf(client.send(remove))).toBe('AccessDenied');
  const own = { ObjectLockMode: 'GOVERNANCE', ObjectLockRetainUntilDate: new Date(Date.now() + day) } as const;
  await client.send(new PutObjectCommand({ Bucket: 'locked', Key: 'own', Body: 'x', ...own }));
  expect((await client.send(new HeadObjectCommand({ Bucket: 'locked', Key: 'own' }))).ObjectLockMode).toBe('GOVERNANCE');
});

it('replaces and deletes the one version of an unversioned bucket, bytes included', async () => {
  for (const Body of ['first', 'second']) await client.send(new PutObjectCommand({ Bucket: 'plain', Key: 'k', Body }));
  expect([await textOf('plain', 'k'), (await blobs()).length]).toEqual(['second', 1]);
  await client.send(new DeleteObjectCommand({ Bucket: 'plain', Key: 'k' }));
  expect([await refusalOf(textOf('plain', 'k')), await blobs()]).toEqual(['NoSuchKey', []]);
});

it('keeps earlier versions when versioning is suspended, and replaces the null version alone', async () => {
  const versioning = (Status: 'Enabled' | 'Suspended', Bucket = 'plain') =>
    client.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status } }));
  await versioning('Enabled');
  const { VersionId } = await client.send(new PutObjectCommand({ Bucket: 'plain', Key: 'k', Body: 'kept' }));
  await versioning('Suspended');
  for (const Body of ['null 1', 'null 2']) await client.send(new PutObjectCommand({ Bucket: 'plain', Key: 'k', Body }));
  expect([await textOf('plain', 'k'), await textOf('plain', 'k', VersionId), (await blobs()).length]).toEqual(['null 2', 'kept', 2]);
  await client.send(new DeleteObjectCommand({ Bucket: 'plain', Key: 'k' }));
  const { Versions, DeleteMarkers } = await client.send(new ListObjectVersionsCommand({ Bucket: 'plain' }));
  expect([Versions!.map((one) => one.VersionId), DeleteMarkers!.map((one) => one.VersionId)]).toEqual([[VersionId], ['null']]);
  expect(await refusalOf(versioning('Suspended', 'locked'))).toBe('InvalidBucketState');
});

it('removes at the start what nothing names, and nothing else', async () => {
  await client.send(new PutObjectCommand({ Bucket: 'plain', Key: 'k', Body: 'named' }));
  const { UploadId } = await client.send(new CreateMultipartUploadCommand({ Bucket: 'plain', Key: 'open' }));
  await client.send(new UploadPartCommand({ Bucket: 'plain', Key: 'open', UploadId, PartNumber: 1, Body: 'part' }));
  const named = (await blobs()).sort();
  await server.stop();
  await mkdir(path.join(dir, 'blobs', 'ff'), { recursive: true });
  await writeFile(path.join(dir, 'blobs', 'ff', 'ff'.repeat(16)), 'of a crash between file and commit');
  await writeFile(path.join(dir, 'incoming', 'half'), 'of a crash during a body');
  await writeFile(path.join(dir, 'blobs', '.DS_Store'), 'of a file browser');
  server = await startEmbeddedS3({ dir, credentials: [credentials] });
  client = connect();
  expect((await blobs()).filter((name) => name !== '.DS_Store').sort()).toEqual(named);
  expect([named.length, await readdir(path.join(dir, 'incoming')), await textOf('plain', 'k')]).toEqual([2, [], 'named']);
});
