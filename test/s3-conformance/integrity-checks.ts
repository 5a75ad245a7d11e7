import { createHash, randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { GetObjectCommand, HeadObjectCommand, PutObjectCommand, type PutObjectCommandInput } from '@aws-sdk/client-s3';
import { newKey, refusal, type Check, type StoreUnderTest } from './store-under-test.js';

const md5 = (body: string): string => createHash('md5').update(body).digest('base64');
const sha256 = (body: string | Buffer): string => createHash('sha256').update(body).digest('base64');

const isAbsent = async (store: StoreUnderTest, Key: string): Promise<boolean> =>
  (await refusal(store.client.send(new HeadObjectCommand({ Bucket: store.bucket, Key })))).status === 404;

const putWith = (store: StoreUnderTest, Key: string, more: Partial<PutObjectCommandInput>) =>
  store.client.send(new PutObjectCommand({ Bucket: store.bucket, Key, Body: 'content', ...more }));

/** '123456789', whose checksums are the published check values of the algorithms. */
const checkValues = { ChecksumCRC32: 'y/Q5Jg==', ChecksumCRC32C: '4waSgw==', ChecksumCRC64NVME: 'rosUhgp5mIg=' } as const;

export const integrityChecks: readonly Check[] = [
  [
    'accepts the right Content-MD5 and refuses a wrong one, storing nothing',
    async (store) => {
      const [good, bad] = [newKey(), newKey()];
      await putWith(store, good, { ContentMD5: md5('content') });
      expect(await refusal(putWith(store, bad, { ContentMD5: md5('other') }))).toEqual({ code: 'BadDigest', status: 400 });
      expect(await isAbsent(store, bad)).toBe(true);
    },
  ],
  [
    'refuses a body that is not the one signed, storing nothing',
    async (store) => {
      const [client, key] = [store.clientWith({}), newKey()];
      client.middlewareStack.add(
        (next) => async (args) => {
          (args.request as { body: unknown }).body = Buffer.from('CONTENT');
          return next(args);
        },
        { step: 'deserialize', priority: 'low', name: 'changes the body after it is signed' },
      );
      const refused = await refusal(client.send(new PutObjectCommand({ Bucket: store.bucket, Key: key, Body: Buffer.from('content') })));
      client.destroy();
      expect(refused.code).toBe('XAmzContentSHA256Mismatch');
      expect(await isAbsent(store, key)).toBe(true);
    },
  ],
  [
    'verifies SHA-256, or leaves it to the digest in the archive',
    async (store) => {
      const [good, bad] = [newKey(), newKey()];
      await putWith(store, good, { ChecksumSHA256: sha256('content') });
      const head = await store.client.send(new HeadObjectCommand({ Bucket: store.bucket, Key: good, ChecksumMode: 'ENABLED' }));
      expect(head.ChecksumSHA256).toBe(store.can.flexibleChecksums ? sha256('content') : undefined);
      if (!store.can.flexibleChecksums) return;
      expect(await refusal(putWith(store, bad, { ChecksumSHA256: sha256('other') }))).toEqual({ code: 'BadDigest', status: 400 });
      expect(await isAbsent(store, bad)).toBe(true);
    },
  ],
  ...Object.entries(checkValues).map(([name, value]): Check => [
    `stores an object with ${name}, and refuses a wrong one if it verifies`,
    async (store) => {
      const [good, bad] = [newKey(), newKey()];
      await putWith(store, good, { Body: '123456789', [name]: value });
      const { ContentLength } = await store.client.send(new HeadObjectCommand({ Bucket: store.bucket, Key: good }));
      expect(ContentLength).toBe(9);
      if (!store.can.flexibleChecksums) return;
      expect((await refusal(putWith(store, bad, { Body: '123456780', [name]: value }))).code).toBe('BadDigest');
      expect(await isAbsent(store, bad)).toBe(true);
    },
  ]),
  [
    'decodes a streamed body with a checksum trailer, or refuses it whole',
    async (store) => {
      const [client, Key, body] = [store.clientWith({ requestChecksumCalculation: 'WHEN_SUPPORTED' }), newKey(), randomBytes(1_500_000)];
      const Body = Readable.from([body.subarray(0, 700_001), body.subarray(700_001)], { objectMode: false });
      const sent = client.send(
        new PutObjectCommand({ Bucket: store.bucket, Key, Body, ContentLength: body.length, ChecksumAlgorithm: 'CRC32C' }),
      );
      if (!store.can.streamedBodies) {
        expect((await refusal(sent)).status).toBe(411);
        expect(await isAbsent(store, Key)).toBe(true);
        return client.destroy();
      }
      expect((await sent).ChecksumCRC32C).toBeTruthy();
      const { Body: stored } = await client.send(new GetObjectCommand({ Bucket: store.bucket, Key }));
      expect(Buffer.from(await stored!.transformToByteArray()).equals(body)).toBe(true);
      client.destroy();
    },
  ],
  [
    'stores UNSIGNED-PAYLOAD bodies as they come',
    async (store) => {
      const [client, Key] = [store.clientWith({ applyChecksum: false } as object), newKey()];
      client.middlewareStack.add(
        (next) => async (args) => {
          (args.request as { headers: Record<string, string> }).headers['x-amz-content-sha256'] = 'UNSIGNED-PAYLOAD';
          return next(args);
        },
        { step: 'build', name: 'leaves the payload unsigned' },
      );
      await client.send(new PutObjectCommand({ Bucket: store.bucket, Key, Body: 'unsigned' }));
      const { Body } = await client.send(new GetObjectCommand({ Bucket: store.bucket, Key }));
      expect(await Body!.transformToString()).toBe('unsigned');
      client.destroy();
    },
  ],
  [
    'refuses a wrong secret, an unknown key id and an unsigned request',
    async (store) => {
      const { url, accessKeyId } = store.endpoint;
      const attempt = async (credentials: { accessKeyId: string; secretAccessKey: string }) => {
        const client = store.clientWith({ credentials });
        const refused = await refusal(client.send(new GetObjectCommand({ Bucket: store.bucket, Key: 'x' })));
        client.destroy();
        return refused;
      };
      expect(await attempt({ accessKeyId, secretAccessKey: 'wrong' })).toEqual({ code: 'SignatureDoesNotMatch', status: 403 });
      expect(await attempt({ accessKeyId: 'AKIAUNKNOWN', secretAccessKey: 'x' })).toEqual({ code: 'InvalidAccessKeyId', status: 403 });
      expect((await fetch(`${url}/${store.bucket}/x`)).status).toBe(403);
    },
  ],
];
