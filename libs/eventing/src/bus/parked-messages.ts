import type { MsgHdrs } from '@nats-io/transport-node';
import type { Tenant } from '@lastcopy/contracts';
import type { EventingLogger } from '../logger.js';
import { sha256Hex } from '../store/envelope-hash.js';
import type { EventStore } from '../store/event-store.js';
import { messageOf } from '../store/failures.js';
import { raiseAlert } from '../store/raise-alert.js';

interface RawMessage {
  subject: string;
  headers?: MsgHdrs;
  data: Uint8Array;
}

const keptBodyBytes = 64 * 1024;

const headerText = (headers?: MsgHdrs): string =>
  JSON.stringify(Object.fromEntries((headers?.keys() ?? []).map((key) => [key, headers!.values(key)])));

/** Sets a message aside that is not an event; the same message again is not set aside twice. */
export async function parkMessage(store: EventStore, message: RawMessage, reason: unknown): Promise<void> {
  const headers = headerText(message.headers);
  const messageHash = sha256Hex(Buffer.concat([Buffer.from(JSON.stringify([message.subject, headers])), message.data]));
  const body = Buffer.from(message.data.subarray(0, keptBodyBytes));
  await store.query(
    `insert into parked_messages (message_hash, subject, headers, body, body_bytes, reason) values ($1, $2, $3, $4, $5, $6)
     on conflict do nothing`,
    [messageHash, message.subject, headers, body, message.data.length, messageOf(reason)],
  );
}

/** The tenant that a subject `lastcopy.events.<client>.<engagement>.…` names; a message without one belongs to nobody. */
const tenantOf = (subject: string): Tenant => {
  const [, , client_account_id, engagement_id] = subject.split('.').map((token) => token.replaceAll(/[^A-Za-z0-9_-]/g, '_').slice(0, 200));
  return { client_account_id: client_account_id || 'unknown', engagement_id: engagement_id || 'unknown' };
};

/** Alarms each message that was set aside, once. */
export async function raiseMessageAlerts(store: EventStore, logger: EventingLogger): Promise<void> {
  const messages = await store.query<{ message_hash: string; subject: string; reason: string }>(
    'select message_hash, subject, reason from parked_messages where not alerted order by parked_at limit 100',
  );
  for (const { message_hash, subject, reason } of messages) {
    logger.error({ subject, reason, message_hash }, 'EVENT_MALFORMED: a message was set aside');
    await raiseAlert(store, tenantOf(subject), {
      severity: 'high',
      code: 'EVENT_MALFORMED',
      message: `${store.service} set aside a message on ${subject}: ${reason}`,
      what_to_do: 'Find out who published it. The log it claims to be from is unaffected; the message is kept in parked_messages.',
      key: `message ${message_hash}`,
    });
    await store.query('update parked_messages set alerted = true where message_hash = $1', [message_hash]);
  }
}
