import { header, type Call, type Operation } from './call.js';
import { objectHeaders, versionHeader } from './object-headers.js';
import { unquoted } from '../http/answer.js';
import { queryValue } from '../http/s3-request.js';
import { S3Error } from '../s3-error.js';
import type { ObjectFiles } from '../store/object-files.js';
import type { ObjectVersion, Segment } from '../store/version-rows.js';

/** First and last byte, both inclusive. */
interface ByteRange {
  readonly from: number;
  readonly to: number;
}

/** The version that the request names. Throws NoSuchKey, NoSuchVersion, or MethodNotAllowed for a delete marker named by its id. */
export const requireVersion = (call: Call): ObjectVersion => {
  const { bucket, key } = call.request;
  call.store.buckets.require(bucket);
  const versionId = queryValue(call.request, 'versionId');
  const version = call.store.versions.find(bucket, key, versionId);
  if (version && !version.deleteMarker) return version;
  if (!version) {
    throw versionId === undefined
      ? new S3Error('NoSuchKey', `The key '${key}' does not exist.`)
      : new S3Error('NoSuchVersion', `The key '${key}' has no version '${versionId}'.`);
  }
  const headers = { 'x-amz-delete-marker': 'true', ...versionHeader(call, version.versionId) };
  if (versionId === undefined) throw new S3Error('NoSuchKey', `The key '${key}' is deleted.`, headers);
  throw new S3Error('MethodNotAllowed', 'The version is a delete marker.', { ...headers, allow: 'DELETE' });
};

const listsEtag = (list: string, etag: string): boolean =>
  list.trim() === '*' || list.split(',').some((one) => unquoted(one.replace(/^\s*W\//, '')) === etag);

/** The conditions of RFC 9110, section 13.2.2, in their order. */
export const requireReadConditions = (call: Call, version: ObjectVersion, prefix = ''): void => {
  const condition = (name: string): string | undefined => header(call, prefix + name);
  const modified = Math.floor(version.modifiedMs / 1000) * 1000;
  const dateOf = (text: string | undefined): number => (text === undefined ? Number.NaN : Date.parse(text));
  const [match, noneMatch] = [condition('if-match'), condition('if-none-match')];
  const failed = new S3Error('PreconditionFailed', 'At least one of the preconditions you specified did not hold.');
  const unchanged = prefix === '' ? new S3Error('NotModified', 'Not modified', { etag: `"${version.etag}"` }) : failed;
  if (match !== undefined ? !listsEtag(match, version.etag) : modified > dateOf(condition('if-unmodified-since'))) throw failed;
  if (noneMatch !== undefined ? listsEtag(noneMatch, version.etag) : modified <= dateOf(condition('if-modified-since'))) throw unchanged;
};

/** One range; several, or none that is understood, mean the whole object. Throws InvalidRange beyond its end. */
const requestedRange = (call: Call, sizeBytes: number): ByteRange | undefined => {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header(call, 'range')?.trim() ?? '');
  if (!match || (match[1] === '' && match[2] === '')) return undefined;
  const isSuffix = match[1] === '';
  const from = isSuffix ? Math.max(0, sizeBytes - Number(match[2])) : Number(match[1]);
  const to = isSuffix || match[2] === '' ? sizeBytes - 1 : Math.min(Number(match[2]), sizeBytes - 1);
  if (!isSuffix && match[2] !== '' && Number(match[2]) < from) return undefined;
  if (from > to) throw new S3Error('InvalidRange', 'The requested range is not satisfiable.', { 'content-range': `bytes */${sizeBytes}` });
  return { from, to };
};

/** Streams a range of an object over its segments. */
export async function* readSegments(store: ObjectFiles, segments: readonly Segment[], range: ByteRange): AsyncGenerator<Buffer> {
  let start = 0;
  for (const { blob, sizeBytes } of segments) {
    const from = Math.max(range.from - start, 0);
    const to = Math.min(range.to - start, sizeBytes - 1);
    if (from <= to) yield* store.blobs.read(blob, from, to);
    start += sizeBytes;
  }
}

/** A blob that is gone or cut must be an error with a status, not a body that breaks off. */
const requireWhole = async (store: ObjectFiles, segments: readonly Segment[]): Promise<void> => {
  for (const { blob, sizeBytes } of segments) {
    const onDisk = await store.blobs.sizeBytes(blob).catch(() => -1);
    if (onDisk !== sizeBytes) throw new S3Error('InternalError', 'The stored bytes of this object are damaged: a file is missing or cut.');
  }
};

const respond = async (call: Call, withBody: boolean): ReturnType<typeof answerOf> => answerOf(call, requireVersion(call), withBody);

const answerOf = async (call: Call, version: ObjectVersion, withBody: boolean) => {
  requireReadConditions(call, version);
  const range = requestedRange(call, version.sizeBytes);
  const whole = { from: 0, to: version.sizeBytes - 1 };
  const { from, to } = range ?? whole;
  const headers = {
    ...objectHeaders(call, version, range !== undefined),
    'content-length': String(to - from + 1),
    ...(range && { 'content-range': `bytes ${from}-${to}/${version.sizeBytes}` }),
  };
  const segments = call.store.versions.segments(version);
  await requireWhole(call.store, segments);
  return { status: range ? 206 : 200, headers, ...(withBody && { body: readSegments(call.store, segments, { from, to }) }) };
};

export const getObject: Operation = (call) => respond(call, true);
export const headObject: Operation = (call) => respond(call, false);
