import { randomUUID } from 'node:crypto';
import { isEmail } from 'class-validator';
import type { Tenant } from '@lastcopy/contracts';
import type { SqlQuery } from '@lastcopy/eventing';
import type { Logger } from '@lastcopy/platform';
import type { Person } from '../people/people.js';
import { composeMail } from './compose-mail.js';
import { retryInMs, type RetryTerms } from './domain/retry-times.js';
import { claimMail, dropItems, groupsDue, mailFailed, mailSent, openNotices, putMail, type ClaimedMail } from './mail-outbox.js';
import type { MailTransport } from './ports/mail-transport.js';

export interface SendMailsParts {
  query: SqlQuery;
  findPerson(tenant: Tenant, userId: string): Promise<Person | null>;
  /** Null: mails are kept for the mailbox page of development. */
  transport: MailTransport | null;
  refusedForGood(error: unknown): boolean;
  baseUrl(): string;
  groupMs: number;
  retries: RetryTerms;
  jitter(): number;
  logger: Logger;
}

/** Makes mails of what is to be told at once. */
export async function makeMails({ query, findPerson, baseUrl, groupMs }: SendMailsParts): Promise<void> {
  for (const group of await groupsDue(query, groupMs)) {
    const person = await findPerson(group, group.user_id);
    if (!person || !isEmail(person.email)) {
      await dropItems(query, group);
      continue;
    }
    const notices = await openNotices(query, group);
    if (notices.length === 0) continue;
    const mail = {
      ...{
        mail_id: randomUUID(),
        recipient: person.email!,
        name: person.name,
        urgent: notices.some(({ urgency }) => urgency === 'urgent'),
      },
      ...composeMail(notices, baseUrl()),
    };
    await putMail(
      query,
      group,
      mail,
      notices.map(({ notice_id }) => notice_id),
    );
  }
}

/** Sends what is due. A crash after the server took a mail sends it again, with the same Message-ID. */
export async function sendMails(parts: SendMailsParts, stopping: AbortSignal): Promise<void> {
  while (!stopping.aborted) {
    const mail = await claimMail(parts.query);
    if (!mail) return;
    await sendOne(parts, mail);
  }
}

async function sendOne(parts: SendMailsParts, mail: ClaimedMail): Promise<void> {
  const { query, transport, retries, jitter, logger } = parts;
  try {
    await transport?.send(mail);
  } catch (error) {
    const final = parts.refusedForGood(error);
    const retryMs = final ? null : retryInMs(retries, mail.attempts, mail.age_ms, jitter());
    const words = error instanceof Error ? error.message : String(error);
    const told = { mail_id: mail.mail_id, attempt: mail.attempts, err: words };
    if (retryMs === null) logger.error(told, 'a mail was given up; its notices stand under /notifications');
    else logger.warn(told, 'a mail could not be sent; it is tried again');
    await mailFailed(query, mail.mail_id, words, retryMs);
    return;
  }
  await mailSent(query, mail.mail_id);
}
