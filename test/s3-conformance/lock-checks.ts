import { createHash } from 'node:crypto';
import {
  CreateMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  GetObjectLegalHoldCommand,
  GetObjectLockConfigurationCommand,
  GetObjectRetentionCommand,
  PutObjectCommand,
  PutObjectLegalHoldCommand,
  PutObjectRetentionCommand,
  UploadPartCommand,
  type ObjectLockRetentionMode,
} from '@aws-sdk/client-s3';
import { newKey, put, refusal, type Check, type StoreUnderTest } from './store-under-test.js';

interface Version {
  readonly Bucket: string;
  readonly Key: string;
  readonly VersionId: string;
}

const dayMs = 24 * 3600 * 1000;
const inDays = (days: number): Date => new Date(Math.floor(Date.now() / 1000) * 1000 + days * dayMs);

const stored = async (store: StoreUnderTest): Promise<Version> => {
  const Key = newKey();
  return { Bucket: store.bucket, Key, VersionId: (await put(store, Key)).VersionId! };
};

const retain = ({ client }: StoreUnderTest, version: Version, Mode: ObjectLockRetentionMode, RetainUntilDate: Date, bypass = false) =>
  client.send(
    new PutObjectRetentionCommand({ ...version, Retention: { Mode, RetainUntilDate }, ...(bypass && { BypassGovernanceRetention: true }) }),
  );

const retentionOf = async ({ client }: StoreUnderTest, version: Version) =>
  (await client.send(new GetObjectRetentionCommand(version))).Retention;

const remove = ({ client }: StoreUnderTest, version: Version, bypass = false) =>
  client.send(new DeleteObjectCommand({ ...version, ...(bypass && { BypassGovernanceRetention: true }) }));

const setHold = ({ client }: StoreUnderTest, version: Version, Status: 'ON' | 'OFF') =>
  client.send(new PutObjectLegalHoldCommand({ ...version, LegalHold: { Status } }));

const denied = { code: 'AccessDenied', status: 403 };

const multipartWithRetention = async (store: StoreUnderTest): Promise<Version> => {
  const at = { Bucket: store.bucket, Key: newKey() };
  const lock = { ObjectLockMode: 'COMPLIANCE', ObjectLockRetainUntilDate: inDays(1) } as const;
  const { UploadId } = await store.client.send(new CreateMultipartUploadCommand({ ...at, ...lock }));
  const { ETag } = await store.client.send(new UploadPartCommand({ ...at, UploadId, PartNumber: 1, Body: 'part' }));
  const MultipartUpload = { Parts: [{ PartNumber: 1, ETag }] };
  const { VersionId } = await store.client.send(new CompleteMultipartUploadCommand({ ...at, UploadId, MultipartUpload }));
  return { ...at, VersionId: VersionId! };
};

export const lockChecks: readonly Check[] = [
  [
    'tells that Object Lock is on',
    async ({ client, bucket }) => {
      const { ObjectLockConfiguration } = await client.send(new GetObjectLockConfigurationCommand({ Bucket: bucket }));
      expect(ObjectLockConfiguration?.ObjectLockEnabled).toBe('Enabled');
    },
  ],
  [
    'reads back the retention that was set, to the second',
    async (store) => {
      const [version, until] = [await stored(store), inDays(2557)];
      await retain(store, version, 'COMPLIANCE', until);
      expect(await retentionOf(store, version)).toEqual({ Mode: 'COMPLIANCE', RetainUntilDate: until });
    },
  ],
  [
    'takes retention and legal hold from the headers of a PUT',
    async (store) => {
      const [Key, until] = [newKey(), inDays(2)];
      const ContentMD5 = createHash('md5').update('x').digest('base64');
      const lock = { ObjectLockMode: 'COMPLIANCE', ObjectLockRetainUntilDate: until, ObjectLockLegalHoldStatus: 'ON' } as const;
      const { VersionId } = await store.client.send(new PutObjectCommand({ Bucket: store.bucket, Key, Body: 'x', ContentMD5, ...lock }));
      const version = { Bucket: store.bucket, Key, VersionId: VersionId! };
      expect(await retentionOf(store, version)).toEqual({ Mode: 'COMPLIANCE', RetainUntilDate: until });
      expect((await store.client.send(new GetObjectLegalHoldCommand(version))).LegalHold?.Status).toBe('ON');
    },
  ],
  [
    'never deletes a version under COMPLIANCE, not even with the bypass',
    async (store) => {
      const version = await stored(store);
      await retain(store, version, 'COMPLIANCE', inDays(1));
      expect(await refusal(remove(store, version))).toEqual(denied);
      expect(await refusal(remove(store, version, true))).toEqual(denied);
      const { Errors } = await store.client.send(
        new DeleteObjectsCommand({ Bucket: version.Bucket, Delete: { Objects: [{ Key: version.Key, VersionId: version.VersionId }] } }),
      );
      expect(Errors?.[0]?.Code).toBe('AccessDenied');
      expect(await (await store.client.send(new GetObjectCommand(version))).Body!.transformToString()).toBe('content');
    },
  ],
  [
    'never shortens COMPLIANCE or turns it into GOVERNANCE, but lengthens it',
    async (store) => {
      const version = await stored(store);
      await retain(store, version, 'COMPLIANCE', inDays(10));
      expect(await refusal(retain(store, version, 'COMPLIANCE', inDays(5), true))).toEqual(denied);
      expect(await refusal(retain(store, version, 'GOVERNANCE', inDays(20), true))).toEqual(denied);
      const until = inDays(20);
      await retain(store, version, 'COMPLIANCE', until);
      expect((await retentionOf(store, version))?.RetainUntilDate).toEqual(until);
    },
  ],
  [
    'lets GOVERNANCE be shortened and the version deleted with the bypass alone',
    async (store) => {
      const version = await stored(store);
      await retain(store, version, 'GOVERNANCE', inDays(10));
      expect(await refusal(retain(store, version, 'GOVERNANCE', inDays(5)))).toEqual(denied);
      await retain(store, version, 'GOVERNANCE', inDays(5), true);
      expect(await refusal(remove(store, version))).toEqual(denied);
      await remove(store, version, true);
      expect((await refusal(store.client.send(new GetObjectCommand(version)))).status).toBe(404);
    },
  ],
  [
    'keeps a version under legal hold until the hold is off',
    async (store) => {
      const version = await stored(store);
      await setHold(store, version, 'ON');
      expect(await refusal(remove(store, version, true))).toEqual(denied);
      await setHold(store, version, 'OFF');
      await remove(store, version);
      expect((await refusal(store.client.send(new GetObjectCommand(version)))).status).toBe(404);
    },
  ],
  [
    'hides a locked key behind a marker but keeps the locked version',
    async (store) => {
      const version = await stored(store);
      await retain(store, version, 'COMPLIANCE', inDays(1));
      await store.client.send(new DeleteObjectCommand({ Bucket: version.Bucket, Key: version.Key }));
      expect(await (await store.client.send(new GetObjectCommand(version))).Body!.transformToString()).toBe('content');
    },
  ],
  [
    'deletes a version again once its retention has ended',
    async (store) => {
      const version = await stored(store);
      const until = new Date(Math.ceil(Date.now() / 1000) * 1000 + 5000);
      await retain(store, version, 'COMPLIANCE', until);
      expect(await refusal(remove(store, version))).toEqual(denied);
      const deadline = until.getTime() + 30_000;
      for (;;) {
        const outcome = await remove(store, version).catch((error: Error) => error.name);
        if (typeof outcome !== 'string') break;
        expect([outcome, Date.now() < deadline]).toEqual(['AccessDenied', true]);
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
      expect(Date.now()).toBeGreaterThanOrEqual(until.getTime());
    },
  ],
  [
    'refuses a retention that has ended already',
    async (store) => {
      expect((await refusal(retain(store, await stored(store), 'COMPLIANCE', inDays(-1)))).status).toBe(400);
    },
  ],
  [
    'answers 404 for the retention of a version that has none',
    async (store) => {
      expect((await refusal(retentionOf(store, await stored(store)))).status).toBe(404);
    },
  ],
  [
    'holds the retention of CreateMultipartUpload, or the one that is set after Complete',
    async (store) => {
      const version = await multipartWithRetention(store);
      const found = await retentionOf(store, version).catch(() => undefined);
      expect(found?.Mode).toBe(store.can.retentionAtCreateMultipart ? 'COMPLIANCE' : undefined);
      await retain(store, version, 'COMPLIANCE', inDays(3));
      expect((await retentionOf(store, version))?.Mode).toBe('COMPLIANCE');
      expect(await refusal(remove(store, version))).toEqual(denied);
    },
  ],
];
