import { isEmail } from 'class-validator';
import type { Tenant } from '@lastcopy/contracts';
import type { Logger } from '@lastcopy/platform';
import { deterministicId, type SqlQuery } from '@lastcopy/eventing';
import type { Person } from '../people/people.js';
import { composeDigest, type OpenApproval } from './compose-mail.js';
import { isMade, openNotices, putMail } from './mail-outbox.js';

export interface MakeDigestsParts {
  query: SqlQuery;
  people: { all(tenant: Tenant): Promise<Person[]> };
  /** Approvals that this person may decide, in this tenant. */
  openApprovals(tenant: Tenant, person: Person): Promise<OpenApproval[]>;
  baseUrl(): string;
  /** Of the day, UTC. */
  hour: number;
  logger: Logger;
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

const dayIsDone = ({ query }: MakeDigestsParts, { client_account_id, engagement_id }: Tenant, userId: string, day: string) =>
  query(`insert into mail_digests (client_account_id, engagement_id, user_id, day) values ($1, $2, $3, $4) on conflict do nothing`, [
    client_account_id,
    engagement_id,
    userId,
    day,
  ]);

/**
 * Tells what somebody had to be told when the digest was due; what comes later waits for the next day. The mail is named by its day, so
 * that a crash before the day is done makes no second one.
 */
async function makeDigest(parts: MakeDigestsParts, tenant: Tenant, person: Person, { day, at }: { day: string; at: Date }): Promise<void> {
  const { query, baseUrl } = parts;
  const mail_id = deterministicId('mail digest', tenant.client_account_id, tenant.engagement_id, person.user_id, day);
  if (await isMade(query, mail_id)) return;
  const group = { ...tenant, user_id: person.user_id, kind: 'digest' };
  const notices = await openNotices(query, group, at);
  const open = await parts.openApprovals(tenant, person);
  if (notices.length === 0 && open.length === 0) return;
  const mail = {
    ...{ mail_id, recipient: person.email!, name: person.name, urgent: false },
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
      try {
        await makeDigest(parts, tenant, person, due);
        await dayIsDone(parts, tenant, person.user_id, due.day);
      } catch (error) {
        // Whose digest cannot be made holds up nobody else's; it is tried again.
        parts.logger.warn({ err: error, user_id: person.user_id, day: due.day }, 'the digest of a day cannot be made; trying again');
      }
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
