import {
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetBucketVersioningCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  ListObjectVersionsCommand,
} from '@aws-sdk/client-s3';
import { newKey, put, refusal, type Check, type StoreUnderTest } from './store-under-test.js';

const textOf = async (store: StoreUnderTest, Key: string, VersionId?: string): Promise<string> =>
  (await store.client.send(new GetObjectCommand({ Bucket: store.bucket, Key, VersionId }))).Body!.transformToString();

const list = (store: StoreUnderTest, more: object) => store.client.send(new ListObjectsV2Command({ Bucket: store.bucket, ...more }));

const putAll = async (store: StoreUnderTest, prefix: string, names: readonly string[]): Promise<void> => {
  for (const name of names) await put(store, prefix + name, name);
};

export const versionChecks: readonly Check[] = [
  [
    'says that a bucket with Object Lock is versioned',
    async ({ client, bucket }) => {
      expect((await client.send(new GetBucketVersioningCommand({ Bucket: bucket }))).Status).toBe('Enabled');
    },
  ],
  [
    'keeps every version of a key and reads each by its id',
    async (store) => {
      const key = newKey();
      const [one, two] = [await put(store, key, 'one'), await put(store, key, 'two')];
      expect(one.VersionId).not.toBe(two.VersionId);
      expect([await textOf(store, key), await textOf(store, key, one.VersionId)]).toEqual(['two', 'one']);
    },
  ],
  [
    'hides a deleted key behind a marker, keeps its versions, and shows it again when the marker goes',
    async (store) => {
      const Key = newKey();
      const { VersionId } = await put(store, Key, 'kept');
      const deleted = await store.client.send(new DeleteObjectCommand({ Bucket: store.bucket, Key }));
      expect(deleted.DeleteMarker).toBe(true);
      expect((await refusal(textOf(store, Key))).code).toBe('NoSuchKey');
      expect(await textOf(store, Key, VersionId)).toBe('kept');
      await store.client.send(new DeleteObjectCommand({ Bucket: store.bucket, Key, VersionId: deleted.VersionId }));
      expect(await textOf(store, Key)).toBe('kept');
    },
  ],
  [
    'deletes one version for good, and the one before it becomes the newest',
    async (store) => {
      const Key = newKey();
      await put(store, Key, 'one');
      const { VersionId } = await put(store, Key, 'two');
      await store.client.send(new DeleteObjectCommand({ Bucket: store.bucket, Key, VersionId }));
      expect(await textOf(store, Key)).toBe('one');
      expect((await refusal(store.client.send(new HeadObjectCommand({ Bucket: store.bucket, Key, VersionId })))).status).toBe(404);
    },
  ],
  [
    'lists versions and markers newest first, over several pages',
    async (store) => {
      const Prefix = `${newKey()}/`;
      const ids = [(await put(store, `${Prefix}a`, '1')).VersionId, (await put(store, `${Prefix}a`, '2')).VersionId];
      await put(store, `${Prefix}b`, '3');
      await store.client.send(new DeleteObjectCommand({ Bucket: store.bucket, Key: `${Prefix}b` }));
      const seen: string[] = [];
      let marker: { KeyMarker?: string; VersionIdMarker?: string } | undefined = {};
      while (marker) {
        const page: import('@aws-sdk/client-s3').ListObjectVersionsCommandOutput = await store.client.send(
          new ListObjectVersionsCommand({ Bucket: store.bucket, Prefix, MaxKeys: 1, ...marker }),
        );
        seen.push(
          ...(page.Versions ?? []).map((v) => `${v.Key!.at(-1)}:${v.VersionId}`),
          ...(page.DeleteMarkers ?? []).map((m) => `${m.Key!.at(-1)}:marker`),
        );
        marker = page.IsTruncated ? { KeyMarker: page.NextKeyMarker!, VersionIdMarker: page.NextVersionIdMarker! } : undefined;
      }
      expect(seen).toHaveLength(4);
      expect(seen.slice(0, 3)).toEqual([`a:${ids[1]}`, `a:${ids[0]}`, 'b:marker']);
    },
  ],
  [
    'lists keys in the order of their UTF-8 bytes, over several pages',
    async (store) => {
      const Prefix = `${newKey()}/`;
      const names = ['z', 'B', 'a', 'ä', '日', '~', '-'];
      await putAll(store, Prefix, names);
      const found: string[] = [];
      let ContinuationToken: string | undefined;
      do {
        const page = await list(store, { Prefix, MaxKeys: 2, ContinuationToken });
        found.push(...page.Contents!.map((object) => object.Key!.slice(Prefix.length)));
        ContinuationToken = page.NextContinuationToken;
      } while (ContinuationToken);
      expect(found).toEqual([...names].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b))));
    },
  ],
  [
    'folds keys at the delimiter, and pages over the folded ones',
    async (store) => {
      const Prefix = `${newKey()}/`;
      await putAll(store, Prefix, ['a/1', 'a/2', 'b', 'c/1', 'c/d/2']);
      const all = await list(store, { Prefix, Delimiter: '/' });
      expect(all.CommonPrefixes!.map((p) => p.Prefix)).toEqual([`${Prefix}a/`, `${Prefix}c/`]);
      expect(all.Contents!.map((object) => object.Key)).toEqual([`${Prefix}b`]);
      const first = await list(store, { Prefix, Delimiter: '/', MaxKeys: 1 });
      const second = await list(store, { Prefix, Delimiter: '/', MaxKeys: 1, ContinuationToken: first.NextContinuationToken });
      expect([first.CommonPrefixes?.[0]?.Prefix, second.Contents?.[0]?.Key]).toEqual([`${Prefix}a/`, `${Prefix}b`]);
    },
  ],
  [
    'starts a listing after a key, and leaves deleted keys out',
    async (store) => {
      const Prefix = `${newKey()}/`;
      await putAll(store, Prefix, ['a', 'b', 'c', 'd']);
      await store.client.send(new DeleteObjectCommand({ Bucket: store.bucket, Key: `${Prefix}c` }));
      const { Contents } = await list(store, { Prefix, StartAfter: `${Prefix}a` });
      expect(Contents!.map((object) => object.Key)).toEqual([`${Prefix}b`, `${Prefix}d`]);
    },
  ],
  [
    'deletes many versions in one request and says what became of each',
    async (store) => {
      const keys = [newKey("&<'"), newKey()];
      const Objects = await Promise.all(keys.map(async (Key) => ({ Key, VersionId: (await put(store, Key)).VersionId })));
      const { Deleted, Errors } = await store.client.send(new DeleteObjectsCommand({ Bucket: store.bucket, Delete: { Objects } }));
      expect(Deleted!.map((one) => one.Key).sort()).toEqual([...keys].sort());
      expect(Errors ?? []).toEqual([]);
      for (const Key of keys) expect((await refusal(textOf(store, Key))).code).toBe('NoSuchKey');
    },
  ],
];
