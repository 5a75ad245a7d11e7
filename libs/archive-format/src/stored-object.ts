import { createHash } from 'node:crypto';
import { CodedError } from '@lastcopy/kernel';
import { formatLocation, type ObjectLocation, type ObjectStore } from '@lastcopy/object-store';

/** What the manifest says of one stored object. */
export interface ExpectedObject {
  readonly version_id: string;
  readonly stored_bytes: number;
  readonly stored_sha256: string;
}

export const sha256Hex = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** Small documents only: a manifest of a hundred thousand parts has some 50 MiB. */
const MAX_DOCUMENT_BYTES = 256 * 1024 * 1024;

/** The whole of a small object. @throws ARCHIVE_OBJECT_MISSING, ARCHIVE_OBJECT_DAMAGED, STORE_* */
export async function readDocument(
  store: ObjectStore,
  location: ObjectLocation,
  options: { versionId?: string; signal?: AbortSignal } = {},
): Promise<{ bytes: Buffer; versionId: string | undefined }> {
  const { sizeBytes, versionId, body } = await store.read(location, options);
  if (sizeBytes > MAX_DOCUMENT_BYTES) {
    body.destroy();
    throw new CodedError('ARCHIVE_OBJECT_DAMAGED', `${formatLocation(location)} has ${sizeBytes} bytes, too many for a document.`);
  }
  const chunks: Buffer[] = [];
  for await (const chunk of body) chunks.push(chunk as Buffer);
  return { bytes: Buffer.concat(chunks), versionId };
}

/** @throws ARCHIVE_OBJECT_DAMAGED naming the object, when size or digest are not the manifest's */
export function assertStored(location: ObjectLocation, expected: ExpectedObject, storedBytes: number, storedSha256: string): void {
  const name = `${formatLocation(location)} version ${expected.version_id}`;
  if (storedBytes !== expected.stored_bytes) {
    throw new CodedError('ARCHIVE_OBJECT_DAMAGED', `${name} has ${storedBytes} bytes; the manifest says ${expected.stored_bytes}.`);
  }
  if (storedSha256 !== expected.stored_sha256) {
    throw new CodedError('ARCHIVE_OBJECT_DAMAGED', `${name} has SHA-256 ${storedSha256}; the manifest says ${expected.stored_sha256}.`);
  }
}
