import { randomBytes } from 'node:crypto';
import { CodedError, isCodedError } from '@lastcopy/kernel';
import { formatLocation, type ObjectStore } from '@lastcopy/object-store';
import { jobPrefix, wrapPath, type ArchiveIdentity } from './layout.js';
import type { KeyProvider, WrapContext, WrapDocument } from './key-provider.js';
import { ARCHIVE_KEY_BYTES } from './message.js';
import { assertStored, readDocument, sha256Hex } from './stored-object.js';

export interface KeyWrapRecord {
  readonly wrap_id: string;
  /** Below the job's prefix: `keys/<wrap_id>.json`. */
  readonly path: string;
  readonly version_id: string;
  readonly stored_bytes: number;
  readonly stored_sha256: string;
  /** `keyId` of the provider whose key wrapped it. */
  readonly kek: string;
}

/** Where an archive lies and whose it is. */
export interface ArchivePlace {
  readonly store: ObjectStore;
  readonly bucket: string;
  /** The storage location within the bucket; may be empty. */
  readonly prefix: string;
  readonly identity: ArchiveIdentity;
}

/** 32 random bytes. Whoever asked wipes them with `.fill(0)` when the last object is written. */
export const createArchiveKey = (): Uint8Array => new Uint8Array(randomBytes(ARCHIVE_KEY_BYTES));

const contextOf = ({ identity }: Pick<ArchivePlace, 'identity'>, wrapId: string): WrapContext => ({
  client_account_id: identity.client_account_id,
  engagement_id: identity.engagement_id,
  flow_id: identity.flow_id,
  system_id: identity.system_id,
  job_id: identity.job_id,
  wrap_id: wrapId,
});

/**
 * Stores the archive key, wrapped by `provider`, as an object of its own.
 * @throws STORE_CONFLICT when a wrap of that id exists: an archive may depend on it
 */
export async function writeKeyWrap(
  place: ArchivePlace & { archiveKey: Uint8Array; wrapId: string; provider: KeyProvider; signal?: AbortSignal },
): Promise<KeyWrapRecord> {
  const { store, bucket, prefix, identity, provider, wrapId, signal } = place;
  const path = wrapPath(wrapId);
  const document = await provider.wrap(place.archiveKey, contextOf(place, wrapId));
  const bytes = Buffer.from(`${JSON.stringify(document)}\n`);
  const location = { bucket, key: `${jobPrefix(prefix, identity)}/${path}` };
  const { versionId } = await store.put(location, bytes, { ifAbsent: true, contentType: 'application/jose+json', signal });
  if (versionId === undefined || versionId === 'null') {
    throw new CodedError('CONFIGURATION_INVALID', `Bucket ${bucket} keeps no versions. Enable versioning and Object Lock on it.`);
  }
  return { wrap_id: wrapId, path, version_id: versionId, stored_bytes: bytes.length, stored_sha256: sha256Hex(bytes), kek: provider.keyId };
}

function parseWrap(bytes: Buffer, name: string): WrapDocument {
  try {
    return JSON.parse(bytes.toString('utf8')) as WrapDocument;
  } catch (cause) {
    throw new CodedError('ARCHIVE_OBJECT_DAMAGED', `${name} is no JSON document.`, { cause });
  }
}

/**
 * The archive key out of one stored wrap, read by version id and compared with the record.
 * @throws ARCHIVE_OBJECT_MISSING, ARCHIVE_OBJECT_DAMAGED, ARCHIVE_OBJECT_MISPLACED, ARCHIVE_KEY_UNAVAILABLE
 */
export async function unwrapArchiveKey(
  place: ArchivePlace & { record: KeyWrapRecord; provider: KeyProvider; signal?: AbortSignal },
): Promise<Uint8Array> {
  const { store, bucket, prefix, identity, record, provider, signal } = place;
  const location = { bucket, key: `${jobPrefix(prefix, identity)}/${record.path}` };
  const { bytes } = await readDocument(store, location, { versionId: record.version_id, signal });
  assertStored(location, record, bytes.length, sha256Hex(bytes));
  const key = await provider.unwrap(parseWrap(bytes, formatLocation(location)), contextOf(place, record.wrap_id));
  if (key.length === ARCHIVE_KEY_BYTES) return key;
  throw new CodedError(
    'ARCHIVE_KEY_UNAVAILABLE',
    `${formatLocation(location)} holds ${key.length} bytes in place of ${ARCHIVE_KEY_BYTES}.`,
  );
}

/**
 * The archive key by whichever wrap one of the providers opens: wraps whose `kek` a provider names first, then all others, since a
 * provider may have been renamed.
 * @throws ARCHIVE_KEY_UNAVAILABLE with every failure in `details`
 */
export async function findArchiveKey(
  place: ArchivePlace & { records: readonly KeyWrapRecord[]; providers: readonly KeyProvider[]; signal?: AbortSignal },
): Promise<Uint8Array> {
  const pairs = place.records.flatMap((record) => place.providers.map((provider) => ({ record, provider })));
  const named = pairs.filter(({ record, provider }) => record.kek === provider.keyId);
  const failures: string[] = [];
  for (const { record, provider } of [...named, ...pairs.filter((pair) => !named.includes(pair))]) {
    try {
      return await unwrapArchiveKey({ ...place, record, provider });
    } catch (error) {
      // a store that is down says nothing about the key
      if (!isCodedError(error) || error.errorClass === 'transient') throw error;
      failures.push(`${record.wrap_id} with ${provider.keyId}: ${error.code} ${error.message}`);
    }
  }
  const tried = failures.length > 0 ? failures.join('; ') : 'no key was provided';
  throw new CodedError('ARCHIVE_KEY_UNAVAILABLE', `No wrap of job ${place.identity.job_id} could be opened: ${tried}`, {
    details: { failures },
  });
}
