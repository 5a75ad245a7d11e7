import { randomUUID } from 'node:crypto';
import { isEmail } from 'class-validator';
import type { Tenant } from '@lastcopy/contracts';
import type { SqlQuery } from '@lastcopy/eventing';
import type { Person } from '../people/people.js';
import { composeDigest, type OpenApproval } from './compose-mail.js';
import { openNotices, putMail } from './mail-outbox.js';

export interface MakeDigestsParts {
  query: SqlQuery;
  people: { all(tenant: Tenant): Promise<Person[]> };
  /** Approvals that this person may decide, in this tenant. */
  openApprovals(tenant: Tenant, person: Person): Promise<OpenApproval[]>;
  baseUrl(): string;
  /** Of the day, UTC. */
  hour: number;
}

/** The last time that a digest was due, by the database's clock: its day, and the moment. */
async function lastDue(query: SqlQuery, hour: number): Promise<{ day: string; at: Date }> {
  const [row] = await query<{ day: string; at: Date }>(
    `select to_char(d, 'YYYY-MM-DD') as day, (d + make_interval(hours => $1)) at time zone 'UTC' as at
     from (select date_trunc('day', (clock_timestamp() at time zone 'UTC') - make_interval(hours => $1)) as d) days`,
    [hour],
  );
  return row!;
}

const tenantsTold = (query: SqlQuery): Promise<Tenant[]> =>
  query<Tenant>(`select distinct client_account_id, engagement_id from notices where created_at > clock_timestamp() - interval '60 days'`);

async function takeDay(query: SqlQuery, { client_account_id, engagement_id }: Tenant, userId: string, day: string): Promise<boolean> {
  const rows = await query(
    `insert into mail_digests (client_account_id, engagement_id, user_id, day) values ($1, $2, $3, $4) on conflict do nothing returning day`,
    [client_account_id, engagement_id, userId, day],
  );
  return rows.length > 0;
}

/** Whether somebody had anything to be told when the digest was due. What comes later waits for the next day. */
async function makeDigest(parts: MakeDigestsParts, tenant: Tenant, person: Person, { day, at }: { day: string; at: Date }): Promise<void> {
  const { query, baseUrl } = parts;
  const group = { ...tenant, user_id: person.user_id, kind: 'digest' };
  const notices = await openNotices(query, group, at);
  const open = await parts.openApprovals(tenant, person);
  if (notices.length === 0 && open.length === 0) return;
  const mail = {
    ...{ mail_id: randomUUID(), recipient: person.email!, name: person.name, urgent: false },
    ...composeDigest(open, notices, baseUrl(), day),
  };
  await putMail(
    query,
    group,
    mail,
    notices.map(({ notice_id }) => notice_id),
  );
}

/** Once a day for everybody who has an address. A start in the middle of a day catches up on a digest that was missed. */
export async function makeDigests(parts: MakeDigestsParts): Promise<void> {
  const due = await lastDue(parts.query, parts.hour);
  for (const tenant of await tenantsTold(parts.query)) {
    const already = await digestedOn(parts.query, tenant, due.day);
    for (const person of await parts.people.all(tenant)) {
      if (!isEmail(person.email) || already.has(person.user_id)) continue;
      if (await takeDay(parts.query, tenant, person.user_id, due.day)) await makeDigest(parts, tenant, person, due);
    }
  }
}

async function digestedOn(query: SqlQuery, tenant: Tenant, day: string): Promise<Set<string>> {
  const rows = await query<{ user_id: string }>(
    'select user_id from mail_digests where client_account_id = $1 and engagement_id = $2 and day = $3',
    [tenant.client_account_id, tenant.engagement_id, day],
  );
  return new Set(rows.map(({ user_id }) => user_id));
}
