import type { Tenant } from '@lastcopy/contracts';
import type { SqlQuery } from '@lastcopy/eventing';
import type { ToldNotice } from './compose-mail.js';
import type { Mail } from './ports/mail-transport.js';

/** Notices of one kind that are to be mailed to one person. */
export interface MailGroup extends Tenant {
  user_id: string;
  kind: string;
}

const ofPerson = 'client_account_id = $1 and engagement_id = $2 and user_id = $3';
const place = ({ client_account_id, engagement_id, user_id }: Tenant & { user_id: string }) => [client_account_id, engagement_id, user_id];

/** Who is to be mailed of what now. After a mail of a kind, more of that kind waits for `groupMs`. */
export const groupsDue = (query: SqlQuery, groupMs: number): Promise<MailGroup[]> =>
  query<MailGroup>(
    `select distinct i.client_account_id, i.engagement_id, i.user_id, i.kind from mail_items i
     where i.mail_id is null and i.mode = 'immediate' and not exists (
       select from mails m where m.client_account_id = i.client_account_id and m.engagement_id = i.engagement_id
         and m.user_id = i.user_id and m.kind = i.kind and m.created_at > clock_timestamp() - make_interval(secs => $1))
     limit 200`,
    [groupMs / 1000],
  );

/** What is in a mail that is about to be made. At most fifty, so that a flood stays readable; the rest comes in the next. */
export const openNotices = (
  query: SqlQuery,
  group: MailGroup,
  before: Date | null = null,
): Promise<(ToldNotice & { notice_id: string })[]> =>
  query(
    `select n.notice_id, n.urgency, n.subject, n.text, n.what_to_do, n.link, n.occurred_at from mail_items i join notices n using (notice_id)
     where i.client_account_id = $1 and i.engagement_id = $2 and i.user_id = $3 and i.mail_id is null
       and i.mode = $4 and ($5::text is null or i.kind = $5) and ($6::timestamptz is null or i.created_at < $6)
     order by n.occurred_at, n.notice_id limit 50`,
    [...place(group), before ? 'digest' : 'immediate', before ? null : group.kind, before],
  );

/** Makes a mail of these notices, in one statement: a crash leaves either the mail or the notices to be made into one. */
export async function putMail(query: SqlQuery, group: MailGroup, mail: Mail, noticeIds: readonly string[]): Promise<void> {
  await query(
    `with taken as (update mail_items set mail_id = $4 where ${ofPerson} and mail_id is null and notice_id = any($5) returning notice_id)
     insert into mails (client_account_id, engagement_id, user_id, mail_id, kind, urgent, recipient, name, subject, text, html)
     select $1, $2, $3, $4, $6, $7, $8, $9, $10, $11, $12 where $5 = '{}'::text[] or exists (select from taken)`,
    [
      ...[...place(group), mail.mail_id, noticeIds, group.kind, mail.urgent, mail.recipient, mail.name],
      ...[mail.subject, mail.text, mail.html],
    ],
  );
}

export const isMade = async (query: SqlQuery, mailId: string): Promise<boolean> =>
  (await query('select 1 from mails where mail_id = $1', [mailId])).length > 0;

/** Somebody without an address any more: their notices stay on the page. */
export const dropItems = (query: SqlQuery, group: MailGroup): Promise<unknown> =>
  query(`delete from mail_items where ${ofPerson} and mail_id is null`, place(group));

export interface ClaimedMail extends Mail {
  attempts: number;
  age_ms: number;
}

/** The mail that is due first, for this process alone for two minutes. */
export async function claimMail(query: SqlQuery): Promise<ClaimedMail | null> {
  const [mail] = await query<ClaimedMail>(
    `update mails set attempts = attempts + 1, claimed_until = clock_timestamp() + interval '2 minutes' where mail_id = (
       select mail_id from mails where status = 'pending' and due_at <= clock_timestamp()
         and (claimed_until is null or claimed_until < clock_timestamp())
       order by urgent desc, due_at, mail_id limit 1 for update skip locked)
     returning mail_id, recipient, name, subject, text, html, urgent, attempts,
       (extract(epoch from clock_timestamp() - created_at) * 1000)::float8 as age_ms`,
  );
  return mail ?? null;
}

export const mailSent = (query: SqlQuery, mailId: string): Promise<unknown> =>
  query(`update mails set status = 'sent', sent_at = clock_timestamp(), claimed_until = null, last_error = null where mail_id = $1`, [
    mailId,
  ]);

/** @param retryMs null: it is given up */
export const mailFailed = (query: SqlQuery, mailId: string, error: string, retryMs: number | null): Promise<unknown> =>
  query(
    `update mails set status = case when $3::float8 is null then 'failed' else 'pending' end, last_error = $2, claimed_until = null,
       due_at = clock_timestamp() + make_interval(secs => coalesce($3::float8, 0) / 1000) where mail_id = $1`,
    [mailId, error.slice(0, 500), retryMs],
  );
