import { bypassesGovernance, maxDocumentBytes, removeOrphans, type Call, type Operation } from './call.js';
import { receiveDocument } from '../body/receive-body.js';
import { xmlAnswer, type Answer } from '../http/answer.js';
import { queryValue } from '../http/s3-request.js';
import { S3Error } from '../s3-error.js';
import type { Deleted } from '../store/versions.js';
import { readXml, type XmlElement } from '../xml/read-xml.js';
import { element, xmlDocument, type Xml } from '../xml/write-xml.js';

const maxKeysPerRequest = 1000;

const remove = (call: Call, key: string, versionId: string | undefined): Deleted => {
  const { bucket } = call.request;
  const { versions } = call.store;
  if (versionId === undefined) return versions.delete(bucket, key, call.nowMs);
  return versions.deleteVersion(bucket, key, versionId, call.nowMs, bypassesGovernance(call));
};

export const deleteObject: Operation = async (call): Promise<Answer> => {
  call.store.buckets.require(call.request.bucket);
  if (call.request.headers['if-match'] !== undefined)
    throw new S3Error('NotImplemented', 'If-Match is not supported by DeleteObject here.');
  const deleted = remove(call, call.request.key, queryValue(call.request, 'versionId'));
  await removeOrphans(call, deleted.orphans);
  const headers = {
    ...(deleted.versionId && { 'x-amz-version-id': deleted.versionId }),
    ...(deleted.deleteMarker && { 'x-amz-delete-marker': 'true' }),
  };
  return { status: 204, headers };
};

const deletedXml = (key: string, versionId: string | undefined, deleted: Deleted): Xml =>
  element('Deleted', [
    element('Key', key),
    element('VersionId', versionId),
    element('DeleteMarker', deleted.deleteMarker || undefined),
    element('DeleteMarkerVersionId', deleted.deleteMarker ? deleted.versionId : undefined),
  ]);

const deleteOne = async (call: Call, object: XmlElement): Promise<{ xml: Xml; failed: boolean }> => {
  const key = object.value('Key');
  if (!key) throw new S3Error('MalformedXML', 'Each Object must have a Key.');
  const versionId = object.value('VersionId');
  try {
    const deleted = remove(call, key, versionId);
    await removeOrphans(call, deleted.orphans);
    return { xml: deletedXml(key, versionId, deleted), failed: false };
  } catch (error) {
    if (!(error instanceof S3Error)) throw error;
    const fields = [element('Key', key), element('VersionId', versionId), element('Code', error.code), element('Message', error.message)];
    return { xml: element('Error', fields), failed: true };
  }
};

export const deleteObjects: Operation = async (call) => {
  call.store.buckets.require(call.request.bucket);
  const root = readXml(await receiveDocument(call.request, call.auth, maxDocumentBytes), 'Delete');
  const objects = root.children('Object');
  if (objects.length === 0 || objects.length > maxKeysPerRequest) {
    throw new S3Error('MalformedXML', `A request may delete 1 to ${maxKeysPerRequest} objects.`);
  }
  const quiet = root.value('Quiet') === 'true';
  const results: Xml[] = [];
  for (const object of objects) {
    const { xml, failed } = await deleteOne(call, object);
    if (failed || !quiet) results.push(xml);
  }
  return xmlAnswer(xmlDocument('DeleteResult', results));
};
