import { createHash } from 'node:crypto';
import {
  CompleteMultipartUploadCommand,
  GetObjectCommand,
  HeadObjectCommand,
  PutObjectCommand,
  UploadPartCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import { CodedError } from '@lastcopy/kernel';
import { formatLocation } from './location.js';
import {
  MAX_PUT_BYTES,
  type MultipartUpload,
  type ObjectLocation,
  type PutOptions,
  type PutResult,
  type UploadedPart,
} from './object-store.js';
import { sdkAttempts, sdkName, sdkStatus } from './store-errors.js';

/** The outcome is in doubt only when the call was repeated: the first try may have succeeded and its answer been lost. */
const mayBeOwnEcho = (error: unknown, names: ReadonlySet<string>) =>
  sdkAttempts(error) > 1 && (names.has(sdkName(error)) || sdkStatus(error) === 412);

const PUT_ECHO = new Set(['PreconditionFailed']);
const COMPLETE_ECHO = new Set(['PreconditionFailed', 'NoSuchUpload']);

export async function putObject(client: S3Client, at: ObjectLocation, body: Buffer, options: PutOptions): Promise<PutResult> {
  const target = { Bucket: at.bucket, Key: at.key };
  const { signal: abortSignal, ifAbsent, contentType } = options;
  if (body.length > MAX_PUT_BYTES) {
    throw new CodedError('STORE_FAILED', `${formatLocation(at)}: ${body.length} bytes are too many for one put; upload in parts.`);
  }
  const input = { ...target, Body: body, ContentLength: body.length, ContentType: contentType ?? 'application/octet-stream' };
  try {
    const { VersionId } = await client.send(new PutObjectCommand({ ...input, ...(ifAbsent ? { IfNoneMatch: '*' } : {}) }), { abortSignal });
    return { versionId: VersionId };
  } catch (error) {
    if (!ifAbsent || !mayBeOwnEcho(error, PUT_ECHO)) throw error;
    const standing = await client.send(new GetObjectCommand(target), { abortSignal });
    const bytes = await standing.Body?.transformToByteArray();
    if (!bytes || !body.equals(bytes)) throw error;
    return { versionId: standing.VersionId };
  }
}

export async function putPart(client: S3Client, upload: MultipartUpload, partNumber: number, body: Buffer, abortSignal?: AbortSignal) {
  const sha256 = upload.partChecksums ? createHash('sha256').update(body).digest('base64') : undefined;
  const input = { Bucket: upload.bucket, Key: upload.key, UploadId: upload.uploadId, PartNumber: partNumber };
  const checksum = sha256 ? { ChecksumSHA256: sha256 } : {};
  const { ETag } = await client.send(new UploadPartCommand({ ...input, ...checksum, Body: body, ContentLength: body.length }), {
    abortSignal,
  });
  if (!ETag) throw new CodedError('STORE_FAILED', `${formatLocation(upload)}: the store gave no ETag for part ${partNumber}.`);
  return { partNumber, etag: ETag, ...(sha256 ? { sha256 } : {}) };
}

/** S3's ETag of a multipart object: the MD5 of its parts' MD5s, and their number. */
export function multipartEtag(parts: readonly UploadedPart[]): string {
  const digests = parts.map(({ etag }) => Buffer.from(etag.replaceAll('"', ''), 'hex'));
  return `${createHash('md5').update(Buffer.concat(digests)).digest('hex')}-${parts.length}`;
}

export async function completeUpload(
  client: S3Client,
  upload: MultipartUpload,
  parts: readonly UploadedPart[],
  options: { ifAbsent?: boolean; signal?: AbortSignal },
): Promise<PutResult> {
  const target = { Bucket: upload.bucket, Key: upload.key };
  const Parts = parts.map(({ partNumber, etag, sha256 }) => ({
    PartNumber: partNumber,
    ETag: etag,
    ...(sha256 ? { ChecksumSHA256: sha256 } : {}),
  }));
  const input = { ...target, UploadId: upload.uploadId, MultipartUpload: { Parts }, ...(options.ifAbsent ? { IfNoneMatch: '*' } : {}) };
  try {
    const { VersionId } = await client.send(new CompleteMultipartUploadCommand(input), { abortSignal: options.signal });
    return { versionId: VersionId };
  } catch (error) {
    if (!mayBeOwnEcho(error, COMPLETE_ECHO)) throw error;
    const standing = await client.send(new HeadObjectCommand(target), { abortSignal: options.signal });
    if (standing.ETag?.replaceAll('"', '') !== multipartEtag(parts)) throw error;
    return { versionId: standing.VersionId };
  }
}
