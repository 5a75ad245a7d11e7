import { openSealedFile, sealedFolder, sealedKey, sealFile, type SealedFilePlace } from '@lastcopy/archive-format';
import type { ArtifactObject } from '@lastcopy/contracts';
import { CodedError, isCodedError } from '@lastcopy/kernel';
import { formatLocation, type ObjectLocation, type ObjectStore, type Retention, type RetentionMode } from '@lastcopy/object-store';
import type { ArtifactContents, ContentPlace, ContentRetention, StoredContent } from '../ports/artifact-contents.js';
import type { ArtifactKeysOf } from './artifact-keys.js';

const contentName = 'content.enc';

export interface SealedContentsParts {
  store: ObjectStore;
  bucket: string;
  /** Within the bucket. */
  prefix: string;
  keysOf: ArtifactKeysOf;
  mode: RetentionMode;
  /** Development: the bucket is made when the first content comes. */
  createBucket: boolean;
}

type Version = ObjectLocation & { versionId: string };

function versionsOf({ bucket, key, version_id, wraps }: ArtifactObject): Version[] {
  const folder = key.slice(0, -contentName.length);
  return [
    { bucket, key, versionId: version_id },
    ...wraps.map(({ path, version_id: versionId }) => ({ bucket, key: `${folder}${path}`, versionId })),
  ];
}

/** `<prefix>/<client account>/<engagement>/<flow>/<artifact>/<content>/content.enc`, with the wrapped keys under `keys/`. */
export class SealedContents implements ArtifactContents {
  private bucketMade = false;

  constructor(private readonly parts: SealedContentsParts) {}

  async store(place: ContentPlace, source: AsyncIterable<Buffer>, signal: AbortSignal): Promise<StoredContent> {
    await this.requireBucket();
    const at = this.placeOf(place);
    const sealed = await sealFile(at, await this.parts.keysOf(place.tenant.client_account_id), source, signal);
    const { plain_bytes, plain_sha256, stored_bytes, stored_sha256, version_id, wraps } = sealed;
    const object = { content_id: place.content_id, bucket: at.bucket, key: sealedKey(at), version_id, stored_bytes, stored_sha256, wraps };
    return { size_bytes: plain_bytes, sha256: plain_sha256, object };
  }

  async *read(place: ContentPlace, { size_bytes, sha256, object }: StoredContent, signal: AbortSignal): AsyncGenerator<Buffer> {
    const at = { ...this.placeOf(place), bucket: object.bucket };
    if (sealedKey(at) !== object.key) {
      throw new CodedError('ARCHIVE_OBJECT_MISPLACED', `${formatLocation(object)} is not the place of artifact ${place.artifact_id}.`);
    }
    const { tenant, escrow } = await this.parts.keysOf(place.tenant.client_account_id);
    yield* openSealedFile(at, { ...object, plain_bytes: size_bytes, plain_sha256: sha256 }, [tenant, escrow], signal);
  }

  async retain(object: ArtifactObject, retainUntil: string): Promise<ContentRetention> {
    const wanted: Retention = { mode: this.parts.mode, retainUntil: new Date(retainUntil) };
    const held: Retention[] = [];
    for (const version of versionsOf(object)) held.push(await this.retainVersion(version, wanted));
    const earliest = Math.min(...held.map((each) => each.retainUntil.getTime()));
    const mode = held.every((each) => each.mode === 'COMPLIANCE') ? 'COMPLIANCE' : 'GOVERNANCE';
    return { mode, retain_until: new Date(earliest).toISOString(), versions: held.length };
  }

  async discard(place: ContentPlace): Promise<void> {
    const { store, bucket } = this.parts;
    const folder = `${sealedFolder(this.placeOf(place))}/`;
    try {
      for await (const upload of store.listMultipartUploads(bucket, folder)) await store.abortMultipart(upload);
      for await (const { key, versionId } of store.listVersions(bucket, folder)) await store.deleteVersion({ bucket, key }, versionId);
    } catch (error) {
      // Without a bucket nothing was stored.
      if (!isCodedError(error) || error.code !== 'STORE_BUCKET_MISSING') throw error;
    }
  }

  /** What the store answers counts, not what was asked of it. */
  private async retainVersion(version: Version, wanted: Retention): Promise<Retention> {
    const { store } = this.parts;
    try {
      await store.setRetention(version, version.versionId, wanted);
    } catch (error) {
      // A version that is protected for longer is protected enough: the reading back decides.
      if (!isCodedError(error) || error.code !== 'STORE_LOCKED') throw error;
    }
    const held = await store.getRetention(version, version.versionId);
    const strictEnough = held && (held.mode === 'COMPLIANCE' || wanted.mode === 'GOVERNANCE');
    // Stores keep whole seconds.
    if (strictEnough && held.retainUntil.getTime() >= Math.floor(wanted.retainUntil.getTime() / 1000) * 1000) return held;
    const until = wanted.retainUntil.toISOString();
    throw new CodedError('RETENTION_NOT_IN_FORCE', `${formatLocation(version)} is not held until ${until} as it was asked for.`);
  }

  private async requireBucket(): Promise<void> {
    if (this.bucketMade || !this.parts.createBucket) return;
    await this.parts.store.ensureBucket(this.parts.bucket);
    this.bucketMade = true;
  }

  private placeOf({ tenant, flow_id, artifact_id, content_id }: ContentPlace): SealedFilePlace {
    const { store, bucket, prefix } = this.parts;
    // The layout of an archive, in which the artifact stands for the system and its content for the job.
    const identity = { ...tenant, flow_id, system_id: artifact_id, job_id: content_id, attempt: 1 };
    return { store, bucket, prefix, identity, path: contentName };
  }
}
