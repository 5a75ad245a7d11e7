import * as bucket from './bucket-operations.js';
import type { Operation } from './call.js';
import { completeMultipartUpload } from './complete-multipart.js';
import { copyObject } from './copy-object.js';
import { deleteObject, deleteObjects } from './delete-objects.js';
import { getObject, headObject } from './get-object.js';
import { listObjectsV2, listObjectVersions } from './list-operations.js';
import * as lock from './lock-operations.js';
import * as multipart from './multipart-operations.js';
import { putObject } from './put-object.js';
import type { S3Request } from '../http/s3-request.js';
import { S3Error } from '../s3-error.js';

export interface Route {
  readonly name: string;
  readonly access: 'read' | 'write';
  readonly run: Operation;
}

interface RouteRule extends Route {
  readonly method: string;
  readonly level: 'service' | 'bucket' | 'object';
  /** Query names that must be there; they tell this operation from its neighbours. */
  readonly needs: readonly string[];
  readonly allows: readonly string[];
  readonly header?: string;
}

const listing = ['prefix', 'delimiter', 'encoding-type'];

type RuleTuple = [
  access: 'read' | 'write',
  method: string,
  needs: string,
  allows: readonly string[],
  name: string,
  run: Operation,
  header?: string,
];

const rules = (level: RouteRule['level'], tuples: readonly RuleTuple[]): RouteRule[] =>
  tuples.map(([access, method, needs, allows, name, run, header]) => ({
    level,
    access,
    method,
    needs: needs === '' ? [] : needs.split(' '),
    allows,
    name,
    run,
    ...(header && { header }),
  }));

// The first rule that fits is taken. A query name that no rule knows is refused: PUT ?tagging must never become a PUT of the object.
const table: readonly RouteRule[] = [
  ...rules('service', [['read', 'GET', '', [], 'ListBuckets', bucket.listBuckets]]),
  ...rules('bucket', [
    ['write', 'PUT', 'versioning', [], 'PutBucketVersioning', bucket.putBucketVersioning],
    ['write', 'PUT', 'object-lock', [], 'PutObjectLockConfiguration', lock.putObjectLockConfiguration],
    ['write', 'PUT', '', [], 'CreateBucket', bucket.createBucket],
    ['read', 'HEAD', '', [], 'HeadBucket', bucket.headBucket],
    ['write', 'DELETE', '', [], 'DeleteBucket', bucket.deleteBucket],
    ['write', 'POST', 'delete', [], 'DeleteObjects', deleteObjects],
    ['read', 'GET', 'location', [], 'GetBucketLocation', bucket.getBucketLocation],
    ['read', 'GET', 'versioning', [], 'GetBucketVersioning', bucket.getBucketVersioning],
    ['read', 'GET', 'object-lock', [], 'GetObjectLockConfiguration', lock.getObjectLockConfiguration],
    ['read', 'GET', 'versions', [...listing, 'max-keys', 'key-marker', 'version-id-marker'], 'ListObjectVersions', listObjectVersions],
    [
      'read',
      'GET',
      'uploads',
      [...listing, 'max-uploads', 'key-marker', 'upload-id-marker'],
      'ListMultipartUploads',
      multipart.listMultipartUploads,
    ],
    [
      'read',
      'GET',
      'list-type',
      [...listing, 'max-keys', 'continuation-token', 'start-after', 'fetch-owner'],
      'ListObjectsV2',
      listObjectsV2,
    ],
  ]),
  ...rules('object', [
    ['write', 'PUT', 'retention', ['versionId'], 'PutObjectRetention', lock.putObjectRetention],
    ['write', 'PUT', 'legal-hold', ['versionId'], 'PutObjectLegalHold', lock.putObjectLegalHold],
    ['write', 'PUT', '', [], 'CopyObject', copyObject, 'x-amz-copy-source'],
    ['write', 'PUT', 'partNumber uploadId', [], 'UploadPart', multipart.uploadPart],
    ['write', 'PUT', '', [], 'PutObject', putObject],
    ['read', 'GET', 'retention', ['versionId'], 'GetObjectRetention', lock.getObjectRetention],
    ['read', 'GET', 'legal-hold', ['versionId'], 'GetObjectLegalHold', lock.getObjectLegalHold],
    ['read', 'GET', 'uploadId', ['max-parts', 'part-number-marker'], 'ListParts', multipart.listParts],
    ['read', 'GET', '', ['versionId'], 'GetObject', getObject],
    ['read', 'HEAD', '', ['versionId'], 'HeadObject', headObject],
    ['write', 'DELETE', 'uploadId', [], 'AbortMultipartUpload', multipart.abortMultipartUpload],
    ['write', 'DELETE', '', ['versionId'], 'DeleteObject', deleteObject],
    ['write', 'POST', 'uploads', [], 'CreateMultipartUpload', multipart.createMultipartUpload],
    ['write', 'POST', 'uploadId', [], 'CompleteMultipartUpload', completeMultipartUpload],
  ]),
];

const levelOf = (request: S3Request): RouteRule['level'] => {
  if (request.bucket === '') return 'service';
  return request.key === '' ? 'bucket' : 'object';
};

/** The operation that the request asks for. Throws NotImplemented for whatever this store does not do. */
export const findRoute = (request: S3Request): Route => {
  const level = levelOf(request);
  const names = request.query.map(([name]) => name).filter((name) => name !== 'x-id');
  const copies = request.headers['x-amz-copy-source'] !== undefined;
  const found = table.find(
    (rule) =>
      rule.level === level &&
      rule.method === request.method &&
      copies === (rule.header !== undefined) &&
      rule.needs.every((name) => names.includes(name)) &&
      names.every((name) => rule.needs.includes(name) || rule.allows.includes(name)),
  );
  if (found) return found;
  const what = `${request.method} of a ${level}${names.length > 0 ? ` with ?${names.join('&')}` : ''}`;
  throw new S3Error('NotImplemented', `${what} is not implemented by this store.`);
};
