import {
  CreateBucketCommand,
  GetBucketVersioningCommand,
  GetObjectLockConfigurationCommand,
  HeadBucketCommand,
  PutBucketVersioningCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import type { BucketState } from './object-store.js';
import { sdkName, sdkStatus } from './store-errors.js';

const ABSENT: BucketState = { exists: false, versioning: false, objectLock: false };
const OWNED = new Set(['BucketAlreadyOwnedByYou', 'BucketAlreadyExists']);

async function hasObjectLock(client: S3Client, Bucket: string, abortSignal?: AbortSignal): Promise<boolean> {
  try {
    const answer = await client.send(new GetObjectLockConfigurationCommand({ Bucket }), { abortSignal });
    return answer.ObjectLockConfiguration?.ObjectLockEnabled === 'Enabled';
  } catch (error) {
    if (sdkName(error) === 'ObjectLockConfigurationNotFoundError' || sdkStatus(error) === 404) return false;
    throw error;
  }
}

export async function bucketState(client: S3Client, Bucket: string, abortSignal?: AbortSignal): Promise<BucketState> {
  try {
    await client.send(new HeadBucketCommand({ Bucket }), { abortSignal });
  } catch (error) {
    if (sdkStatus(error) === 404) return ABSENT;
    throw error;
  }
  const versioning = await client.send(new GetBucketVersioningCommand({ Bucket }), { abortSignal });
  return { exists: true, versioning: versioning.Status === 'Enabled', objectLock: await hasObjectLock(client, Bucket, abortSignal) };
}

/** Object Lock can be switched on only when a bucket is made; it brings versioning with it, which is set again for stores that forget. */
export async function createLockedBucket(client: S3Client, Bucket: string, abortSignal?: AbortSignal): Promise<void> {
  try {
    await client.send(new CreateBucketCommand({ Bucket, ObjectLockEnabledForBucket: true }), { abortSignal });
  } catch (error) {
    if (!OWNED.has(sdkName(error))) throw error;
  }
  const { versioning } = await bucketState(client, Bucket, abortSignal);
  if (versioning) return;
  await client.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: 'Enabled' } }), { abortSignal });
}
