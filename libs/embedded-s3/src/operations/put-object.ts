import { removeOrphans, type Call, type Operation } from './call.js';
import { headersToStore, protectionToStore, versionHeader, writeConditions } from './object-headers.js';
import { checksumHeader, type Checksum, type ChecksumAlgorithm } from '../body/checksums.js';
import { receiveBody, type ReceivedBody } from '../body/receive-body.js';
import { quoted } from '../http/answer.js';
import { S3Error } from '../s3-error.js';

/** A body that is on the disk and durable, and that nothing names yet. */
export interface LandedBody extends ReceivedBody {
  readonly blob: string;
}

/** Streams the body into a blob of its own; a body that breaks a promise leaves nothing behind. */
export const landBody = async (call: Call, algorithm?: ChecksumAlgorithm): Promise<LandedBody> => {
  const incoming = await call.store.blobs.receive();
  try {
    const received = await receiveBody(call.request, call.auth, (chunk) => incoming.write(chunk), algorithm);
    return { ...received, blob: await incoming.keep() };
  } catch (error) {
    await incoming.discard();
    throw error;
  }
};

/** Carries out `publish`, the step that names the blobs; they go again when it refuses. */
export const publishOrRemove = async <T>(call: Call, blobs: readonly string[], publish: () => T): Promise<T> => {
  try {
    return publish();
  } catch (error) {
    // Only a refusal is known to have changed nothing; after any other failure the next start decides by the index.
    if (error instanceof S3Error) await removeOrphans(call, blobs);
    throw error;
  }
};

export const checksumAnswer = (checksum: Checksum | undefined): Record<string, string> =>
  checksum ? { [checksumHeader(checksum.algorithm)]: checksum.value, 'x-amz-checksum-type': checksum.type } : {};

export const putObject: Operation = async (call) => {
  const { bucket: bucketName, key } = call.request;
  const bucket = call.store.buckets.require(bucketName);
  const headers = headersToStore(call);
  const protection = protectionToStore(call, bucket);
  const conditions = writeConditions(call);
  const latest = call.store.versions.latest(bucketName, key);
  if (conditions.onlyIfAbsent && latest && !latest.deleteMarker) {
    throw new S3Error('PreconditionFailed', `An object stands under '${key}' already.`);
  }
  const { blob, sizeBytes, md5, checksum } = await landBody(call);
  const etag = md5.toString('hex');
  const version = {
    bucket: bucketName,
    key,
    sizeBytes,
    etag,
    modifiedMs: Date.now(),
    headers,
    ...(checksum && { checksum }),
    ...protection,
  };
  const stored = await publishOrRemove(call, [blob], () =>
    call.store.versions.add({ ...version, segments: [{ blob, sizeBytes }] }, conditions),
  );
  await removeOrphans(call, stored.orphans);
  return { status: 200, headers: { etag: quoted(etag), ...versionHeader(call, stored.versionId), ...checksumAnswer(checksum) } };
};
