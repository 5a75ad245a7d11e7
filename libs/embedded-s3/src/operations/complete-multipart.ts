import { createHash } from 'node:crypto';
import { maxDocumentBytes, removeOrphans, type Call, type Operation } from './call.js';
import { readSegments } from './get-object.js';
import { requireUpload } from './multipart-operations.js';
import { versionHeader, writeConditions } from './object-headers.js';
import { checksumHeader, compositeChecksum, startChecksum, type Checksum } from '../body/checksums.js';
import { receiveDocument } from '../body/receive-body.js';
import { quoted, unquoted, xmlAnswer } from '../http/answer.js';
import { S3Error } from '../s3-error.js';
import type { Upload, UploadedPart } from '../store/uploads.js';
import { readXml, type XmlElement } from '../xml/read-xml.js';
import { element, xmlDocument } from '../xml/write-xml.js';

const minPartBytes = 5 * 1024 ** 2;

const numberOf = (listed: XmlElement): number => {
  const text = listed.value('PartNumber') ?? '';
  if (!/^\d{1,5}$/.test(text)) throw new S3Error('MalformedXML', 'Each Part must have a PartNumber.');
  return Number(text);
};

const requireListed = (listed: XmlElement, part: UploadedPart | undefined): UploadedPart => {
  const etag = listed.value('ETag');
  if (etag === undefined) throw new S3Error('MalformedXML', 'Each Part must have an ETag.');
  if (!part || unquoted(etag) !== part.etag) {
    throw new S3Error('InvalidPart', `Part ${numberOf(listed)} was not found, or its ETag is not the one uploaded.`);
  }
  const { checksum } = part;
  const claimed = checksum && listed.value(`Checksum${checksum.algorithm}`);
  if (claimed !== undefined && claimed !== checksum?.value) {
    throw new S3Error('InvalidPart', `Part ${part.number} has another ${checksum?.algorithm} checksum than the one listed.`);
  }
  return part;
};

/** The parts that the document lists. Throws MalformedXML, InvalidPartOrder, InvalidPart, EntityTooSmall. */
const selectParts = (document: XmlElement, uploaded: readonly UploadedPart[]): UploadedPart[] => {
  const listed = document.children('Part');
  if (listed.length === 0) throw new S3Error('MalformedXML', 'You must specify at least one part.');
  const byNumber = new Map(uploaded.map((part) => [part.number, part]));
  const numbers = listed.map(numberOf);
  if (numbers.some((number, at) => at > 0 && number <= numbers[at - 1]!)) {
    throw new S3Error('InvalidPartOrder', 'The list of parts was not in ascending order.');
  }
  const parts = listed.map((one, at) => requireListed(one, byNumber.get(numbers[at]!)));
  const small = parts.slice(0, -1).find((part) => part.sizeBytes < minPartBytes);
  if (small)
    throw new S3Error('EntityTooSmall', `Part ${small.number} has ${small.sizeBytes} bytes; all but the last need ${minPartBytes}.`);
  return parts;
};

const objectChecksum = async (
  call: Call,
  upload: Upload,
  parts: readonly UploadedPart[],
  sizeBytes: number,
): Promise<Checksum | undefined> => {
  if (!upload.checksum) return undefined;
  const { algorithm, type } = upload.checksum;
  if (type === 'COMPOSITE') {
    return compositeChecksum(
      algorithm,
      parts.map((part) => part.checksum!.value),
    );
  }
  const running = startChecksum(algorithm);
  for await (const chunk of readSegments(call.store, parts, { from: 0, to: sizeBytes - 1 })) running.update(chunk);
  return { algorithm, type, value: running.digest().toString('base64') };
};

const requireClaims = (call: Call, sizeBytes: number, checksum: Checksum | undefined): void => {
  const claimedSize = call.request.headers['x-amz-mp-object-size'];
  if (claimedSize !== undefined && claimedSize !== String(sizeBytes)) {
    throw new S3Error('InvalidRequest', `The object has ${sizeBytes} bytes where x-amz-mp-object-size says ${claimedSize}.`);
  }
  const claimed = checksum && call.request.headers[checksumHeader(checksum.algorithm)];
  if (checksum && claimed !== undefined && claimed.replace(/-\d+$/, '') !== checksum.value.replace(/-\d+$/, '')) {
    throw new S3Error('BadDigest', `The ${checksum.algorithm} you specified did not match the calculated checksum.`);
  }
};

const compositeEtag = (parts: readonly UploadedPart[]): string => {
  const hash = createHash('md5');
  for (const part of parts) hash.update(Buffer.from(part.etag, 'hex'));
  return `${hash.digest('hex')}-${parts.length}`;
};

/** The document's own checksum headers speak of the object, not of the document. */
const documentOf = (call: Call): Promise<Buffer> => {
  const headers = Object.fromEntries(
    Object.entries(call.request.headers).filter(([name]) => !name.startsWith('x-amz-checksum-') && name !== 'x-amz-trailer'),
  );
  return receiveDocument({ ...call.request, headers }, call.auth, maxDocumentBytes);
};

/** The object's bytes are the parts' files, in order: nothing is copied, and one commit makes it visible. */
export const completeMultipartUpload: Operation = async (call) => {
  const upload = requireUpload(call);
  const conditions = writeConditions(call);
  const document = readXml(await documentOf(call), 'CompleteMultipartUpload');
  const parts = selectParts(document, call.store.uploads.parts(upload.uploadId));
  const sizeBytes = parts.reduce((sum, part) => sum + part.sizeBytes, 0);
  const checksum = await objectChecksum(call, upload, parts, sizeBytes);
  requireClaims(call, sizeBytes, checksum);
  const etag = compositeEtag(parts);
  const { bucket, key, headers, retention, legalHold } = upload;
  const version = { bucket, key, sizeBytes, etag, modifiedMs: Date.now(), headers, legalHold, segments: parts };
  const stored = call.store.uploads.complete(upload, parts, () =>
    call.store.versions.addInTransaction({ ...version, ...(checksum && { checksum }), ...(retention && { retention }) }, conditions),
  );
  await removeOrphans(call, stored.orphans);
  const fields = [
    element('Location', `/${bucket}/${key}`),
    element('Bucket', bucket),
    element('Key', key),
    element('ETag', quoted(etag)),
    ...(checksum ? [element(`Checksum${checksum.algorithm}`, checksum.value), element('ChecksumType', checksum.type)] : []),
  ];
  return xmlAnswer(xmlDocument('CompleteMultipartUploadResult', fields), versionHeader(call, stored.versionId));
};
