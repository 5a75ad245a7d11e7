import { createHash, randomBytes } from 'node:crypto';
import {
  CopyObjectCommand,
  CreateBucketCommand,
  DeleteBucketCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListBucketsCommand,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import { newKey, put, refusal, type Check, type StoreUnderTest } from './store-under-test.js';

const read = async (store: StoreUnderTest, Key: string, more: { Range?: string; VersionId?: string } = {}): Promise<Buffer> => {
  const { Body } = await store.client.send(new GetObjectCommand({ Bucket: store.bucket, Key, ...more }));
  return Buffer.from(await Body!.transformToByteArray());
};

const oddNames = [
  'a b',
  'ä/ö/日本語/😀',
  '100%/%2F',
  'plus+sign',
  'quote\'"<&>',
  '../../escape',
  './dot',
  'a//b',
  'tilde~!*()',
  'semi;colon=,',
];

export const objectChecks: readonly Check[] = [
  [
    'creates, finds, lists and deletes a bucket',
    async ({ client }) => {
      const Bucket = `temporary-${randomBytes(6).toString('hex')}`;
      await client.send(new CreateBucketCommand({ Bucket }));
      await client.send(new HeadBucketCommand({ Bucket }));
      const { Buckets } = await client.send(new ListBucketsCommand({}));
      expect(Buckets!.map((bucket) => bucket.Name)).toContain(Bucket);
      await client.send(new DeleteBucketCommand({ Bucket }));
      expect((await refusal(client.send(new HeadBucketCommand({ Bucket })))).status).toBe(404);
    },
  ],
  [
    'refuses to delete a bucket that holds something',
    async (store) => {
      await put(store, newKey());
      expect(await refusal(store.client.send(new DeleteBucketCommand({ Bucket: store.bucket })))).toEqual({
        code: 'BucketNotEmpty',
        status: 409,
      });
    },
  ],
  [
    'answers NoSuchBucket and NoSuchKey',
    async ({ client, bucket }) => {
      const absent = `absent-${randomBytes(6).toString('hex')}`;
      expect(await refusal(client.send(new GetObjectCommand({ Bucket: absent, Key: 'x' })))).toEqual({ code: 'NoSuchBucket', status: 404 });
      expect(await refusal(client.send(new GetObjectCommand({ Bucket: bucket, Key: newKey() })))).toEqual({
        code: 'NoSuchKey',
        status: 404,
      });
    },
  ],
  [
    'returns the bytes it was given, with their MD5 as ETag',
    async (store) => {
      const [key, body] = [newKey(), randomBytes(3_000_001)];
      const { ETag } = await put(store, key, body);
      expect(ETag).toBe(`"${createHash('md5').update(body).digest('hex')}"`);
      expect((await read(store, key)).equals(body)).toBe(true);
    },
  ],
  [
    'stores an empty object',
    async (store) => {
      const key = newKey();
      await put(store, key, Buffer.alloc(0));
      expect(await read(store, key)).toHaveLength(0);
    },
  ],
  [
    'keeps content type and user metadata, and tells them by HEAD',
    async ({ client, bucket }) => {
      const Key = newKey();
      const Metadata = { 'job-id': 'j-1', attempt: '2' };
      await client.send(new PutObjectCommand({ Bucket: bucket, Key, Body: 'x', ContentType: 'application/zstd', Metadata }));
      const head = await client.send(new HeadObjectCommand({ Bucket: bucket, Key }));
      expect(head).toMatchObject({ ContentType: 'application/zstd', Metadata, ContentLength: 1 });
      expect(head.VersionId).toBeTruthy();
    },
  ],
  ...oddNames.map((name): Check => [
    `keeps the key ${JSON.stringify(name)} as it is`,
    async (store) => {
      const key = `${newKey()}/${name}`;
      await put(store, key, name);
      expect((await read(store, key)).toString()).toBe(name);
    },
  ]),
  [
    'keeps a key of 1,000 bytes',
    async (store) => {
      const key = newKey().padEnd(1000, 'k');
      await put(store, key, 'long');
      expect((await read(store, key)).toString()).toBe('long');
    },
  ],
  [
    'answers ranges from the start, the middle and the end, and refuses one beyond the end',
    async (store) => {
      const key = newKey();
      await put(store, key, '0123456789');
      expect((await read(store, key, { Range: 'bytes=0-3' })).toString()).toBe('0123');
      expect((await read(store, key, { Range: 'bytes=4-' })).toString()).toBe('456789');
      expect((await read(store, key, { Range: 'bytes=-2' })).toString()).toBe('89');
      expect((await read(store, key, { Range: 'bytes=8-99' })).toString()).toBe('89');
      expect((await refusal(read(store, key, { Range: 'bytes=10-11' }))).status).toBe(416);
    },
  ],
  [
    'reads on condition: If-Match and If-None-Match',
    async (store) => {
      const Key = newKey();
      const { ETag } = await put(store, Key);
      const get = (condition: object) => store.client.send(new GetObjectCommand({ Bucket: store.bucket, Key, ...condition }));
      expect((await refusal(get({ IfMatch: '"0"' }))).status).toBe(412);
      expect((await refusal(get({ IfNoneMatch: ETag }))).status).toBe(304);
      expect((await get({ IfMatch: ETag })).$metadata.httpStatusCode).toBe(200);
    },
  ],
  [
    'copies an object with its metadata',
    async (store) => {
      const [from, Key] = [newKey(' ä'), newKey()];
      await store.client.send(new PutObjectCommand({ Bucket: store.bucket, Key: from, Body: 'copied', Metadata: { a: 'b' } }));
      const CopySource = `${store.bucket}/${from.split('/').map(encodeURIComponent).join('/')}`;
      await store.client.send(new CopyObjectCommand({ Bucket: store.bucket, Key, CopySource }));
      expect((await read(store, Key)).toString()).toBe('copied');
      expect((await store.client.send(new HeadObjectCommand({ Bucket: store.bucket, Key }))).Metadata).toEqual({ a: 'b' });
    },
  ],
  [
    'lets one of many conditional writers win, and overwrites nothing',
    async (store) => {
      const Key = newKey();
      const write = (Body: string) => store.client.send(new PutObjectCommand({ Bucket: store.bucket, Key, Body, IfNoneMatch: '*' }));
      const outcomes = await Promise.allSettled(['1', '2', '3', '4', '5'].map(write));
      if (!store.can.conditionalWrites) {
        const versions = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value.VersionId!] : []));
        const contents = await Promise.all(versions.map(async (VersionId) => (await read(store, Key, { VersionId })).toString()));
        expect(contents.sort()).toEqual(['1', '2', '3', '4', '5']);
        return;
      }
      expect(outcomes.filter((outcome) => outcome.status === 'fulfilled')).toHaveLength(1);
      const winner = String(outcomes.findIndex((outcome) => outcome.status === 'fulfilled') + 1);
      expect((await read(store, Key)).toString()).toBe(winner);
      expect(await refusal(write('late'))).toEqual({ code: 'PreconditionFailed', status: 412 });
    },
  ],
  [
    'replaces on If-Match of the current ETag alone',
    async (store) => {
      const Key = newKey();
      const { ETag } = await put(store, Key, 'one');
      const write = (IfMatch: string) => store.client.send(new PutObjectCommand({ Bucket: store.bucket, Key, Body: 'two', IfMatch }));
      expect((await refusal(write('"d41d8cd98f00b204e9800998ecf8427e"'))).status).toBe(412);
      expect((await read(store, Key)).toString()).toBe('one');
      if (!store.can.conditionalWrites) return;
      await write(ETag!);
      expect((await read(store, Key)).toString()).toBe('two');
    },
  ],
];
