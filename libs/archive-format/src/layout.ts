import { CodedError } from '@lastcopy/kernel';
import type { ObjectLocation } from '@lastcopy/object-store';

/** Which attempt of which job of which tenant an archive belongs to. All ids are opaque and without personal data. */
export interface ArchiveIdentity {
  readonly client_account_id: string;
  readonly engagement_id: string;
  readonly flow_id: string;
  readonly system_id: string;
  readonly job_id: string;
  /** from 1 */
  readonly attempt: number;
}

export const MANIFEST_NAME = 'manifest.json';
export const SIGNATURE_NAME = 'manifest.json.jws';

const ID = /^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/;
const DATA_SET_PATH = /^(?:data|metadata)\/[a-z0-9][a-z0-9._-]*$/;
const MAX_PART = 99_999;

const ID_FIELDS = ['client_account_id', 'engagement_id', 'flow_id', 'system_id', 'job_id'] as const;

/** @throws VALIDATION_FAILED when an id could change the meaning of a path */
export function assertIdentity(identity: ArchiveIdentity): void {
  for (const field of ID_FIELDS) {
    if (!ID.test(identity[field]))
      throw new CodedError('VALIDATION_FAILED', `${field} "${identity[field]}" cannot be part of an object key.`);
  }
  if (!Number.isSafeInteger(identity.attempt) || identity.attempt < 1) {
    throw new CodedError('VALIDATION_FAILED', `attempt ${identity.attempt} is not a whole number from 1.`);
  }
}

const join = (...segments: string[]): string => segments.filter((segment) => segment !== '').join('/');

/** `<prefix>/<client>/<engagement>/<flow>/<system>/<job>`: what all attempts of a job share. */
export function jobPrefix(prefix: string, identity: ArchiveIdentity): string {
  assertIdentity(identity);
  return join(prefix, ...ID_FIELDS.map((field) => identity[field]));
}

/** `attempt-<n>` */
export const attemptFolder = (attempt: number): string => `attempt-${attempt}`;

export const attemptPrefix = (prefix: string, identity: ArchiveIdentity): string =>
  `${jobPrefix(prefix, identity)}/${attemptFolder(identity.attempt)}`;

export const manifestKey = (prefix: string, identity: ArchiveIdentity): string => `${attemptPrefix(prefix, identity)}/${MANIFEST_NAME}`;

/** `keys/<wrap_id>.json`, below the job's prefix. */
export function wrapPath(wrapId: string): string {
  if (!ID.test(wrapId)) throw new CodedError('VALIDATION_FAILED', `wrap id "${wrapId}" cannot be part of an object key.`);
  return `keys/${wrapId}.json`;
}

const CODEC_SUFFIX = { zstd: 'zst', gzip: 'gz' } as const;

export type Codec = keyof typeof CODEC_SUFFIX;

/** The last segment of a data set's path in the manifest: `data/t-0001`, `data/files`, `metadata/schema`. */
export function assertDataSetPath(path: string): void {
  if (!DATA_SET_PATH.test(path)) {
    throw new CodedError('VALIDATION_FAILED', `"${path}" is no path of a data set; it has the form data/<name> or metadata/<name>.`);
  }
}

/**
 * Path of a part below the job's prefix: `attempt-1/data/t-0001/part-00001.csv.zst.enc`; a document of the metadata is one object,
 * `attempt-1/metadata/schema.json.zst.enc`.
 */
export function partPath(part: { attempt: number; dataSet: string; number: number; extension: string; codec: Codec }): string {
  assertDataSetPath(part.dataSet);
  if (part.number < 1 || part.number > MAX_PART) throw new CodedError('VALIDATION_FAILED', `${part.dataSet} has too many parts.`);
  const suffix = `${part.extension}.${CODEC_SUFFIX[part.codec]}.enc`;
  const base = `${attemptFolder(part.attempt)}/${part.dataSet}`;
  if (part.dataSet.startsWith('metadata/')) {
    if (part.number === 1) return `${base}.${suffix}`;
    return `${base}.${String(part.number).padStart(5, '0')}.${suffix}`;
  }
  return `${base}/part-${String(part.number).padStart(5, '0')}.${suffix}`;
}

/** The codec that a path announces. @throws ARCHIVE_MANIFEST_INVALID */
export function codecOf(path: string): Codec {
  if (path.endsWith('.zst.enc')) return 'zstd';
  if (path.endsWith('.gz.enc')) return 'gzip';
  throw new CodedError(
    'ARCHIVE_MANIFEST_INVALID',
    `${path}: the name ends in neither .zst.enc nor .gz.enc, so its compression is unknown.`,
  );
}

/** Which attempt a path below the job's prefix belongs to. @throws ARCHIVE_MANIFEST_INVALID */
export function attemptOf(path: string): number {
  const attempt = Number(/^attempt-([1-9]\d{0,8})\//.exec(path)?.[1]);
  if (!attempt) throw new CodedError('ARCHIVE_MANIFEST_INVALID', `${path} lies under no attempt.`);
  return attempt;
}

/**
 * The identity that a manifest's key states. It, not the manifest's own word, says whose archive was asked for, so that a signed
 * manifest that was copied under another tenant's prefix is found out.
 * @throws ARCHIVE_OBJECT_MISPLACED when the key is not that of a manifest
 */
export function identityOf(location: ObjectLocation): { prefix: string; identity: ArchiveIdentity } {
  const segments = location.key.split('/');
  const [client_account_id, engagement_id, flow_id, system_id, job_id, folder, name] = segments.slice(-7);
  const attempt = Number(/^attempt-([1-9]\d{0,8})$/.exec(folder ?? '')?.[1]);
  if (segments.length < 7 || name !== MANIFEST_NAME || !attempt) {
    throw new CodedError(
      'ARCHIVE_OBJECT_MISPLACED',
      `s3://${location.bucket}/${location.key} is no place of a manifest; it is <client>/<engagement>/<flow>/<system>/<job>/attempt-<n>/${MANIFEST_NAME}.`,
    );
  }
  const identity = {
    client_account_id: client_account_id!,
    engagement_id: engagement_id!,
    flow_id: flow_id!,
    system_id: system_id!,
    job_id: job_id!,
    attempt,
  };
  return { prefix: segments.slice(0, -7).join('/'), identity };
}
