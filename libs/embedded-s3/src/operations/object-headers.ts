import { header, type Call } from './call.js';
import { checksumHeader } from '../body/checksums.js';
import { quoted, unquoted } from '../http/answer.js';
import { S3Error } from '../s3-error.js';
import { defaultRetentionAt, type Bucket } from '../store/buckets.js';
import { parseRetention, type Protection } from '../store/lock-rules.js';
import type { ObjectVersion, StoredHeaders } from '../store/version-rows.js';
import type { WriteConditions } from '../store/versions.js';

const kept = ['content-type', 'content-encoding', 'content-language', 'content-disposition', 'cache-control', 'expires'];
const maxMetadataBytes = 2048;
/** To accept these and not do them would be a lie about how the object is kept. */
const refused = /^x-amz-(server-side-encryption|tagging$|website-redirect-location$|write-offset-bytes$|grant-)/;

const metadataSize = (headers: Readonly<Record<string, string>>): number =>
  Object.entries(headers).reduce((sum, [name, value]) => sum + name.length - 'x-amz-meta-'.length + Buffer.byteLength(value), 0);

/** The headers to keep with the object. Throws NotImplemented for what would change how it is stored, MetadataTooLarge over 2 KiB. */
export const headersToStore = (call: Call): StoredHeaders => {
  const all = Object.entries(call.request.headers);
  const unsupported = all.find(([name]) => refused.test(name));
  if (unsupported) throw new S3Error('NotImplemented', `The header ${unsupported[0]} is not supported by this store.`);
  if ((header(call, 'x-amz-storage-class') ?? 'STANDARD') !== 'STANDARD') {
    throw new S3Error('InvalidStorageClass', 'This store knows the storage class STANDARD alone.');
  }
  const metadata = Object.fromEntries(all.filter(([name]) => name.startsWith('x-amz-meta-')));
  if (metadataSize(metadata) > maxMetadataBytes)
    throw new S3Error('MetadataTooLarge', `User metadata is limited to ${maxMetadataBytes} bytes.`);
  const standard = Object.fromEntries(all.filter(([name]) => kept.includes(name)));
  const encoding = (standard['content-encoding'] ?? '').split(',').map((part) => part.trim());
  const ownEncoding = encoding.filter((part) => part !== '' && part !== 'aws-chunked').join(',');
  delete standard['content-encoding'];
  return { ...standard, ...(ownEncoding !== '' && { 'content-encoding': ownEncoding }), ...metadata };
};

/** The lock that the request's headers ask for, else the bucket's default. Throws InvalidRequest on a bucket without Object Lock. */
export const protectionToStore = (call: Call, bucket: Bucket): Protection => {
  const mode = header(call, 'x-amz-object-lock-mode');
  const until = header(call, 'x-amz-object-lock-retain-until-date');
  const hold = header(call, 'x-amz-object-lock-legal-hold');
  if (hold !== undefined && hold !== 'ON' && hold !== 'OFF') throw new S3Error('InvalidArgument', 'Legal hold must be ON or OFF.');
  const asked = mode !== undefined || until !== undefined;
  if ((asked || hold === 'ON') && !bucket.objectLock) throw new S3Error('InvalidRequest', 'Bucket is missing Object Lock Configuration.');
  const retention = asked ? parseRetention(mode, until, call.nowMs) : defaultRetentionAt(bucket, call.nowMs);
  return { legalHold: hold === 'ON', ...(retention && { retention }) };
};

/** `If-None-Match: *` and `If-Match` of a write. */
export const writeConditions = (call: Call): WriteConditions => {
  const absent = header(call, 'if-none-match');
  const match = header(call, 'if-match');
  if (absent !== undefined && absent.trim() !== '*') throw new S3Error('NotImplemented', 'If-None-Match of a write must be *.');
  if (absent !== undefined && match !== undefined) throw new S3Error('InvalidRequest', 'If-Match and If-None-Match exclude each other.');
  return { ...(absent !== undefined && { onlyIfAbsent: true }), ...(match !== undefined && { onlyIfEtag: unquoted(match) }) };
};

/** `x-amz-version-id` as S3 answers it: not at all for an object of an unversioned bucket. */
export const versionHeader = (call: Call, versionId: string): Record<string, string> =>
  call.store.buckets.find(call.request.bucket)?.versioning === '' ? {} : { 'x-amz-version-id': versionId };

const lockHeaders = ({ retention, legalHold }: Protection): Record<string, string> => ({
  ...(retention && {
    'x-amz-object-lock-mode': retention.mode,
    'x-amz-object-lock-retain-until-date': new Date(retention.untilMs).toISOString(),
  }),
  ...(legalHold && { 'x-amz-object-lock-legal-hold': 'ON' }),
});

/** The headers of GET and HEAD; the checksum covers the whole object, so a range goes without it. */
export const objectHeaders = (call: Call, version: ObjectVersion, partial: boolean): Record<string, string> => {
  const { checksum } = version;
  const tellsChecksum = checksum && !partial && header(call, 'x-amz-checksum-mode')?.toUpperCase() === 'ENABLED';
  return {
    'content-type': 'binary/octet-stream',
    ...version.headers,
    etag: quoted(version.etag),
    'last-modified': new Date(version.modifiedMs).toUTCString(),
    'accept-ranges': 'bytes',
    ...versionHeader(call, version.versionId),
    ...lockHeaders(version),
    ...(tellsChecksum && { [checksumHeader(checksum.algorithm)]: checksum.value, 'x-amz-checksum-type': checksum.type }),
  };
};
