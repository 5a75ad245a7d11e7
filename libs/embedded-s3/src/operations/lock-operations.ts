import { bypassesGovernance, maxDocumentBytes, type Operation } from './call.js';
import { requireVersion } from './get-object.js';
import { receiveDocument } from '../body/receive-body.js';
import { xmlAnswer } from '../http/answer.js';
import { S3Error } from '../s3-error.js';
import type { DefaultRetention } from '../store/buckets.js';
import { parseRetention } from '../store/lock-rules.js';
import { readXml, type XmlElement } from '../xml/read-xml.js';
import { element, xmlDocument } from '../xml/write-xml.js';
import type { Call } from './call.js';

const maxDays = 36_500;
const maxYears = 100;

const requireLockBucket = (call: Call): void => {
  if (!call.store.buckets.require(call.request.bucket).objectLock) {
    throw new S3Error('InvalidRequest', 'Bucket is missing Object Lock Configuration.');
  }
};

const noLock = (what: string): S3Error => new S3Error('NoSuchObjectLockConfiguration', `The specified version has no ${what}.`);

const readDocument = async (call: Call, root: string): Promise<XmlElement> =>
  readXml(await receiveDocument(call.request, call.auth, maxDocumentBytes), root);

export const getObjectRetention: Operation = (call) => {
  requireLockBucket(call);
  const { retention } = requireVersion(call);
  if (!retention) throw noLock('retention');
  return xmlAnswer(xmlDocument('Retention', [element('Mode', retention.mode), element('RetainUntilDate', new Date(retention.untilMs))]));
};

export const putObjectRetention: Operation = async (call) => {
  requireLockBucket(call);
  const root = await readDocument(call, 'Retention');
  const version = requireVersion(call);
  const [mode, until] = [root.value('Mode'), root.value('RetainUntilDate')];
  const wanted = mode === undefined && until === undefined ? undefined : parseRetention(mode, until, call.nowMs);
  call.store.versions.setRetention(version, wanted, Date.now(), bypassesGovernance(call));
  return { status: 200 };
};

export const getObjectLegalHold: Operation = (call) => {
  requireLockBucket(call);
  return xmlAnswer(xmlDocument('LegalHold', [element('Status', requireVersion(call).legalHold ? 'ON' : 'OFF')]));
};

export const putObjectLegalHold: Operation = async (call) => {
  requireLockBucket(call);
  const status = (await readDocument(call, 'LegalHold')).value('Status');
  if (status !== 'ON' && status !== 'OFF') throw new S3Error('MalformedXML', 'The Status of a LegalHold must be ON or OFF.');
  call.store.versions.setLegalHold(requireVersion(call), status === 'ON');
  return { status: 200 };
};

export const getObjectLockConfiguration: Operation = (call) => {
  const { objectLock, defaultRetention } = call.store.buckets.require(call.request.bucket);
  if (!objectLock) throw new S3Error('ObjectLockConfigurationNotFoundError', 'Object Lock configuration does not exist for this bucket.');
  const rule = defaultRetention && [
    element('DefaultRetention', [
      element('Mode', defaultRetention.mode),
      element('Days', defaultRetention.days),
      element('Years', defaultRetention.years),
    ]),
  ];
  return xmlAnswer(xmlDocument('ObjectLockConfiguration', [element('ObjectLockEnabled', 'Enabled'), element('Rule', rule)]));
};

const period = (text: string | undefined, max: number): number | undefined => {
  if (text === undefined) return undefined;
  if (!/^[1-9]\d{0,5}$/.test(text) || Number(text) > max)
    throw new S3Error('InvalidArgument', `A default retention is 1 to ${max} of its unit.`);
  return Number(text);
};

const parseDefaultRetention = (root: XmlElement): DefaultRetention | undefined => {
  const rule = root.child('Rule')?.child('DefaultRetention');
  if (!rule) return undefined;
  const mode = rule.value('Mode');
  const [days, years] = [period(rule.value('Days'), maxDays), period(rule.value('Years'), maxYears)];
  if ((mode !== 'COMPLIANCE' && mode !== 'GOVERNANCE') || (days === undefined) === (years === undefined)) {
    throw new S3Error('MalformedXML', 'DefaultRetention needs a Mode and either Days or Years.');
  }
  return { mode, ...(days !== undefined && { days }), ...(years !== undefined && { years }) };
};

export const putObjectLockConfiguration: Operation = async (call) => {
  call.store.buckets.require(call.request.bucket);
  const root = await readDocument(call, 'ObjectLockConfiguration');
  if (root.value('ObjectLockEnabled') !== 'Enabled') throw new S3Error('MalformedXML', 'ObjectLockEnabled must be Enabled.');
  call.store.buckets.setObjectLock(call.request.bucket, parseDefaultRetention(root));
  return { status: 200 };
};
