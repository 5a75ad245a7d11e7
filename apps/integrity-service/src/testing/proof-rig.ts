import { createHash, randomUUID } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { createManifest, jobPrefix, sealVersions, type Manifest, type SealedVersion } from '@lastcopy/archive-format';
import { verificationId, type Tenant, type VerificationLevel, type VerificationRequested } from '@lastcopy/contracts';
import { trustedKeys } from '@lastcopy/platform';
import { connectionFromUrl } from '@lastcopy/source-postgresql';
import type { ArchiveFixture, ArchiveFixtureOptions } from '@lastcopy/testkit';
import type { ProvenArchive } from '../verification/domain/attest.js';
import type { Claim } from '../verifier/claims.js';
import { Findings, isVerdict } from '../verifier/findings.js';
import { localKeys } from '../verifier/local-keys.js';
import { ProgressReporter } from '../verifier/progress-reporter.js';
import type { Proof, VerifierParts } from '../verifier/proof.js';
import { listScratch } from '../verifier/adapters/scratch-databases.js';
import { scratchPattern } from '../verifier/scratch/scratch-name.js';
import { verifyArchive } from '../verifier/verify-archive.js';
import { ArchiveRig, bucket, prefix } from './archive-rig.js';

const silent = { debug() {}, info() {}, warn() {}, error() {} };
const clock = { now: () => new Date() };

export type ObjectRecord = Manifest['data_sets'][number]['objects'][number];

export const recordOf = (manifest: Manifest, dataSet: string): ObjectRecord =>
  manifest.data_sets.find(({ path: known }) => known === dataSet)!.objects[0]!;

/** Every object that the manifest names. */
export const objectsOf = ({ manifest }: ArchiveFixture): { path: string; sha256: string }[] =>
  [...manifest.data_sets.flatMap(({ objects }) => objects), ...manifest.key_wraps].map((object) => ({
    path: object.path,
    sha256: object.stored_sha256,
  }));

/** `objectPath` as in the manifest, or the name of the manifest or its signature. */
export const keyOf = ({ manifest }: Pick<ArchiveFixture, 'manifest'>, objectPath: string): string =>
  [jobPrefix(prefix, manifest), ...(objectPath.startsWith('manifest.json') ? [`attempt-${manifest.attempt}`] : []), objectPath].join('/');

/** The verifier itself over real archives, without service and bus. */
export class ProofRig {
  /** Marks this rig's scratch databases, so that suites can run side by side. */
  private readonly epoch = randomUUID();

  private constructor(
    readonly archives: ArchiveRig,
    private readonly tenant: Tenant,
    readonly parts: VerifierParts,
  ) {}

  static async start(tenant: Tenant): Promise<ProofRig> {
    const archives = await ArchiveRig.start();
    await mkdir(path.join(archives.dir, 'share', 'sub'), { recursive: true });
    await writeFile(path.join(archives.dir, 'share', 'empty'), '');
    await writeFile(path.join(archives.dir, 'share', 'sub', 'a.log'), 'x'.repeat(100_000));
    return new ProofRig(archives, tenant, {
      store: archives.readable,
      keysOf: localKeys(archives.keysDir, 'development'),
      trustedSigners: () => trustedKeys(archives.keysDir, 'archive-signing'),
      scratchAdmin: connectionFromUrl(process.env.TEST_DATABASE_URL!),
      logger: silent,
    });
  }

  stop(): Promise<void> {
    return this.archives.stop();
  }

  archive(tenant: Tenant, level: VerificationLevel, changes?: Partial<ArchiveFixtureOptions>): Promise<ArchiveFixture> {
    return this.archives.archive(tenant, level, changes);
  }

  /** A source that is archived in a fraction of the time that a database takes. */
  directory() {
    return { source: { kind: 'directory' as const, path: path.join(this.archives.dir, 'share') } };
  }

  claimOf({ uploaded }: ArchiveFixture, owner = this.tenant, changes: Partial<VerificationRequested> = {}): Claim {
    const { job_id, flow_id, system_id, attempt, manifest, manifest_sha256, verification_level: level } = uploaded;
    const verification_id = verificationId(job_id, attempt);
    const request = { verification_id, job_id, flow_id, system_id, attempt, manifest, manifest_sha256, level, reason: 'test', ...changes };
    return {
      ...{ verificationId: verification_id, task: 'content' as const, tenant: owner, request, run: 1 },
      ...{ lock: null, traceparent: null, claimNo: 1, tries: 0, owner: 'test' },
    };
  }

  async proofOf(claim: Claim, changes: Partial<VerifierParts> = {}, signal = new AbortController().signal): Promise<Proof> {
    const parts = { ...this.parts, ...changes };
    const { job_id, flow_id, attempt } = claim.request;
    const progress = new ProgressReporter({ publish: () => undefined }, clock, claim.tenant, { job_id, flow_id, attempt });
    const keys = await parts.keysOf(claim.tenant.client_account_id);
    return { parts, claim, epoch: this.epoch, keys, findings: new Findings(), progress, signal };
  }

  async prove(fixture: ArchiveFixture, changes: Partial<VerificationRequested> = {}): Promise<ProvenArchive> {
    return verifyArchive(await this.proofOf(this.claimOf(fixture, this.tenant, changes)), undefined);
  }

  /** Code, message and level of the verdict; fails when there is none. */
  async refusal(fixture: ArchiveFixture, owner = this.tenant, changes: Partial<VerificationRequested> = {}) {
    const proof = await this.proofOf(this.claimOf(fixture, owner, changes));
    try {
      await verifyArchive(proof, undefined);
    } catch (error) {
      if (!isVerdict(error)) throw error;
      return { code: error.code, message: error.message, level: proof.findings.level };
    }
    throw new Error('the archive was proven');
  }

  scratchDatabases(): Promise<string[]> {
    return listScratch(this.parts.scratchAdmin, scratchPattern(this.epoch));
  }

  async storedBytes(key: string): Promise<Buffer> {
    const { body } = await this.archives.readable.read({ bucket, key });
    return Buffer.concat((await body.toArray()) as Buffer[]);
  }

  /** Answers the version id of the copy. */
  async copyObject(from: string, to: string): Promise<string> {
    return (await this.archives.writable.put({ bucket, key: to }, await this.storedBytes(from))).versionId!;
  }

  /** Puts other bytes as a new version of the data set's only object, and has the manifest name and (unless `keepDigest`) describe that version. */
  async replaced(
    manifest: Manifest,
    dataSet: string,
    change: (bytes: Buffer) => Buffer,
    { keepDigest = false, like }: { keepDigest?: boolean; like?: ObjectRecord } = {},
  ): Promise<Manifest> {
    const record = recordOf(manifest, dataSet);
    const key = keyOf({ manifest }, record.path);
    const bytes = change(await this.storedBytes(key));
    const { versionId } = await this.archives.writable.put({ bucket, key }, bytes);
    const digests = keepDigest ? {} : { stored_bytes: bytes.length, stored_sha256: createHash('sha256').update(bytes).digest('hex') };
    const object = { ...record, ...like, rows: record.rows, path: record.path, version_id: versionId!, ...digests };
    const { rows, plain_bytes, plain_sha256 } = object;
    const changed = (known: Manifest['data_sets'][number]) => ({ ...known, rows, plain_bytes, plain_sha256, objects: [object] });
    return createManifest({ ...manifest, data_sets: manifest.data_sets.map((known) => (known.path === dataSet ? changed(known) : known)) });
  }

  /** Every version that the archive consists of. */
  async readBack(fixture: ArchiveFixture): Promise<SealedVersion[]> {
    const { key, version_id: versionId } = fixture.uploaded.manifest;
    const signature = await this.archives.readable.head({ bucket, key: `${key}.jws` });
    const document = { bucket, sizeBytes: 0, sha256: '' };
    const stored = {
      manifest: { ...document, key, versionId },
      signature: { ...document, key: `${key}.jws`, versionId: signature!.versionId! },
    };
    return sealVersions({ prefix, manifest: fixture.manifest, stored });
  }
}
