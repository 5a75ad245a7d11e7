import {
  GetObjectLegalHoldCommand,
  GetObjectRetentionCommand,
  PutObjectLegalHoldCommand,
  PutObjectRetentionCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import type { ObjectLocation, Retention } from './object-store.js';
import { sdkName } from './store-errors.js';

const NOT_SET = new Set(['NoSuchObjectLockConfiguration', 'ObjectLockConfigurationNotFoundError']);

const target = ({ bucket, key }: ObjectLocation, VersionId: string) => ({ Bucket: bucket, Key: key, VersionId });

export async function putRetention(
  client: S3Client,
  at: ObjectLocation,
  versionId: string,
  retention: Retention,
  abortSignal?: AbortSignal,
) {
  const Retention = { Mode: retention.mode, RetainUntilDate: retention.retainUntil };
  await client.send(new PutObjectRetentionCommand({ ...target(at, versionId), Retention }), { abortSignal });
}

export async function readRetention(
  client: S3Client,
  at: ObjectLocation,
  versionId: string,
  abortSignal?: AbortSignal,
): Promise<Retention | undefined> {
  try {
    const { Retention } = await client.send(new GetObjectRetentionCommand(target(at, versionId)), { abortSignal });
    if (!Retention?.Mode || !Retention.RetainUntilDate) return undefined;
    return { mode: Retention.Mode, retainUntil: Retention.RetainUntilDate };
  } catch (error) {
    if (NOT_SET.has(sdkName(error))) return undefined;
    throw error;
  }
}

export async function putLegalHold(client: S3Client, at: ObjectLocation, versionId: string, on: boolean, abortSignal?: AbortSignal) {
  const LegalHold = { Status: on ? ('ON' as const) : ('OFF' as const) };
  await client.send(new PutObjectLegalHoldCommand({ ...target(at, versionId), LegalHold }), { abortSignal });
}

export async function readLegalHold(client: S3Client, at: ObjectLocation, versionId: string, abortSignal?: AbortSignal): Promise<boolean> {
  try {
    const { LegalHold } = await client.send(new GetObjectLegalHoldCommand(target(at, versionId)), { abortSignal });
    return LegalHold?.Status === 'ON';
  } catch (error) {
    if (NOT_SET.has(sdkName(error))) return false;
    throw error;
  }
}
