import { createHash } from 'node:crypto';
import type { JSONWebKeySet } from 'jose';
import { CodedError, isCodedError, type ErrorCode } from '@lastcopy/kernel';
import { formatLocation, type ObjectLocation, type ObjectStore } from '@lastcopy/object-store';
import type { EncryptionContext } from './encryption-context.js';
import { encryptionContext } from './encryption-context.js';
import type { KeyProvider } from './key-provider.js';
import { findArchiveKey, type KeyWrapRecord } from './key-wraps.js';
import { attemptOf, jobPrefix } from './layout.js';
import { readManifest, type ManifestLocation, type StoredManifest } from './manifest-store.js';
import type { Manifest, ManifestDataSet } from './manifest.js';
import { checkDigest, readObject } from './object-reader.js';
import type { ObjectRecord } from './part-writer.js';
import { sealVersions, type SealedVersion } from './seal-versions.js';

export interface ArchiveOptions {
  readonly store: ObjectStore;
  readonly manifest: ManifestLocation;
  /** Tenant's, escrow's or both; one that opens a wrap is enough. None is needed for `checkStored` and `checkFixity`. */
  readonly keys: readonly KeyProvider[];
  /** Public keys (JWKS) of those whose signature under a manifest counts. */
  readonly trustedSigners: JSONWebKeySet;
  readonly signal?: AbortSignal;
}

/** What a check found out about one object. */
export interface ObjectCheck {
  /** Below the job's prefix. */
  readonly path: string;
  readonly storedBytes: number;
  readonly passed: boolean;
  /** When it did not pass. */
  readonly code?: ErrorCode;
  readonly message?: string;
}

export type OnObject = (check: ObjectCheck) => void | Promise<void>;

interface Checked {
  readonly path: string;
  readonly version_id: string;
  readonly stored_bytes: number;
  readonly stored_sha256: string;
}

/** An archive whose manifest was found authentic. Reads only objects that the manifest names; never lists the bucket. */
export class Archive {
  private archiveKey: Promise<Uint8Array> | undefined;

  constructor(
    private readonly options: ArchiveOptions,
    readonly manifest: Manifest,
    readonly prefix: string,
    readonly stored: StoredManifest,
  ) {}

  /** Lower-case hex. */
  get manifestSha256(): string {
    return this.stored.manifest.sha256;
  }

  /** Every version that the archive consists of: what must be locked, and what must be found locked. */
  get versions(): SealedVersion[] {
    return sealVersions({ prefix: this.prefix, manifest: this.manifest, stored: this.stored });
  }

  /** @throws NOT_FOUND */
  dataSet(path: string): ManifestDataSet {
    const found = this.manifest.data_sets.find((dataSet) => dataSet.path === path);
    if (found) return found;
    throw new CodedError('NOT_FOUND', `Archive ${formatLocation(this.stored.manifest)} holds no data set ${path}.`);
  }

  /**
   * Plain text of a data set, all parts in order. What was yielded is proven only when the iteration ends without an error.
   * @throws ARCHIVE_OBJECT_* naming the object, ARCHIVE_KEY_UNAVAILABLE, STORE_*, NOT_FOUND, the signal's reason
   */
  async *readDataSet(path: string, options: { signal?: AbortSignal } = {}): AsyncGenerator<Buffer> {
    const dataSet = this.dataSet(path);
    const hash = createHash('sha256');
    // One object's digest was compared already and is that of the whole.
    const several = dataSet.objects.length > 1;
    for (const object of dataSet.objects) {
      for await (const chunk of this.readObject(object, options)) {
        if (several) hash.update(chunk);
        yield chunk;
      }
    }
    if (several && hash.digest('hex') !== dataSet.plain_sha256) {
      throw new CodedError('ARCHIVE_OBJECT_DAMAGED', `Data set ${path}: its parts are intact but together not what was written.`);
    }
  }

  /** Plain text of one object of the manifest, for selective reading. Errors as `readDataSet`. */
  async *readObject(record: ObjectRecord, options: { signal?: AbortSignal } = {}): AsyncGenerator<Buffer> {
    const archiveKey = await this.key();
    const { store } = this.options;
    yield* readObject({ store, location: this.locate(record), record, archiveKey, context: this.contextOf(record), ...options });
  }

  /** The whole of a JSON document, `metadata/schema` for instance. It is parsed only after all of it was verified. */
  async readJson<T>(path: string, options: { signal?: AbortSignal } = {}): Promise<T> {
    const chunks: Buffer[] = [];
    for await (const chunk of this.readDataSet(path, options)) chunks.push(chunk);
    try {
      return JSON.parse(Buffer.concat(chunks).toString('utf8')) as T;
    } catch (cause) {
      throw new CodedError('ARCHIVE_OBJECT_DAMAGED', `${path} of ${formatLocation(this.stored.manifest)} is no JSON document.`, { cause });
    }
  }

  /** Level "stored": every version that the manifest names is there with its size. Transient errors of the store are thrown. */
  checkStored(onObject: OnObject, options: { signal?: AbortSignal } = {}): Promise<ObjectCheck[]> {
    return this.check(onObject, async (location, { version_id, stored_bytes }) => {
      const head = await this.options.store.head(location, { versionId: version_id, ...options });
      const name = `${formatLocation(location)} version ${version_id}`;
      if (!head) throw new CodedError('ARCHIVE_OBJECT_MISSING', `${name} does not exist.`);
      if (head.sizeBytes === stored_bytes) return;
      throw new CodedError('ARCHIVE_OBJECT_DAMAGED', `${name} has ${head.sizeBytes} bytes; the manifest says ${stored_bytes}.`);
    });
  }

  /** Level "fixity": every version is downloaded and its SHA-256 compared. Transient errors of the store are thrown. */
  checkFixity(onObject: OnObject, options: { signal?: AbortSignal } = {}): Promise<ObjectCheck[]> {
    return this.check(onObject, (location, object) => checkDigest(this.options.store, location, object, options.signal));
  }

  /** Wipes the archive key. The archive can be read again afterwards; the key is then unwrapped anew. */
  async close(): Promise<void> {
    const held = await this.archiveKey?.catch(() => undefined);
    this.archiveKey = undefined;
    held?.fill(0);
  }

  private locate({ path }: { path: string }): ObjectLocation {
    return { bucket: this.stored.manifest.bucket, key: `${jobPrefix(this.prefix, this.manifest)}/${path}` };
  }

  /** Reused parts name the attempt that wrote them. */
  private contextOf({ path }: ObjectRecord): EncryptionContext {
    return encryptionContext({ ...this.manifest, attempt: attemptOf(path) }, path);
  }

  private key(): Promise<Uint8Array> {
    if (!this.archiveKey) {
      const { store, keys, signal } = this.options;
      const place = { store, bucket: this.stored.manifest.bucket, prefix: this.prefix, identity: this.manifest };
      this.archiveKey = findArchiveKey({ ...place, records: this.manifest.key_wraps, providers: keys, signal });
      // a store that was down may be up at the next try
      this.archiveKey.catch(() => (this.archiveKey = undefined));
    }
    return this.archiveKey;
  }

  private async check(onObject: OnObject, probe: (location: ObjectLocation, object: Checked) => Promise<void>): Promise<ObjectCheck[]> {
    const wraps: readonly KeyWrapRecord[] = this.manifest.key_wraps;
    const checks: ObjectCheck[] = [];
    for (const object of [...this.manifest.data_sets.flatMap(({ objects }) => objects), ...wraps]) {
      const check = await verdict(object, () => probe(this.locate(object), object));
      checks.push(check);
      await onObject(check);
    }
    return checks;
  }
}

/** Only integrity errors are a verdict on the object; anything else says that it could not be looked at. */
async function verdict({ path, stored_bytes }: Checked, probe: () => Promise<void>): Promise<ObjectCheck> {
  try {
    await probe();
    return { path, storedBytes: stored_bytes, passed: true };
  } catch (error) {
    if (!isCodedError(error) || error.errorClass !== 'integrity') throw error;
    return { path, storedBytes: stored_bytes, passed: false, code: error.code, message: error.message };
  }
}

/**
 * Opens an archive by its manifest: signature, schema and place are checked here, objects when they are read.
 * @throws ARCHIVE_OBJECT_MISSING, ARCHIVE_MANIFEST_INVALID, ARCHIVE_OBJECT_MISPLACED, STORE_*
 */
export async function openArchive(options: ArchiveOptions): Promise<Archive> {
  const { store, manifest: location, trustedSigners, signal } = options;
  const { manifest, prefix, stored } = await readManifest(store, location, trustedSigners, { signal });
  return new Archive(options, manifest, prefix, stored);
}
