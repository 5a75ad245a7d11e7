import { header, maxDocumentBytes, type Operation } from './call.js';
import { maySeeBucket } from '../auth/credentials.js';
import { receiveDocument } from '../body/receive-body.js';
import { noContent, xmlAnswer } from '../http/answer.js';
import { S3Error } from '../s3-error.js';
import { readXml } from '../xml/read-xml.js';
import { element, xmlDocument } from '../xml/write-xml.js';

const validName = /^(?!\d+\.\d+\.\d+\.\d+$)[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;

export const createBucket: Operation = async (call) => {
  const { bucket } = call.request;
  if (!validName.test(bucket) || bucket.includes('..')) throw new S3Error('InvalidBucketName', `'${bucket}' is not a valid bucket name.`);
  await receiveDocument(call.request, call.auth, maxDocumentBytes);
  call.store.buckets.create(bucket, header(call, 'x-amz-bucket-object-lock-enabled')?.toLowerCase() === 'true', call.nowMs);
  return { status: 200, headers: { location: `/${bucket}` } };
};

export const headBucket: Operation = (call) => {
  call.store.buckets.require(call.request.bucket);
  return { status: 200, headers: { 'x-amz-bucket-region': call.auth.chunkSigning.scope.region } };
};

export const deleteBucket: Operation = (call) => {
  call.store.buckets.delete(call.request.bucket);
  return noContent;
};

const owner = element('Owner', [element('ID', 'embedded'), element('DisplayName', 'embedded')]);

export const listBuckets: Operation = (call) => {
  const visible = call.store.buckets.list().filter((bucket) => maySeeBucket(call.auth.credential, bucket.name));
  const buckets = visible.map((bucket) =>
    element('Bucket', [element('Name', bucket.name), element('CreationDate', new Date(bucket.createdMs))]),
  );
  return xmlAnswer(xmlDocument('ListAllMyBucketsResult', [owner, element('Buckets', buckets)]));
};

export const getBucketLocation: Operation = (call) => {
  call.store.buckets.require(call.request.bucket);
  return xmlAnswer(xmlDocument('LocationConstraint', []));
};

export const getBucketVersioning: Operation = (call) => {
  const { versioning } = call.store.buckets.require(call.request.bucket);
  return xmlAnswer(xmlDocument('VersioningConfiguration', [element('Status', versioning || undefined)]));
};

export const putBucketVersioning: Operation = async (call) => {
  const root = readXml(await receiveDocument(call.request, call.auth, maxDocumentBytes), 'VersioningConfiguration');
  const status = root.value('Status');
  if (status !== 'Enabled' && status !== 'Suspended')
    throw new S3Error('MalformedXML', 'The Status of versioning must be Enabled or Suspended.');
  call.store.buckets.setVersioning(call.request.bucket, status);
  return { status: 200 };
};
