import { queryNumber, type Call, type Operation } from './call.js';
import { quoted, xmlAnswer } from '../http/answer.js';
import { queryValue } from '../http/s3-request.js';
import { uriEncode } from '../auth/signing.js';
import { S3Error } from '../s3-error.js';
import type { ListingQuery } from '../store/listings.js';
import type { ObjectVersion } from '../store/version-rows.js';
import { element, xmlDocument, type Xml } from '../xml/write-xml.js';

const pageSize = 1000;

/** Keys as the caller can parse them: escaped where `encoding-type=url` asks for it. */
export const keyEncoder = (call: Call): { encode: (key: string) => string; xml: Xml } => {
  const encoding = queryValue(call.request, 'encoding-type');
  if (encoding !== undefined && encoding !== 'url') throw new S3Error('InvalidArgument', 'encoding-type must be url.');
  const encode = encoding === 'url' ? (key: string): string => key.split('/').map(uriEncode).join('/') : (key: string): string => key;
  return { encode, xml: element('EncodingType', encoding) };
};

const text = (call: Call, name: string): string => queryValue(call.request, name) ?? '';

const listingQuery = (call: Call): ListingQuery => {
  call.store.buckets.require(call.request.bucket);
  return {
    bucket: call.request.bucket,
    prefix: text(call, 'prefix'),
    delimiter: text(call, 'delimiter'),
    maxKeys: queryNumber(call, 'max-keys', pageSize, pageSize),
  };
};

const prefixesXml = (prefixes: readonly string[], encode: (key: string) => string): Xml[] =>
  prefixes.map((prefix) => element('CommonPrefixes', [element('Prefix', encode(prefix))]));

const contentsXml = (version: ObjectVersion, encode: (key: string) => string): Xml[] => [
  element('Key', encode(version.key)),
  element('LastModified', new Date(version.modifiedMs)),
  element('ETag', quoted(version.etag)),
  element('ChecksumAlgorithm', version.checksum?.algorithm),
  element('ChecksumType', version.checksum?.type),
  element('Size', version.sizeBytes),
  element('StorageClass', 'STANDARD'),
];

const decodeToken = (token: string): string => {
  const key = Buffer.from(token, 'base64url').toString('utf8');
  if (key === '' || Buffer.from(key).toString('base64url') !== token)
    throw new S3Error('InvalidArgument', 'The continuation token is incorrect.');
  return key;
};

export const listObjectsV2: Operation = (call) => {
  const query = listingQuery(call);
  const { encode, xml: encodingXml } = keyEncoder(call);
  const token = queryValue(call.request, 'continuation-token');
  const page = call.store.listings.objects(query, token === undefined ? text(call, 'start-after') : decodeToken(token));
  const next = page.isTruncated && page.lastKey !== undefined ? Buffer.from(page.lastKey).toString('base64url') : undefined;
  const fields = [
    element('Name', query.bucket),
    element('Prefix', encode(query.prefix)),
    element('Delimiter', query.delimiter === '' ? undefined : encode(query.delimiter)),
    element('StartAfter', text(call, 'start-after') === '' ? undefined : encode(text(call, 'start-after'))),
    element('MaxKeys', query.maxKeys),
    element('KeyCount', page.versions.length + page.commonPrefixes.length),
    element('IsTruncated', page.isTruncated),
    element('ContinuationToken', token),
    element('NextContinuationToken', next),
    encodingXml,
  ];
  const contents = page.versions.map((version) => element('Contents', contentsXml(version, encode)));
  return xmlAnswer(xmlDocument('ListBucketResult', [...fields, ...contents, ...prefixesXml(page.commonPrefixes, encode)]));
};

const versionXml = (version: ObjectVersion, encode: (key: string) => string): Xml => {
  const identity = [element('VersionId', version.versionId), element('IsLatest', version.isLatest)];
  if (!version.deleteMarker) return element('Version', [...contentsXml(version, encode), ...identity]);
  return element('DeleteMarker', [element('Key', encode(version.key)), element('LastModified', new Date(version.modifiedMs)), ...identity]);
};

export const listObjectVersions: Operation = (call) => {
  const query = listingQuery(call);
  const { encode, xml: encodingXml } = keyEncoder(call);
  const [keyMarker, idMarker] = [text(call, 'key-marker'), text(call, 'version-id-marker')];
  if (idMarker !== '' && keyMarker === '')
    throw new S3Error('InvalidArgument', 'A version-id marker cannot be given without a key marker.');
  // A marker that was deleted between two pages: its key is listed again, because a repeated version does less harm than a skipped one.
  const seqOfMarker = (): number => call.store.versions.find(query.bucket, keyMarker, idMarker)?.seq ?? Number.MAX_SAFE_INTEGER;
  const page = call.store.listings.versions(query, keyMarker, idMarker === '' ? undefined : seqOfMarker());
  const fields = [
    element('Name', query.bucket),
    element('Prefix', encode(query.prefix)),
    element('Delimiter', query.delimiter === '' ? undefined : encode(query.delimiter)),
    element('KeyMarker', encode(keyMarker)),
    element('VersionIdMarker', idMarker),
    element('MaxKeys', query.maxKeys),
    element('IsTruncated', page.isTruncated),
    element('NextKeyMarker', page.isTruncated && page.lastKey !== undefined ? encode(page.lastKey) : undefined),
    element('NextVersionIdMarker', page.isTruncated ? page.lastVersionId : undefined),
    encodingXml,
  ];
  const versions = page.versions.map((version) => versionXml(version, encode));
  return xmlAnswer(xmlDocument('ListVersionsResult', [...fields, ...versions, ...prefixesXml(page.commonPrefixes, encode)]));
};
