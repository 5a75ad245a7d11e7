import { headers, type MsgHdrs } from '@nats-io/transport-node';
import {
  aggregateOwners,
  cloudEventType,
  eventSubject,
  streamId,
  type AggregateName,
  type EventEnvelope,
  type ServiceName,
} from '@lastcopy/contracts';
import { CodedError } from '@lastcopy/kernel';
import { envelopeHash } from '../store/envelope-hash.js';

export interface BusMessage {
  subject: string;
  headers: MsgHdrs;
  body: Uint8Array;
}

/** Where each field of an envelope travels. CloudEvents 1.0 binary mode; what it has no name for begins with `lastcopy-`. */
const textFields = {
  event_id: 'ce-id',
  source: 'ce-source',
  stream_id: 'ce-subject',
  occurred_at: 'ce-time',
  client_account_id: 'ce-clientaccountid',
  engagement_id: 'ce-engagementid',
  flow_id: 'ce-flowid',
  actor: 'ce-actor',
  causation_id: 'ce-causationid',
  correlation_id: 'ce-correlationid',
  traceparent: 'traceparent',
  type: 'lastcopy-type',
  aggregate: 'lastcopy-aggregate',
  aggregate_id: 'lastcopy-aggregate-id',
  epoch: 'lastcopy-epoch',
  prev_hash: 'lastcopy-prev-hash',
  hash: 'lastcopy-hash',
} as const;
const numberFields = {
  version: 'ce-streamversion',
  position: 'lastcopy-position',
  schema_version: 'lastcopy-schema-version',
} as const;
const nullable: readonly string[] = ['flow_id', 'causation_id', 'correlation_id', 'traceparent'];

/** CloudEvents header values are printable ASCII; everything else, and the quote and per cent sign, is percent-encoded. */
const encodeText = (value: string): string =>
  value.replace(/[^\x21-\x7e]+|["%]/gu, (part) => (part === '"' ? '%22' : part === '%' ? '%25' : encodeURIComponent(part)));

/** A committed event as it travels. */
export function toBusMessage(envelope: EventEnvelope): BusMessage {
  const out = headers();
  out.set('Nats-Msg-Id', envelope.event_id);
  out.set('ce-specversion', '1.0');
  out.set('ce-type', cloudEventType(envelope));
  out.set('content-type', 'application/json');
  out.set('ce-datacontenttype', 'application/json');
  out.set('lastcopy-prev-position', String(envelope.position - 1));
  for (const [field, header] of Object.entries(textFields)) {
    const value = envelope[field as keyof typeof textFields];
    if (value !== null && value !== '') out.set(header, encodeText(value));
  }
  for (const [field, header] of Object.entries(numberFields)) out.set(header, String(envelope[field as keyof typeof numberFields]));
  return { subject: eventSubject(envelope), headers: out, body: new TextEncoder().encode(JSON.stringify(envelope.data)) };
}

const malformed = (reason: string, cause?: unknown): CodedError =>
  new CodedError('EVENT_MALFORMED', reason, cause === undefined ? {} : { cause });

function textOf(source: MsgHdrs, header: string): string | null {
  const value = source.get(header);
  return value === '' ? null : decodeURIComponent(value);
}

function numberOf(source: MsgHdrs, header: string): number {
  const value = source.get(header);
  if (!/^[1-9]\d{0,14}$/.test(value)) throw malformed(`header ${header} is '${value.slice(0, 40)}', not a count from 1`);
  return Number(value);
}

function dataOf(body: Uint8Array): object {
  const data: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  if (typeof data !== 'object' || data === null || Array.isArray(data)) throw malformed('the body is not a JSON object');
  return data;
}

/** The event that a message carries, proven to be as its source hashed it. Throws EVENT_MALFORMED. */
export function fromBusMessage(message: { subject: string; headers?: MsgHdrs; data: Uint8Array }): EventEnvelope {
  const { headers: from, data } = message;
  if (!from) throw malformed('the message has no headers');
  let envelope: EventEnvelope;
  try {
    const texts = Object.entries(textFields).map(([field, header]) => [
      field,
      textOf(from, header) ?? (nullable.includes(field) ? null : ''),
    ]);
    const numbers = Object.entries(numberFields).map(([field, header]) => [field, numberOf(from, header)]);
    envelope = { ...Object.fromEntries([...texts, ...numbers]), data: dataOf(data) } as EventEnvelope;
  } catch (cause) {
    throw cause instanceof CodedError ? cause : malformed(`headers or body cannot be read: ${(cause as Error).message}`, cause);
  }
  assertGenuine(envelope);
  if (message.subject !== eventSubject(envelope)) throw malformed(`an event of ${eventSubject(envelope)} came under another subject`);
  return envelope;
}

const ownerOf = (aggregate: string): ServiceName | undefined =>
  Object.hasOwn(aggregateOwners, aggregate) ? aggregateOwners[aggregate as AggregateName] : undefined;

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Throws EVENT_MALFORMED unless the hash covers the fields and the source owns the aggregate. */
export function assertGenuine(envelope: EventEnvelope): void {
  if (ownerOf(envelope.aggregate) !== envelope.source) throw malformed(`${envelope.source} does not own ${envelope.aggregate}`);
  if (envelope.stream_id !== streamId(envelope.aggregate, envelope.aggregate_id)) throw malformed('stream and aggregate do not agree');
  if (!uuid.test(envelope.event_id) || !uuid.test(envelope.epoch)) throw malformed('event id or epoch is not a UUID');
  for (const [name, count] of Object.entries({ position: envelope.position, version: envelope.version })) {
    if (!Number.isSafeInteger(count) || count < 1) throw malformed(`${name} is not a count from 1`);
  }
  let hash: string;
  try {
    hash = envelopeHash(envelope);
  } catch (cause) {
    throw malformed('the fields cannot be hashed', cause);
  }
  if (hash !== envelope.hash) throw malformed('the hash does not cover the fields: the event was changed on its way or is forged');
}
