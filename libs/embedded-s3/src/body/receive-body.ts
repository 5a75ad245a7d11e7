import { createHash, type Hash } from 'node:crypto';
import { decodeAwsChunked } from './aws-chunked.js';
import {
  algorithmOfHeader,
  checksumHeader,
  requireDigestShape,
  startChecksum,
  type Checksum,
  type ChecksumAlgorithm,
} from './checksums.js';
import type { RunningChecksum } from './crc.js';
import type { Authenticated } from '../auth/authenticate.js';
import type { S3Request } from '../http/s3-request.js';
import { S3Error } from '../s3-error.js';

/** What a body turned out to be, after everything that was declared about it has been found true. */
export interface ReceivedBody {
  readonly sizeBytes: number;
  readonly md5: Buffer;
  readonly checksum?: Checksum;
}

export type BodySink = (chunk: Buffer) => void | Promise<void>;

interface Declared {
  readonly chunks: AsyncIterable<Buffer>;
  readonly trailers: Map<string, string>;
  readonly sizeBytes: number;
  readonly sha256?: string;
  readonly trailerAlgorithm?: ChecksumAlgorithm;
  readonly header?: { readonly algorithm: ChecksumAlgorithm; readonly value: string };
}

export const maxBodyBytes = 5 * 1024 ** 3;

const chunkRulesOf = (auth: Authenticated): { signing?: Authenticated['chunkSigning']; trailer: boolean } | undefined => {
  switch (auth.payloadHash) {
    case 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD':
      return { signing: auth.chunkSigning, trailer: false };
    case 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER':
      return { signing: auth.chunkSigning, trailer: true };
    case 'STREAMING-UNSIGNED-PAYLOAD-TRAILER':
      return { trailer: true };
    default:
      return undefined;
  }
};

const declaredSize = (request: S3Request, streaming: boolean): number => {
  const header = streaming ? request.headers['x-amz-decoded-content-length'] : request.headers['content-length'];
  if (header === undefined || !/^\d{1,15}$/.test(header)) {
    throw new S3Error('MissingContentLength', 'You must provide the length of the body: Content-Length or x-amz-decoded-content-length.');
  }
  const sizeBytes = Number(header);
  if (sizeBytes > maxBodyBytes) throw new S3Error('EntityTooLarge', 'One request may carry at most 5 GiB; use a multipart upload.');
  return sizeBytes;
};

const declaredChecksum = (headers: Readonly<Record<string, string>>): Declared['header'] => {
  const found = Object.keys(headers).flatMap((name) => algorithmOfHeader(name) ?? []);
  if (found.length > 1) throw new S3Error('InvalidRequest', 'Expecting a single x-amz-checksum- header.');
  const [algorithm] = found;
  return algorithm && { algorithm, value: requireDigestShape(algorithm, headers[checksumHeader(algorithm)]!) };
};

const trailerAlgorithm = (request: S3Request): ChecksumAlgorithm | undefined => {
  const name = request.headers['x-amz-trailer'];
  if (name === undefined) return undefined;
  const algorithm = algorithmOfHeader(name.trim().toLowerCase());
  if (!algorithm) throw new S3Error('InvalidRequest', `The trailer '${name}' is not a checksum that this store knows.`);
  return algorithm;
};

const declaredSha256 = (auth: Authenticated): string | undefined => {
  if (auth.payloadHash === 'UNSIGNED-PAYLOAD' || chunkRulesOf(auth)) return undefined;
  if (!/^[0-9a-f]{64}$/.test(auth.payloadHash))
    throw new S3Error('InvalidArgument', `x-amz-content-sha256 '${auth.payloadHash}' is not known.`);
  return auth.payloadHash;
};

const declare = (request: S3Request, auth: Authenticated): Declared => {
  const rules = chunkRulesOf(auth);
  const trailers = new Map<string, string>();
  const sha256 = declaredSha256(auth);
  const trailer = rules?.trailer ? trailerAlgorithm(request) : undefined;
  const header = declaredChecksum(request.headers);
  // A refused body must not destroy the socket that the refusal still has to travel on.
  const raw = request.raw.iterator({ destroyOnReturn: false });
  return {
    chunks: rules ? decodeAwsChunked(raw, rules, trailers) : raw,
    trailers,
    sizeBytes: declaredSize(request, rules !== undefined),
    ...(sha256 && { sha256 }),
    ...(trailer && { trailerAlgorithm: trailer }),
    ...(header && { header }),
  };
};

const requireContentMd5 = (request: S3Request, md5: Buffer): void => {
  const header = request.headers['content-md5'];
  if (header !== undefined && header !== md5.toString('base64')) {
    throw new S3Error('BadDigest', 'The Content-MD5 you specified did not match what we received.');
  }
};

const md5HeaderShape = (request: S3Request): void => {
  const header = request.headers['content-md5'];
  if (header !== undefined && Buffer.from(header, 'base64').length !== 16) {
    throw new S3Error('InvalidDigest', 'The Content-MD5 you specified is not valid.');
  }
};

const requireChecksum = (declared: Declared, computed: Checksum): void => {
  const expected = declared.trailerAlgorithm
    ? declared.trailers.get(checksumHeader(declared.trailerAlgorithm))
    : (declared.header?.value ?? computed.value);
  if (expected === undefined)
    throw new S3Error('InvalidRequest', `The trailer ${checksumHeader(computed.algorithm)} was announced but not sent.`);
  if (expected !== computed.value) {
    throw new S3Error('BadDigest', `The ${computed.algorithm} you specified did not match the calculated checksum.`);
  }
};

const verify = (request: S3Request, declared: Declared, sizeBytes: number, digests: { md5: Buffer; sha256?: Hash }): void => {
  if (sizeBytes !== declared.sizeBytes) {
    throw new S3Error('IncompleteBody', `The body has ${sizeBytes} bytes where ${declared.sizeBytes} were declared.`);
  }
  if (digests.sha256 && digests.sha256.digest('hex') !== declared.sha256) {
    throw new S3Error('XAmzContentSHA256Mismatch', 'The provided x-amz-content-sha256 header does not match what was computed.');
  }
  requireContentMd5(request, digests.md5);
};

/**
 * Streams the request's body into `sink` and checks all that was declared about it: length, payload hash, chunk
 * signatures, Content-MD5, checksum header or trailer. What the sink received counts only when this resolves.
 * `algorithm` is computed even if the request declares none (the parts of an upload that was started with one).
 */
export const receiveBody = async (
  request: S3Request,
  auth: Authenticated,
  sink: BodySink,
  algorithm?: ChecksumAlgorithm,
): Promise<ReceivedBody> => {
  md5HeaderShape(request);
  const declared = declare(request, auth);
  const wanted = declared.trailerAlgorithm ?? declared.header?.algorithm ?? algorithm;
  const running: RunningChecksum | undefined = wanted && startChecksum(wanted);
  const md5Hash = createHash('md5');
  const sha256 = declared.sha256 === undefined ? undefined : createHash('sha256');
  let sizeBytes = 0;
  for await (const chunk of declared.chunks) {
    sizeBytes += chunk.length;
    if (sizeBytes > declared.sizeBytes) throw new S3Error('IncompleteBody', 'The body is longer than was declared.');
    md5Hash.update(chunk);
    sha256?.update(chunk);
    running?.update(chunk);
    await sink(chunk);
  }
  const md5 = md5Hash.digest();
  verify(request, declared, sizeBytes, { md5, ...(sha256 && { sha256 }) });
  if (!wanted) return { sizeBytes, md5 };
  const checksum: Checksum = { algorithm: wanted, type: 'FULL_OBJECT', value: running!.digest().toString('base64') };
  requireChecksum(declared, checksum);
  return { sizeBytes, md5, checksum };
};

/** Reads a small body (an XML document) whole. Throws EntityTooLarge over `maxBytes`. */
export const receiveDocument = async (request: S3Request, auth: Authenticated, maxBytes: number): Promise<Buffer> => {
  if (request.headers['content-length'] === undefined && request.headers['x-amz-decoded-content-length'] === undefined) {
    return Buffer.alloc(0);
  }
  const chunks: Buffer[] = [];
  let sizeBytes = 0;
  await receiveBody(request, auth, (chunk) => {
    sizeBytes += chunk.length;
    if (sizeBytes > maxBytes) throw new S3Error('EntityTooLarge', `The document is longer than ${maxBytes} bytes.`);
    chunks.push(chunk);
  });
  return Buffer.concat(chunks);
};
