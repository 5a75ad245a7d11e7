// The bucket of the archives. Several S3 stores take a retention and delete the object all the same: so the store is put to the test.
import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import {
  CreateBucketCommand,
  DeleteObjectCommand,
  GetObjectLockConfigurationCommand,
  HeadObjectCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';

const probes = 4;
const retryMs = 500;

const refusalOf = (call) =>
  call.then(
    () => undefined,
    (error) => error,
  );

/**
 * Puts an object under COMPLIANCE for `lockMs` and tries to delete it: it must stay until then, and go afterwards.
 * Answers false when the lock may have ended before the attempt: it proves nothing then.
 */
async function provesLocking(client, Bucket, lockMs) {
  const Key = `.lock-probe/${randomUUID()}`;
  const until = new Date(Date.now() + lockMs);
  const isOver = () => Date.now() >= until.getTime();
  const put = new PutObjectCommand({ Bucket, Key, Body: 'locked', ObjectLockMode: 'COMPLIANCE', ObjectLockRetainUntilDate: until });
  const { VersionId, refused } = await client.send(put).catch((error) => ({ refused: error }));
  // A store takes no lock that has ended already.
  if (refused && isOver()) return false;
  if (refused) throw refused;
  const remove = () => client.send(new DeleteObjectCommand({ Bucket, Key, VersionId, BypassGovernanceRetention: true }));
  const refusal = VersionId === undefined ? undefined : await refusalOf(remove());
  const held = VersionId !== undefined && (await refusalOf(client.send(new HeadObjectCommand({ Bucket, Key, VersionId })))) === undefined;
  if (refusal?.name !== 'AccessDenied' || !held) {
    if (VersionId !== undefined && isOver()) {
      if (held) await refusalOf(remove());
      return false;
    }
    throw new Error(
      `The object store deleted a version of bucket ${Bucket} that was under COMPLIANCE. Use a store that enforces Object Lock.`,
    );
  }
  // The store's clock may be behind ours: ask until it agrees that the time has come.
  const deadline = until.getTime() + 60_000;
  for (;;) {
    const still = !isOver() ? refusal : await refusalOf(remove());
    if (!still) return true;
    if (Date.now() > deadline) throw new Error(`The probe ${Key} could not be removed after its retention ended: ${still.message}`);
    await delay(retryMs);
  }
}

/** A slow store may need longer than the lock lasts until it is asked to delete: the next lock is longer. */
async function requireLocking(client, Bucket, lockMs) {
  for (let probe = 0; probe < probes; probe += 1) {
    if (await provesLocking(client, Bucket, lockMs * 2 ** probe)) return;
  }
  throw new Error(`The object store answers so slowly that bucket ${Bucket} could not be put to the test. Try again when it is less busy.`);
}

/**
 * Makes the bucket with Object Lock unless it is there, and proves that locked versions stay.
 * @param {{ endpoint?: string; region: string; accessKeyId: string; secretAccessKey: string; bucket: string; probeLockMs?: number }} options
 */
export async function createBucketWithLock({ endpoint, region, accessKeyId, secretAccessKey, bucket, probeLockMs = 5_000 }) {
  const client = new S3Client({ endpoint, region, forcePathStyle: true, credentials: { accessKeyId, secretAccessKey } });
  try {
    const refusal = await refusalOf(client.send(new CreateBucketCommand({ Bucket: bucket, ObjectLockEnabledForBucket: true })));
    if (refusal && refusal.name !== 'BucketAlreadyOwnedByYou') throw refusal;
    const { ObjectLockConfiguration } = await client.send(new GetObjectLockConfigurationCommand({ Bucket: bucket }));
    if (ObjectLockConfiguration?.ObjectLockEnabled !== 'Enabled')
      throw new Error(`Bucket ${bucket} has no Object Lock. Name another bucket.`);
    await requireLocking(client, bucket, probeLockMs);
  } finally {
    client.destroy();
  }
}
