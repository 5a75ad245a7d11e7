import type { Msg } from '@nats-io/transport-node';

const inbox = /^_INBOX[._]/;

/**
 * Whether a message is a question that somebody put there, to be answered into the asker's inbox. The bus itself can be told to deliver
 * stored messages to any subject, with rights that the one who tells it has not: such a message keeps the subject that it was stored under.
 */
export const isRequestOn = (message: Pick<Msg, 'subject' | 'reply'>, subject: string): boolean =>
  message.subject === subject && inbox.test(message.reply ?? '');
