import type { JWK } from 'jose';
import {
  attemptPrefix,
  createArchiveKey,
  createManifest,
  writeKeyWrap,
  writeManifest,
  type ArchivePlace,
  type KeyWrapRecord,
  type ManifestDataSet,
  type StoredManifest,
} from '@lastcopy/archive-format';
import { dataSetPaths, type ArchiveUploaded } from '@lastcopy/contracts';
import { CodedError, type Clock } from '@lastcopy/kernel';
import { formatLocation, parseLocation, type ObjectStore } from '@lastcopy/object-store';
import type { ClaimedJob } from '../archive-job/commands/claim-job.js';
import { assertWithinLimits, type Limits } from '../archive-job/commands/start-migration.js';
import { retainUntil } from '../archive-job/domain/retain-until.js';
import type { FaultPoint } from '../fault-point.js';
import { tool } from '../tool-version.js';
import type { Progress } from '../worker/progress-reporter.js';
import { DataSetCopier } from './data-set-copier.js';
import { inLanes } from './in-lanes.js';
import type { ArchiveKeys } from './archive-keys.js';
import type { SourceSnapshot } from './ports/archive-source.js';
import type { Sources } from './sources/sources.js';
import { wrapId, wrapPurposes } from './wrap-id.js';

export interface PipelineParts {
  store: ObjectStore;
  sources: Sources;
  keys: ArchiveKeys;
  /** Signs manifests: private Ed25519 JWK. */
  signer: JWK;
  limits: Limits;
  /** For the embedded store; operators make their buckets themselves. */
  createBuckets: boolean;
  clock: Clock;
  partMaxStoredBytes: number;
  faultPoint: FaultPoint;
  report(job: ClaimedJob): (progress: Progress) => void;
}

type Place = ArchivePlace;

const placeOf = (store: ObjectStore, { tenant, order, attempt }: ClaimedJob): Place => {
  const { bucket, key: prefix } = parseLocation(order.destination);
  const { client_account_id, engagement_id } = tenant;
  const { flow_id, system_id, job_id } = order;
  return { store, bucket, prefix, identity: { client_account_id, engagement_id, flow_id, system_id, job_id, attempt } };
};

/** Before anything is read: what was archived into a bucket without versions or locks could never be protected. */
async function assertBucket({ store, bucket }: Place, create: boolean, signal: AbortSignal): Promise<void> {
  if (create) await store.ensureBucket(bucket, { signal });
  const { exists, versioning, objectLock } = await store.checkBucket(bucket, { signal });
  if (!exists) throw new CodedError('STORE_BUCKET_MISSING', `Bucket ${bucket} does not exist.`);
  const missing = [...(versioning ? [] : ['versioning']), ...(objectLock ? [] : ['Object Lock'])];
  if (missing.length > 0) throw new CodedError('STORE_BUCKET_MISSING', `Bucket ${bucket} has no ${missing.join(' and no ')}.`);
}

/** The archive key is safe in both hands before the first byte is encrypted with it. */
async function writeWraps(keys: ArchiveKeys, place: Place, archiveKey: Uint8Array, signal: AbortSignal): Promise<KeyWrapRecord[]> {
  const providers = await keys.providers(place.identity.client_account_id);
  const records: KeyWrapRecord[] = [];
  for (const purpose of wrapPurposes) {
    const wrap = { archiveKey, wrapId: wrapId(place.identity.attempt, purpose), provider: providers[purpose], signal };
    records.push(await writeKeyWrap({ ...place, ...wrap }));
  }
  return records;
}

/** One attempt at one job, from the snapshot to the signed manifest. */
class CopyInProgress {
  private readonly startedAt: number;
  private readonly progress: Progress = { step: 'snapshot', bytes: 0, expectedBytes: null, rows: 0, storedBytes: 0 };
  private readonly place: Place;
  private readonly report: (progress: Progress) => void;

  constructor(
    private readonly parts: PipelineParts,
    private readonly job: ClaimedJob,
    private readonly signal: AbortSignal,
  ) {
    this.startedAt = parts.clock.now().getTime();
    this.place = placeOf(parts.store, job);
    this.report = parts.report(job);
  }

  async run(): Promise<ArchiveUploaded> {
    const { sources, limits, createBuckets } = this.parts;
    const { order, tenant } = this.job;
    assertWithinLimits(tenant, { source: order.source, storage_location: order.destination }, limits);
    this.report(this.progress);
    await assertBucket(this.place, createBuckets, this.signal);
    const source = await sources.sourceOf(tenant, order.source, order.verification_level === 'reconciled');
    const snapshot = await source.open(this.signal);
    const archiveKey = createArchiveKey();
    try {
      return await this.archive(snapshot, archiveKey);
    } finally {
      archiveKey.fill(0);
      await snapshot.close();
    }
  }

  private async archive(snapshot: SourceSnapshot, archiveKey: Uint8Array): Promise<ArchiveUploaded> {
    const { keys, partMaxStoredBytes, faultPoint } = this.parts;
    const { signal, place, progress, report } = this;
    const wraps = await writeWraps(keys, place, archiveKey, signal);
    progress.expectedBytes = snapshot.expectedBytes;
    this.step('exporting');
    const copier = new DataSetCopier({ place, archiveKey, partMaxStoredBytes, faultPoint, progress, report });
    const copied = await inLanes(snapshot.units, snapshot.parallel, signal, (unit, stop) => copier.copyUnit(unit, stop));
    const { schema, reconciliation, excluded } = await snapshot.finish();
    this.step('manifest');
    const documents: ManifestDataSet[] = [];
    if (schema) documents.push(await copier.writeDocument(dataSetPaths.schema, 'schema', schema, signal));
    documents.push(await copier.writeDocument(dataSetPaths.reconciliation, 'reconciliation', reconciliation, signal));
    const uploaded = await this.conclude(snapshot, [...copied.flat(), ...documents], wraps);
    return excluded ? { ...uploaded, excluded } : uploaded;
  }

  private async conclude(snapshot: SourceSnapshot, dataSets: ManifestDataSet[], wraps: KeyWrapRecord[]): Promise<ArchiveUploaded> {
    const { signal, place } = this;
    this.parts.faultPoint('before-manifest');
    signal.throwIfAborted();
    const manifest = this.manifestOf(snapshot, dataSets, wraps);
    const stored = await writeManifest({ ...place, manifest, signer: this.parts.signer, signal });
    this.parts.faultPoint('after-manifest');
    return this.uploadedOf(manifest, stored);
  }

  private manifestOf(snapshot: SourceSnapshot, dataSets: ManifestDataSet[], wraps: KeyWrapRecord[]) {
    const { policy_id, policy_version: version, retention_period_days, minima } = this.job.order;
    const createdAt = this.parts.clock.now();
    const retain_until = retainUntil(createdAt, retention_period_days, minima).toISOString();
    return createManifest({
      ...this.place.identity,
      created_at: createdAt.toISOString(),
      tool,
      policy: { policy_id, version, retention_period_days, retain_until },
      source: { kind: snapshot.kind, version: snapshot.version },
      snapshot: { id: snapshot.snapshotId, taken_at: snapshot.takenAt },
      data_sets: dataSets,
      key_wraps: wraps,
    });
  }

  private uploadedOf(manifest: ReturnType<typeof createManifest>, stored: StoredManifest): ArchiveUploaded {
    const { bucket, prefix, identity } = this.place;
    const { order, attempt } = this.job;
    const content = manifest.data_sets.filter(({ kind }) => kind === 'table' || kind === 'files');
    return {
      job_id: order.job_id,
      flow_id: order.flow_id,
      attempt,
      system_id: order.system_id,
      source_kind: order.source.kind,
      location: `${formatLocation({ bucket, key: attemptPrefix(prefix, identity) })}/`,
      manifest: { bucket: stored.manifest.bucket, key: stored.manifest.key, version_id: stored.manifest.versionId },
      manifest_sha256: stored.manifest.sha256,
      verification_level: order.verification_level,
      parts: manifest.totals.objects,
      rows: content.reduce((sum, { rows }) => sum + rows, 0),
      bytes: manifest.totals.plain_bytes,
      stored_bytes: manifest.totals.stored_bytes,
      duration_ms: this.parts.clock.now().getTime() - this.startedAt,
      archived_at: manifest.created_at,
      retain_until: manifest.policy.retain_until,
    };
  }

  private step(step: Progress['step']): void {
    this.progress.step = step;
    this.report(this.progress);
  }
}

/**
 * Takes the copy of one attempt: key wraps first, then the data sets, the documents, and the signed manifest last, all under the attempt's
 * own prefix. Errors: SOURCE_*, STORE_*, SECRET_UNKNOWN, CONFIGURATION_INVALID, or the signal's reason; uploads under way are dropped then.
 */
export const takeCopy = (parts: PipelineParts, job: ClaimedJob, signal: AbortSignal): Promise<ArchiveUploaded> =>
  new CopyInProgress(parts, job, signal).run();
