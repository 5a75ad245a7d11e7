import { header, queryNumber, removeOrphans, type Call, type Operation } from './call.js';
import { keyEncoder } from './list-operations.js';
import { headersToStore, protectionToStore } from './object-headers.js';
import { checksumAnswer, landBody, publishOrRemove } from './put-object.js';
import { parseChecksumAlgorithm, type ChecksumAlgorithm, type ChecksumType } from '../body/checksums.js';
import { noContent, quoted, xmlAnswer } from '../http/answer.js';
import { queryValue } from '../http/s3-request.js';
import { S3Error } from '../s3-error.js';
import type { Upload, UploadedPart } from '../store/uploads.js';
import { element, xmlDocument, type Xml } from '../xml/write-xml.js';

const maxPartNumber = 10_000;
const pageSize = 1000;
const compositeOnly: readonly ChecksumAlgorithm[] = ['SHA1', 'SHA256'];

export const requireUpload = (call: Call): Upload => {
  const { bucket, key } = call.request;
  call.store.buckets.require(bucket);
  return call.store.uploads.require(bucket, key, queryValue(call.request, 'uploadId') ?? '');
};

const uploadChecksum = (call: Call): Upload['checksum'] => {
  const name = header(call, 'x-amz-checksum-algorithm');
  const type = header(call, 'x-amz-checksum-type')?.toUpperCase();
  if (name === undefined) return undefined;
  const algorithm = parseChecksumAlgorithm(name);
  const fallback: ChecksumType = algorithm === 'CRC64NVME' ? 'FULL_OBJECT' : 'COMPOSITE';
  const wanted = type ?? fallback;
  const impossible = wanted === 'FULL_OBJECT' ? compositeOnly.includes(algorithm) : wanted !== 'COMPOSITE' || algorithm === 'CRC64NVME';
  if (impossible) throw new S3Error('InvalidRequest', `The ${wanted} checksum type cannot be used with ${algorithm}.`);
  return { algorithm, type: wanted as ChecksumType };
};

export const createMultipartUpload: Operation = (call) => {
  const { bucket: name, key } = call.request;
  const bucket = call.store.buckets.require(name);
  const checksum = uploadChecksum(call);
  const protection = protectionToStore(call, bucket);
  const upload = { bucket: name, key, startedMs: call.nowMs, headers: headersToStore(call), ...(checksum && { checksum }), ...protection };
  const uploadId = call.store.uploads.start(upload);
  const headers = checksum && { 'x-amz-checksum-algorithm': checksum.algorithm, 'x-amz-checksum-type': checksum.type };
  const fields = [element('Bucket', name), element('Key', key), element('UploadId', uploadId)];
  return xmlAnswer(xmlDocument('InitiateMultipartUploadResult', fields), headers);
};

export const uploadPart: Operation = async (call) => {
  const number = Number(queryValue(call.request, 'partNumber'));
  if (!Number.isInteger(number) || number < 1 || number > maxPartNumber) {
    throw new S3Error('InvalidArgument', `Part number must be an integer between 1 and ${maxPartNumber}.`);
  }
  const upload = requireUpload(call);
  const { blob, sizeBytes, md5, checksum } = await landBody(call, upload.checksum?.algorithm);
  const etag = md5.toString('hex');
  const part = { number, blob, sizeBytes, etag, modifiedMs: Date.now(), ...(checksum && { checksum }) };
  const replaced = await publishOrRemove(call, [blob], () => {
    if (upload.checksum && checksum?.algorithm !== upload.checksum.algorithm) {
      throw new S3Error(
        'InvalidRequest',
        `The upload was started with ${upload.checksum.algorithm}; the part came with ${checksum?.algorithm}.`,
      );
    }
    return call.store.uploads.putPart(upload, part);
  });
  await removeOrphans(call, replaced);
  const told = checksumAnswer(checksum);
  delete told['x-amz-checksum-type'];
  return { status: 200, headers: { etag: quoted(etag), ...told } };
};

export const abortMultipartUpload: Operation = async (call) => {
  await removeOrphans(call, call.store.uploads.abort(requireUpload(call)));
  return noContent;
};

const partXml = ({ number, modifiedMs, etag, sizeBytes, checksum }: UploadedPart): Xml =>
  element('Part', [
    element('PartNumber', number),
    element('LastModified', new Date(modifiedMs)),
    element('ETag', quoted(etag)),
    element('Size', sizeBytes),
    ...(checksum ? [element(`Checksum${checksum.algorithm}`, checksum.value)] : []),
  ]);

export const listParts: Operation = (call) => {
  const upload = requireUpload(call);
  const maxParts = queryNumber(call, 'max-parts', pageSize, pageSize);
  const marker = queryNumber(call, 'part-number-marker', 0, maxPartNumber);
  const found = call.store.uploads.parts(upload.uploadId, marker, maxParts + 1);
  const parts = found.slice(0, maxParts);
  const fields = [
    element('Bucket', upload.bucket),
    element('Key', keyEncoder(call).encode(upload.key)),
    element('UploadId', upload.uploadId),
    element('PartNumberMarker', marker),
    element('NextPartNumberMarker', parts.at(-1)?.number),
    element('MaxParts', maxParts),
    element('IsTruncated', found.length > parts.length),
    element('ChecksumAlgorithm', upload.checksum?.algorithm),
    element('ChecksumType', upload.checksum?.type),
    element('StorageClass', 'STANDARD'),
  ];
  return xmlAnswer(xmlDocument('ListPartsResult', [...fields, ...parts.map(partXml)]));
};

const uploadXml = (upload: Upload, encode: (key: string) => string): Xml =>
  element('Upload', [
    element('Key', encode(upload.key)),
    element('UploadId', upload.uploadId),
    element('StorageClass', 'STANDARD'),
    element('Initiated', new Date(upload.startedMs)),
    element('ChecksumAlgorithm', upload.checksum?.algorithm),
    element('ChecksumType', upload.checksum?.type),
  ]);

/** Uploads that begin with `prefix`, one more than asked for when there are more. */
const matchingUploads = (call: Call, prefix: string, count: number): Upload[] => {
  const { bucket } = call.request;
  const marker = { key: queryValue(call.request, 'key-marker') ?? '', uploadId: queryValue(call.request, 'upload-id-marker') ?? '' };
  // Without an upload-id marker the listing goes on after all uploads of the key; every id is hexadecimal, hence below 'z'.
  let after = marker.key !== '' && marker.uploadId === '' ? { ...marker, uploadId: 'z' } : marker;
  const matching: Upload[] = [];
  for (;;) {
    const batch = call.store.uploads.list(bucket, after, pageSize);
    matching.push(...batch.filter((upload) => upload.key.startsWith(prefix)).slice(0, count + 1 - matching.length));
    const last = batch.at(-1);
    if (!last || batch.length < pageSize || matching.length > count) return matching;
    after = last;
  }
};

export const listMultipartUploads: Operation = (call) => {
  call.store.buckets.require(call.request.bucket);
  if (queryValue(call.request, 'delimiter')) throw new S3Error('NotImplemented', 'ListMultipartUploads has no delimiter in this store.');
  const { encode, xml } = keyEncoder(call);
  const prefix = queryValue(call.request, 'prefix') ?? '';
  const maxUploads = queryNumber(call, 'max-uploads', pageSize, pageSize);
  const found = matchingUploads(call, prefix, maxUploads);
  const uploads = found.slice(0, maxUploads);
  const isTruncated = found.length > uploads.length;
  const last = uploads.at(-1);
  const fields = [
    element('Bucket', call.request.bucket),
    element('KeyMarker', encode(queryValue(call.request, 'key-marker') ?? '')),
    element('UploadIdMarker', queryValue(call.request, 'upload-id-marker') ?? ''),
    element('NextKeyMarker', isTruncated && last ? encode(last.key) : undefined),
    element('NextUploadIdMarker', isTruncated && last ? last.uploadId : undefined),
    element('Prefix', encode(prefix)),
    element('MaxUploads', maxUploads),
    element('IsTruncated', isTruncated),
    xml,
  ];
  return xmlAnswer(xmlDocument('ListMultipartUploadsResult', [...fields, ...uploads.map((upload) => uploadXml(upload, encode))]));
};
