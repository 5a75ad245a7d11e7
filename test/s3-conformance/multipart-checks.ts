import { createHash, randomBytes } from 'node:crypto';
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListMultipartUploadsCommand,
  ListPartsCommand,
  UploadPartCommand,
  type CompletedPart,
  type CompleteMultipartUploadCommandInput,
} from '@aws-sdk/client-s3';
import { minPartBytes, newKey, put, refusal, type Check, type StoreUnderTest } from './store-under-test.js';

interface Upload {
  readonly Bucket: string;
  readonly Key: string;
  readonly UploadId: string;
}

const begin = async ({ client, bucket }: StoreUnderTest, more: object = {}): Promise<Upload> => {
  const at = { Bucket: bucket, Key: newKey() };
  const { UploadId } = await client.send(new CreateMultipartUploadCommand({ ...at, ...more }));
  return { ...at, UploadId: UploadId! };
};

const addPart = async (
  { client }: StoreUnderTest,
  upload: Upload,
  PartNumber: number,
  Body: Buffer,
  more: object = {},
): Promise<CompletedPart> => {
  const { ETag, ChecksumSHA256 } = await client.send(new UploadPartCommand({ ...upload, PartNumber, Body, ...more }));
  return { PartNumber, ETag, ...(ChecksumSHA256 && { ChecksumSHA256 }) };
};

const complete = (
  { client }: StoreUnderTest,
  upload: Upload,
  Parts: CompletedPart[],
  more: Partial<CompleteMultipartUploadCommandInput> = {},
) => client.send(new CompleteMultipartUploadCommand({ ...upload, MultipartUpload: { Parts }, ...more }));

const bytesOf = async ({ client }: StoreUnderTest, at: { Bucket: string; Key: string }, Range?: string): Promise<Buffer> => {
  const { Body } = await client.send(new GetObjectCommand({ Bucket: at.Bucket, Key: at.Key, Range }));
  return Buffer.from(await Body!.transformToByteArray());
};

const [first, second] = [randomBytes(minPartBytes), randomBytes(1_000_003)];
const md5 = (body: Buffer): Buffer => createHash('md5').update(body).digest();
const sha256 = (body: Buffer): Buffer => createHash('sha256').update(body).digest();

export const multipartChecks: readonly Check[] = [
  [
    'joins parts in the order of their numbers, whatever the order they came in, under a composite ETag',
    async (store) => {
      const upload = await begin(store, { Metadata: { attempt: '1' } });
      const two = await addPart(store, upload, 7, second);
      const one = await addPart(store, upload, 2, first);
      const { ETag, VersionId } = await complete(store, upload, [one, two]);
      const composite = `"${md5(Buffer.concat([md5(first), md5(second)])).toString('hex')}-2"`;
      if (store.can.exactComplete) expect(ETag).toBe(composite);
      expect(VersionId).toBeTruthy();
      expect((await bytesOf(store, upload)).equals(Buffer.concat([first, second]))).toBe(true);
      const head = await store.client.send(new HeadObjectCommand({ Bucket: upload.Bucket, Key: upload.Key }));
      expect(head).toMatchObject({ ETag: composite, ContentLength: first.length + second.length, Metadata: { attempt: '1' } });
    },
  ],
  [
    'answers a range that runs over the border of two parts',
    async (store) => {
      const upload = await begin(store);
      await complete(store, upload, [await addPart(store, upload, 1, first), await addPart(store, upload, 2, second)]);
      const range = await bytesOf(store, upload, `bytes=${minPartBytes - 5}-${minPartBytes + 4}`);
      expect(range).toEqual(Buffer.concat([first.subarray(-5), second.subarray(0, 5)]));
    },
  ],
  [
    'shows nothing before Complete, and nothing after Abort',
    async (store) => {
      const upload = await begin(store);
      const part = await addPart(store, upload, 1, second);
      const head = () => store.client.send(new HeadObjectCommand({ Bucket: upload.Bucket, Key: upload.Key }));
      expect((await refusal(head())).status).toBe(404);
      await store.client.send(new AbortMultipartUploadCommand(upload));
      expect((await refusal(head())).status).toBe(404);
      const late = await refusal(complete(store, upload, [part]));
      if (store.can.exactComplete) expect(late.code).toBe('NoSuchUpload');
      expect((await refusal(head())).status).toBe(404);
      expect((await refusal(addPart(store, upload, 1, second))).code).toBe('NoSuchUpload');
    },
  ],
  [
    'lets a part be sent again: the last one counts',
    async (store) => {
      const upload = await begin(store);
      await addPart(store, upload, 1, first);
      const part = await addPart(store, upload, 1, second);
      await complete(store, upload, [part]);
      expect((await bytesOf(store, upload)).equals(second)).toBe(true);
    },
  ],
  [
    'refuses parts out of order, a part it does not have, and a part with another ETag',
    async (store) => {
      const upload = await begin(store);
      const [one, two] = [await addPart(store, upload, 1, first), await addPart(store, upload, 2, second)];
      if (store.can.ordersParts) expect((await refusal(complete(store, upload, [two, one]))).code).toBe('InvalidPartOrder');
      expect((await refusal(complete(store, upload, [one, two, { ...two, PartNumber: 3 }]))).code).toBe('InvalidPart');
      expect((await refusal(complete(store, upload, [{ ...one, ETag: two.ETag }, two]))).code).toBe('InvalidPart');
      await complete(store, upload, [one, two]);
    },
  ],
  [
    'refuses a small part before the last',
    async (store) => {
      const upload = await begin(store);
      const parts = [await addPart(store, upload, 1, second), await addPart(store, upload, 2, second)];
      expect((await refusal(complete(store, upload, parts))).code).toBe('EntityTooSmall');
    },
  ],
  [
    'lists the parts it has, over several pages, so that an upload can go on',
    async (store) => {
      const upload = await begin(store);
      for (const number of [1, 2, 3]) await addPart(store, upload, number, second);
      const page = await store.client.send(new ListPartsCommand({ ...upload, MaxParts: 2 }));
      const rest = await store.client.send(new ListPartsCommand({ ...upload, PartNumberMarker: page.NextPartNumberMarker }));
      expect([...page.Parts!, ...rest.Parts!].map((part) => [part.PartNumber, part.Size])).toEqual(
        [1, 2, 3].map((n) => [n, second.length]),
      );
      expect([page.IsTruncated, rest.IsTruncated]).toEqual([true, false]);
    },
  ],
  [
    'lists unfinished uploads by prefix, so that they can be swept',
    async (store) => {
      const [kept, finished] = [await begin(store), await begin(store)];
      await complete(store, finished, [await addPart(store, finished, 1, second)]);
      const list = (Prefix: string) => store.client.send(new ListMultipartUploadsCommand({ Bucket: store.bucket, Prefix }));
      expect((await list(kept.Key)).Uploads?.map((upload) => upload.UploadId)).toEqual([kept.UploadId]);
      expect((await list(finished.Key)).Uploads ?? []).toEqual([]);
    },
  ],
  [
    'verifies the SHA-256 of a part and answers the composite one, or leaves both to the archive',
    async (store) => {
      const upload = await begin(store, { ChecksumAlgorithm: 'SHA256' });
      const claim = (body: Buffer) => ({ ChecksumSHA256: sha256(body).toString('base64') });
      if (store.can.flexibleChecksums) {
        expect((await refusal(addPart(store, upload, 1, first, claim(second)))).code).toBe('BadDigest');
      }
      const parts = [await addPart(store, upload, 1, first, claim(first)), await addPart(store, upload, 2, second, claim(second))];
      const { ChecksumSHA256 } = await complete(store, upload, parts);
      const composite = `${sha256(Buffer.concat([sha256(first), sha256(second)])).toString('base64')}-2`;
      expect(ChecksumSHA256).toBe(store.can.flexibleChecksums ? composite : undefined);
      expect((await bytesOf(store, upload)).equals(Buffer.concat([first, second]))).toBe(true);
    },
  ],
  [
    'completes on condition that nothing stands there, where the store honours it',
    async (store) => {
      const upload = await begin(store);
      const part = await addPart(store, upload, 1, second);
      await put(store, upload.Key, 'earlier');
      if (!store.can.conditionalWrites) return;
      expect(await refusal(complete(store, upload, [part], { IfNoneMatch: '*' }))).toEqual({ code: 'PreconditionFailed', status: 412 });
      expect((await bytesOf(store, upload)).toString()).toBe('earlier');
    },
  ],
];
