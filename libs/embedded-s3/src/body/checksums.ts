import { createHash } from 'node:crypto';
import { Crc32, Crc32c, Crc64Nvme, type RunningChecksum } from './crc.js';
import { S3Error } from '../s3-error.js';

export const checksumAlgorithms = ['CRC32', 'CRC32C', 'CRC64NVME', 'SHA1', 'SHA256'] as const;
export type ChecksumAlgorithm = (typeof checksumAlgorithms)[number];
export type ChecksumType = 'COMPOSITE' | 'FULL_OBJECT';

/** A checksum as S3 stores it: base64, with `-<parts>` behind it when it is composite. */
export interface Checksum {
  readonly algorithm: ChecksumAlgorithm;
  readonly type: ChecksumType;
  readonly value: string;
}

const digestBytes: Record<ChecksumAlgorithm, number> = { CRC32: 4, CRC32C: 4, CRC64NVME: 8, SHA1: 20, SHA256: 32 };

const hashed = (name: string): RunningChecksum => {
  const hash = createHash(name);
  return { update: (chunk) => void hash.update(chunk), digest: () => hash.digest() };
};

const starters: Record<ChecksumAlgorithm, () => RunningChecksum> = {
  CRC32: () => new Crc32(),
  CRC32C: () => new Crc32c(),
  CRC64NVME: () => new Crc64Nvme(),
  SHA1: () => hashed('sha1'),
  SHA256: () => hashed('sha256'),
};

export const startChecksum = (algorithm: ChecksumAlgorithm): RunningChecksum => starters[algorithm]();

export const checksumHeader = (algorithm: ChecksumAlgorithm): string => `x-amz-checksum-${algorithm.toLowerCase()}`;

/** The name of an algorithm as a header or an XML element gives it. Throws InvalidRequest for an unknown one. */
export const parseChecksumAlgorithm = (name: string): ChecksumAlgorithm => {
  const found = checksumAlgorithms.find((algorithm) => algorithm === name.toUpperCase());
  if (!found)
    throw new S3Error('InvalidRequest', `Checksum algorithm '${name}' is not known; use one of ${checksumAlgorithms.join(', ')}.`);
  return found;
};

/** The algorithm that a header or trailer called `x-amz-checksum-*` names, if it names one. */
export const algorithmOfHeader = (header: string): ChecksumAlgorithm | undefined =>
  checksumAlgorithms.find((algorithm) => checksumHeader(algorithm) === header);

/** Refuses what cannot be a digest of that algorithm, before any body is read. */
export const requireDigestShape = (algorithm: ChecksumAlgorithm, value: string): string => {
  const bytes = Buffer.from(value, 'base64');
  if (bytes.length !== digestBytes[algorithm] || bytes.toString('base64') !== value) {
    throw new S3Error('InvalidRequest', `Value for ${checksumHeader(algorithm)} header is invalid.`);
  }
  return value;
};

/** S3's checksum of checksums: over the raw digests of the parts, in order. */
export const compositeChecksum = (algorithm: ChecksumAlgorithm, parts: readonly string[]): Checksum => {
  const running = startChecksum(algorithm);
  for (const part of parts) running.update(Buffer.from(part, 'base64'));
  return { algorithm, type: 'COMPOSITE', value: `${running.digest().toString('base64')}-${parts.length}` };
};
