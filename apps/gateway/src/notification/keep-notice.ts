import { isEmail } from 'class-validator';
import type { MailMode, NoticeKind, Tenant } from '@lastcopy/contracts';
import { deterministicId, type SqlQuery } from '@lastcopy/eventing';
import type { Clock } from '@lastcopy/kernel';
import type { Person } from '../people/people.js';
import { mailedHoweverOld, mailMode } from './domain/mail-modes.js';
import { oneLine, type Notice } from './domain/notice.js';
import { webhookBody } from './webhook-body.js';

/** What a notice is about, and when it happened. */
export interface NoticeOrigin {
  tenant: Tenant;
  event_id: string;
  flow_id: string | null;
  /** Ids of what it is about. */
  ids: Record<string, string>;
  occurred_at: string;
}

export interface KeepNoticeParts {
  query: SqlQuery;
  people: { all(tenant: Tenant): Promise<Person[]> };
  /** Whether mails can be sent, or kept for the mailbox page. */
  mails: boolean;
  giveUpMs: number;
  clock: Clock;
}

const oldMs = 86_400_000;

export const concerns = ({ roles, people }: Pick<Notice, 'roles' | 'people'>, person: Pick<Person, 'user_id' | 'roles'>): boolean =>
  people.includes(person.user_id) || person.roles.some((role) => roles.includes(role));

export const noticeIdOf = ({ event_id }: NoticeOrigin, { kind }: Notice): string => deterministicId('notice', event_id, kind);

/** Keeps a notice for everybody whom it concerns: on the page, by mail as they wish, and for webhooks. The same again changes nothing. */
export async function keepNotice(parts: KeepNoticeParts, origin: NoticeOrigin, notice: Notice): Promise<void> {
  await keepForPage(parts, origin, notice);
  if (parts.mails) await keepForMail(parts, origin, notice);
  await keepForWebhooks(parts, origin, notice);
}

async function keepForPage({ query }: KeepNoticeParts, origin: NoticeOrigin, notice: Notice): Promise<void> {
  const { tenant, event_id, flow_id, ids, occurred_at } = origin;
  const { kind, urgency, subject, text, whatToDo, link, roles, people } = notice;
  await query(
    `insert into notices (client_account_id, engagement_id, notice_id, event_id, kind, urgency, subject, text, what_to_do, link, flow_id, ids,
       roles, people, occurred_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15) on conflict do nothing`,
    [
      ...[tenant.client_account_id, tenant.engagement_id, noticeIdOf(origin, notice), event_id, kind, urgency],
      ...[oneLine(subject), text, whatToDo, link, flow_id, JSON.stringify(ids), roles, [...new Set(people)], occurred_at],
    ],
  );
}

async function chosenModes(query: SqlQuery, tenant: Tenant, kind: NoticeKind): Promise<Map<string, MailMode>> {
  const rows = await query<{ user_id: string; mode: MailMode }>(
    'select user_id, mode from mail_preferences where client_account_id = $1 and engagement_id = $2 and kind = $3',
    [tenant.client_account_id, tenant.engagement_id, kind],
  );
  return new Map(rows.map(({ user_id, mode }) => [user_id, mode]));
}

async function keepForMail({ query, people, clock }: KeepNoticeParts, origin: NoticeOrigin, notice: Notice): Promise<void> {
  const { tenant, occurred_at } = origin;
  if (clock.now().getTime() - Date.parse(occurred_at) > oldMs && !mailedHoweverOld(notice.kind)) return;
  const chosen = await chosenModes(query, tenant, notice.kind);
  for (const person of await people.all(tenant)) {
    if (!concerns(notice, person) || !isEmail(person.email)) continue;
    const mode = mailMode(notice.kind, person.roles, chosen.get(person.user_id));
    if (mode === 'off') continue;
    await query(
      `insert into mail_items (client_account_id, engagement_id, notice_id, user_id, kind, mode) values ($1, $2, $3, $4, $5, $6)
       on conflict do nothing`,
      [tenant.client_account_id, tenant.engagement_id, noticeIdOf(origin, notice), person.user_id, notice.kind, mode],
    );
  }
}

async function keepForWebhooks({ query, giveUpMs }: KeepNoticeParts, origin: NoticeOrigin, notice: Notice): Promise<void> {
  const { client_account_id, engagement_id } = origin.tenant;
  const noticeId = noticeIdOf(origin, notice);
  await query(
    `insert into webhook_deliveries (client_account_id, engagement_id, delivery_id, endpoint_id, notice_id, kind, body, give_up_at)
     select $1, $2, gen_random_uuid()::text, endpoint_id, $3, $4, $5, clock_timestamp() + make_interval(secs => $6)
     from webhook_endpoints where client_account_id = $1 and engagement_id = $2 and enabled and (kinds = '{}' or $4 = any(kinds))
     on conflict (endpoint_id, notice_id) do nothing`,
    [client_account_id, engagement_id, noticeId, notice.kind, webhookBody(noticeId, origin, notice), giveUpMs / 1000],
  );
}
