import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import type { EventEnvelope } from '@lastcopy/contracts';

export const sha256Hex = (bytes: string | Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** RFC 8785 text of plain JSON. */
export const canonicalJson = (value: unknown): string => canonicalize(value) ?? 'null';

/** SHA-256 (hex) over the RFC 8785 bytes of every field of the envelope but `hash`; other properties do not count. */
export function envelopeHash(envelope: Omit<EventEnvelope, 'hash'>): string {
  const { source, epoch, position, prev_hash, event_id, stream_id, version, aggregate, aggregate_id, type, schema_version, data } =
    envelope;
  const { client_account_id, engagement_id, flow_id, actor, causation_id, correlation_id, traceparent, occurred_at } = envelope;
  const place = { source, epoch, position, prev_hash, event_id, stream_id, version, aggregate, aggregate_id };
  const fact = { type, schema_version, data, client_account_id, engagement_id, flow_id };
  const cause = { actor, causation_id, correlation_id, traceparent, occurred_at };
  return sha256Hex(canonicalJson({ ...place, ...fact, ...cause }));
}
