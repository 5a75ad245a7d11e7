import { createHash } from 'node:crypto';
import { header, removeOrphans, type Call, type Operation } from './call.js';
import { readSegments, requireReadConditions, requireVersion } from './get-object.js';
import { headersToStore, protectionToStore, versionHeader, writeConditions } from './object-headers.js';
import { publishOrRemove } from './put-object.js';
import { maySeeBucket } from '../auth/credentials.js';
import { parseChecksumAlgorithm, startChecksum, type Checksum } from '../body/checksums.js';
import { maxBodyBytes } from '../body/receive-body.js';
import { quoted, xmlAnswer } from '../http/answer.js';
import { S3Error } from '../s3-error.js';
import type { ObjectVersion, StoredHeaders } from '../store/version-rows.js';
import { element, xmlDocument } from '../xml/write-xml.js';

const sourceCall = (call: Call): Call => {
  const copySource = header(call, 'x-amz-copy-source') ?? '';
  const [path = '', version] = copySource.split('?versionId=');
  let decoded: string;
  try {
    decoded = decodeURIComponent(path).replace(/^\//, '');
  } catch (cause) {
    throw new S3Error('InvalidArgument', 'x-amz-copy-source is not valid percent-encoded UTF-8.', {}, { cause });
  }
  const slash = decoded.indexOf('/');
  if (slash < 1 || slash === decoded.length - 1) throw new S3Error('InvalidArgument', 'x-amz-copy-source must be <bucket>/<key>.');
  const bucket = decoded.slice(0, slash);
  if (!maySeeBucket(call.auth.credential, bucket)) throw new S3Error('AccessDenied', 'Access Denied to the source of the copy.');
  const query = version === undefined ? [] : [['versionId', version] as const];
  return { ...call, request: { ...call.request, bucket, key: decoded.slice(slash + 1), query } };
};

const copiedHeaders = (call: Call, source: ObjectVersion): StoredHeaders => {
  const own = headersToStore(call);
  const directive = header(call, 'x-amz-metadata-directive') ?? 'COPY';
  if (directive !== 'COPY' && directive !== 'REPLACE') throw new S3Error('InvalidArgument', 'Unknown metadata directive.');
  const { bucket, key } = call.request;
  if (directive === 'COPY' && source.isLatest && source.bucket === bucket && source.key === key) {
    throw new S3Error('InvalidRequest', 'This copy request is illegal: it copies an object to itself and changes nothing.');
  }
  return directive === 'REPLACE' ? own : source.headers;
};

interface Copied {
  readonly blob: string;
  readonly etag: string;
  readonly checksum?: Checksum;
}

const copyBytes = async (call: Call, source: ObjectVersion): Promise<Copied> => {
  const asked = header(call, 'x-amz-checksum-algorithm');
  const algorithm = asked === undefined ? source.checksum?.algorithm : parseChecksumAlgorithm(asked);
  const running = algorithm && startChecksum(algorithm);
  const md5 = createHash('md5');
  const incoming = await call.store.blobs.receive();
  let copiedBytes = 0;
  try {
    for await (const chunk of readSegments(call.store, call.store.versions.segments(source), { from: 0, to: source.sizeBytes - 1 })) {
      md5.update(chunk);
      running?.update(chunk);
      copiedBytes += chunk.length;
      await incoming.write(chunk);
    }
    if (copiedBytes !== source.sizeBytes) throw new S3Error('InternalError', 'The stored bytes of the source are damaged: a file is cut.');
    const checksum: Checksum | undefined = algorithm && { algorithm, type: 'FULL_OBJECT', value: running!.digest().toString('base64') };
    return { blob: await incoming.keep(), etag: md5.digest('hex'), ...(checksum && { checksum }) };
  } catch (error) {
    await incoming.discard();
    throw error;
  }
};

export const copyObject: Operation = async (call) => {
  const { bucket, key } = call.request;
  const protection = protectionToStore(call, call.store.buckets.require(bucket));
  const conditions = writeConditions(call);
  const from = sourceCall(call);
  const source = requireVersion(from);
  requireReadConditions(call, source, 'x-amz-copy-source-');
  if (source.sizeBytes > maxBodyBytes) throw new S3Error('InvalidRequest', 'The source of a copy may have at most 5 GiB.');
  const headers = copiedHeaders(call, source);
  const { blob, etag, checksum } = await copyBytes(call, source);
  const { sizeBytes } = source;
  const modifiedMs = Date.now();
  const version = { bucket, key, sizeBytes, etag, modifiedMs, headers, ...(checksum && { checksum }), ...protection };
  const stored = await publishOrRemove(call, [blob], () =>
    call.store.versions.add({ ...version, segments: [{ blob, sizeBytes }] }, conditions),
  );
  await removeOrphans(call, stored.orphans);
  const result = [
    element('LastModified', new Date(modifiedMs)),
    element('ETag', quoted(etag)),
    ...(checksum ? [element(`Checksum${checksum.algorithm}`, checksum.value), element('ChecksumType', checksum.type)] : []),
  ];
  const sourceVersion = versionHeader(from, source.versionId)['x-amz-version-id'];
  return xmlAnswer(xmlDocument('CopyObjectResult', result), {
    ...versionHeader(call, stored.versionId),
    ...(sourceVersion && { 'x-amz-copy-source-version-id': sourceVersion }),
  });
};
