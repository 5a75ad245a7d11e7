import type { Actor, MailMode, MailPreference, MailPreferenceAnswer, NoticeKind, NotificationAnswer, Tenant } from '@lastcopy/contracts';
import { noticeKinds } from '@lastcopy/contracts';
import type { SqlQuery } from '@lastcopy/eventing';
import { CodedError } from '@lastcopy/kernel';
import type { Page } from '../read-model/record-queries.js';
import { canBeOff, defaultMode, mailMode } from './domain/mail-modes.js';

type Row = Omit<NotificationAnswer, 'occurred_at' | 'read_at'> & { occurred_at: Date; read_at: Date | null };
type Whose = Pick<Actor, 'user_id' | 'roles'>;

const from = `from notices n left join notice_reads r on r.notice_id = n.notice_id and r.user_id = $3
  where n.client_account_id = $1 and n.engagement_id = $2 and ($3 = any(n.people) or n.roles && $4::text[])`;
const place = ({ client_account_id, engagement_id }: Tenant, { user_id, roles }: Whose) => [
  client_account_id,
  engagement_id,
  user_id,
  roles,
];
const readColumns = `(client_account_id, engagement_id, notice_id, user_id)`;

/** What a person is told: what is addressed to them or to a role of theirs, in their tenant. */
export class NotificationInbox {
  constructor(private readonly within: (tenant: Tenant) => SqlQuery) {}

  /** The newest first. */
  async list(tenant: Tenant, person: Whose, { unread }: { unread: boolean }, { limit, offset }: Page) {
    const query = this.within(tenant);
    const where = `${from} ${unread ? 'and r.read_at is null' : ''}`;
    const rows = await query<Row>(
      `select n.notice_id as notification_id, n.kind, n.urgency, n.subject, n.text, n.what_to_do, n.link, n.flow_id, n.occurred_at, r.read_at
       ${where} order by n.occurred_at desc, n.notice_id limit $5 offset $6`,
      [...place(tenant, person), limit, offset],
    );
    const [count] = await query<{ total: string }>(`select count(*) as total ${where}`, place(tenant, person));
    const iso = ({ occurred_at, read_at, ...row }: Row): NotificationAnswer => ({
      ...row,
      occurred_at: occurred_at.toISOString(),
      read_at: read_at?.toISOString() ?? null,
    });
    return { notifications: rows.map(iso), total: Number(count!.total) };
  }

  async count(tenant: Tenant, person: Whose): Promise<{ unread: number; urgent: number }> {
    const [row] = await this.within(tenant)<{ unread: number; urgent: number }>(
      `select count(*)::int as unread, (count(*) filter (where n.urgency = 'urgent'))::int as urgent ${from} and r.read_at is null`,
      place(tenant, person),
    );
    return row!;
  }

  /** Throws NOT_FOUND, also for what concerns others. */
  async read(tenant: Tenant, person: Whose, notificationId: string): Promise<void> {
    const query = this.within(tenant);
    const [known] = await query(`select n.notice_id ${from} and n.notice_id = $5`, [...place(tenant, person), notificationId]);
    if (!known) throw new CodedError('NOT_FOUND', `There is no notification ${notificationId} for you`);
    await query(`insert into notice_reads ${readColumns} values ($1, $2, $3, $4) on conflict do nothing`, [
      ...[tenant.client_account_id, tenant.engagement_id],
      ...[notificationId, person.user_id],
    ]);
  }

  async readAll(tenant: Tenant, person: Whose): Promise<void> {
    await this.within(tenant)(
      `insert into notice_reads ${readColumns} select $1, $2, n.notice_id, $3 ${from} and r.read_at is null on conflict do nothing`,
      place(tenant, person),
    );
  }

  async preferences(tenant: Tenant, { user_id, roles }: Whose): Promise<MailPreferenceAnswer[]> {
    const rows = await this.within(tenant)<{ kind: NoticeKind; mode: MailMode }>(
      'select kind, mode from mail_preferences where client_account_id = $1 and engagement_id = $2 and user_id = $3',
      [tenant.client_account_id, tenant.engagement_id, user_id],
    );
    const chosen = new Map(rows.map(({ kind, mode }) => [kind, mode]));
    return noticeKinds.map((kind) => ({
      ...{ kind, mode: mailMode(kind, roles, chosen.get(kind)) },
      ...{ default_mode: defaultMode(kind), can_be_off: canBeOff(kind, roles) },
    }));
  }

  /** Throws VALIDATION_FAILED for what may not be switched off; then nothing is changed. */
  async choose(tenant: Tenant, person: Whose, preferences: readonly MailPreference[]): Promise<MailPreferenceAnswer[]> {
    const refused = preferences.find(({ kind, mode }) => mode === 'off' && !canBeOff(kind, person.roles));
    if (refused) {
      const detail = `an operator hears of ${refused.kind}: immediate or digest`;
      const errors = [{ pointer: '/preferences', detail }];
      throw new CodedError('VALIDATION_FAILED', 'Not everything can be switched off', { details: { errors } });
    }
    const modes = new Map(preferences.map(({ kind, mode }) => [kind, mode]));
    await this.within(tenant)(
      `insert into mail_preferences (client_account_id, engagement_id, user_id, kind, mode)
       select $1, $2, $3, kind, mode from unnest($4::text[], $5::text[]) as chosen (kind, mode)
       on conflict (client_account_id, engagement_id, user_id, kind) do update set mode = excluded.mode`,
      [tenant.client_account_id, tenant.engagement_id, person.user_id, [...modes.keys()], [...modes.values()]],
    );
    return this.preferences(tenant, person);
  }
}
