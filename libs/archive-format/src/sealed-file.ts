import { createHash } from 'node:crypto';
import { encryptionContext } from './encryption-context.js';
import { EncryptingPump } from './encrypting-pump.js';
import type { KeyProvider } from './key-provider.js';
import { createArchiveKey, findArchiveKey, writeKeyWrap, type ArchivePlace, type KeyWrapRecord } from './key-wraps.js';
import { jobPrefix } from './layout.js';
import { readSealedObject } from './object-reader.js';
import { createUploadPool, ObjectUpload, type StoredObjectRecord } from './object-upload.js';

/** A single file in the store, encrypted like the parts of an archive: a key of its own, wrapped by each provider beside it. */
export interface SealedFile extends StoredObjectRecord {
  readonly plain_bytes: number;
  readonly plain_sha256: string;
  readonly wraps: KeyWrapRecord[];
}

/** `path` is the content's path below the identity's prefix. */
export type SealedFilePlace = ArchivePlace & { path: string };

/** The folder that holds the content and its wrapped keys; nothing else lies in it. */
export const sealedFolder = ({ prefix, identity }: SealedFilePlace): string => jobPrefix(prefix, identity);
export const sealedKey = (place: SealedFilePlace): string => `${sealedFolder(place)}/${place.path}`;

/**
 * Encrypts `source` on its way into the store, in bounded memory. What `source` throws ends the upload and is thrown on; what was stored
 * until then is for the caller to remove (`sealedFolder`).
 */
export async function sealFile(
  place: SealedFilePlace,
  providers: Readonly<Record<string, KeyProvider>>,
  source: AsyncIterable<Buffer>,
  signal: AbortSignal,
): Promise<SealedFile> {
  const { store, bucket, identity, path } = place;
  const key = createArchiveKey();
  const upload = new ObjectUpload({ store, location: { bucket, key: sealedKey(place) }, pool: createUploadPool(), signal });
  const pump = new EncryptingPump(key, encryptionContext(identity, path), (chunk) => upload.append(chunk));
  const hash = createHash('sha256');
  let plainBytes = 0;
  try {
    for await (const chunk of source) {
      signal.throwIfAborted();
      hash.update(chunk);
      plainBytes += chunk.length;
      await pump.write(chunk);
    }
    await pump.end();
    const stored = await upload.complete();
    const wraps: KeyWrapRecord[] = [];
    for (const [wrapId, provider] of Object.entries(providers)) {
      wraps.push(await writeKeyWrap({ ...place, archiveKey: key, wrapId, provider, signal }));
    }
    return { ...stored, plain_bytes: plainBytes, plain_sha256: hash.digest('hex'), wraps };
  } catch (error) {
    pump.stop(error);
    await upload.abort();
    throw error;
  } finally {
    key.fill(0);
  }
}

/**
 * The plain content, opened by whichever of the providers can. Sizes and digests are compared with the record at the end: the content is
 * proven good only when the iteration ends without an error.
 * @throws ARCHIVE_OBJECT_MISSING, ARCHIVE_OBJECT_DAMAGED, ARCHIVE_OBJECT_MISPLACED, ARCHIVE_KEY_UNAVAILABLE, STORE_*
 */
export async function* openSealedFile(
  place: SealedFilePlace,
  file: SealedFile,
  providers: readonly KeyProvider[],
  signal?: AbortSignal,
): AsyncGenerator<Buffer> {
  const { store, bucket, identity, path } = place;
  const archiveKey = await findArchiveKey({ ...place, records: file.wraps, providers, signal });
  try {
    const { stored_bytes, stored_sha256, version_id, plain_bytes, plain_sha256 } = file;
    const record = { path, stored_bytes, stored_sha256, version_id, plain_bytes, plain_sha256 };
    const location = { bucket, key: sealedKey(place) };
    yield* readSealedObject({ store, location, record, archiveKey, context: encryptionContext(identity, path), signal });
  } finally {
    archiveKey.fill(0);
  }
}
