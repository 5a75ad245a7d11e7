import { randomBytes, randomUUID } from 'node:crypto';
import type {
  NoticeKind,
  Tenant,
  WebhookAttemptAnswer,
  WebhookDeliveryAnswer,
  WebhookEndpointAnswer,
  WebhookSecretAnswer,
} from '@lastcopy/contracts';
import type { SqlQuery } from '@lastcopy/eventing';
import { CodedError, type Clock } from '@lastcopy/kernel';
import type { Page } from '../read-model/record-queries.js';
import type { SecretBox } from './secret-box.js';
import { webhookUrl, type TargetRules } from './webhook-target.js';

export interface WebhookEndpointsParts {
  within(tenant: Tenant): SqlQuery;
  box: SecretBox;
  rules: TargetRules;
  clock: Clock;
  rotationMs: number;
  giveUpMs: number;
}

/** An endpoint as somebody saw it; `version` null: as it is. */
export interface LookedAtEndpoint {
  endpointId: string;
  version: number | null;
}

type Instants = 'failing_since' | 'old_secret_until' | 'created_at';
type Row = Omit<WebhookEndpointAnswer, Instants> & { failing_since: Date | null; old_secret_until: Date | null; created_at: Date };

const mostEndpoints = 50;
const columns =
  'endpoint_id, version, url, kinds, description, enabled, disabled_reason, failing_since, old_secret_until, created_by, created_at';
const ofTenant = 'client_account_id = $1 and engagement_id = $2';
const asLookedAt = `${ofTenant} and endpoint_id = $3 and ($4::integer is null or version = $4)`;
const place = ({ client_account_id, engagement_id }: Tenant) => [client_account_id, engagement_id];
const newSecret = () => `whsec_${randomBytes(32).toString('base64')}`;
const iso = (date: Date | null) => date?.toISOString() ?? null;

const endpointOf = ({ failing_since, old_secret_until, created_at, ...row }: Row, now: Date): WebhookEndpointAnswer => ({
  ...row,
  failing_since: iso(failing_since),
  old_secret_until: old_secret_until && old_secret_until > now ? iso(old_secret_until) : null,
  created_at: created_at.toISOString(),
});

/** Where notices are posted to. A secret is answered once, when it is made. */
export class WebhookEndpoints {
  constructor(private readonly parts: WebhookEndpointsParts) {}

  async list(tenant: Tenant): Promise<WebhookEndpointAnswer[]> {
    const rows = await this.parts.within(tenant)<Row>(
      `select ${columns} from webhook_endpoints where ${ofTenant} order by created_at, endpoint_id`,
      place(tenant),
    );
    return rows.map((row) => this.shown(row));
  }

  /** Throws NOT_FOUND. */
  async get(tenant: Tenant, endpointId: string): Promise<WebhookEndpointAnswer> {
    const [row] = await this.parts.within(tenant)<Row>(`select ${columns} from webhook_endpoints where ${ofTenant} and endpoint_id = $3`, [
      ...place(tenant),
      endpointId,
    ]);
    if (!row) throw new CodedError('NOT_FOUND', `There is no webhook endpoint ${endpointId}`);
    return this.shown(row);
  }

  /** Throws VALIDATION_FAILED where webhooks may not lead, and CONFIGURATION_INVALID without a key for secrets. */
  async create(tenant: Tenant, by: string, wanted: { url: string; kinds: NoticeKind[]; description: string }) {
    const { href } = webhookUrl(wanted.url, this.parts.rules);
    if ((await this.list(tenant)).length >= mostEndpoints) {
      throw new CodedError('VALIDATION_FAILED', `There are ${mostEndpoints} webhook endpoints already; delete one first`);
    }
    const endpointId = randomUUID();
    const secret = newSecret();
    await this.parts.within(tenant)(
      `insert into webhook_endpoints (client_account_id, engagement_id, endpoint_id, url, kinds, description, secret, created_by)
       values ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [...place(tenant), endpointId, href, wanted.kinds, wanted.description, await this.parts.box.seal(secret, endpointId), by],
    );
    return { ...(await this.get(tenant, endpointId)), secret };
  }

  /** Throws NOT_FOUND, PRECONDITION_FAILED when it changed since it was looked at, and VALIDATION_FAILED where webhooks may not lead. */
  async change(
    tenant: Tenant,
    { endpointId, version }: LookedAtEndpoint,
    wanted: { url?: string | null; kinds?: NoticeKind[] | null; description?: string | null; enabled?: boolean | null },
  ): Promise<WebhookEndpointAnswer> {
    const url = wanted.url ? webhookUrl(wanted.url, this.parts.rules).href : null;
    const [row] = await this.parts.within(tenant)<Row>(
      `update webhook_endpoints set version = version + 1, url = coalesce($5, url), kinds = coalesce($6, kinds),
         description = coalesce($7, description), enabled = coalesce($8, enabled),
         disabled_reason = case when $8 then null when not $8 then 'switched off' else disabled_reason end,
         failing_since = case when $8 then null else failing_since end
       where ${asLookedAt} returning ${columns}`,
      [...place(tenant), endpointId, version, url, wanted.kinds ?? null, wanted.description ?? null, wanted.enabled ?? null],
    );
    return row ? this.shown(row) : this.changedMeanwhile(tenant, endpointId);
  }

  /** Deliveries and their log go with it. Throws NOT_FOUND, and PRECONDITION_FAILED when it changed since it was looked at. */
  async remove(tenant: Tenant, { endpointId, version }: LookedAtEndpoint): Promise<WebhookEndpointAnswer> {
    const [row] = await this.parts.within(tenant)<Row>(
      `with endpoint as (delete from webhook_endpoints where ${asLookedAt} returning ${columns}),
         gone as (delete from webhook_deliveries where endpoint_id in (select endpoint_id from endpoint) returning delivery_id),
         log as (delete from webhook_attempts where delivery_id in (select delivery_id from gone))
       select * from endpoint`,
      [...place(tenant), endpointId, version],
    );
    return row ? this.shown(row) : this.changedMeanwhile(tenant, endpointId);
  }

  /**
   * A new secret; the one before signs as well for a while, so that a receiver can change over without a gap. Throws NOT_FOUND, and
   * PRECONDITION_FAILED when it changed since it was looked at: a second rotation would drop the secret that the receiver still has.
   */
  async rotate(tenant: Tenant, { endpointId, version }: LookedAtEndpoint): Promise<WebhookSecretAnswer> {
    const secret = newSecret();
    const [row] = await this.parts.within(tenant)<Row>(
      `update webhook_endpoints set version = version + 1, old_secret = secret, secret = $5,
         old_secret_until = clock_timestamp() + make_interval(secs => $6) where ${asLookedAt} returning ${columns}`,
      [...place(tenant), endpointId, version, await this.parts.box.seal(secret, endpointId), this.parts.rotationMs / 1000],
    );
    return row ? { ...this.shown(row), secret } : this.changedMeanwhile(tenant, endpointId);
  }

  /** Puts a test message on its way. */
  async ping(tenant: Tenant, endpointId: string): Promise<WebhookDeliveryAnswer> {
    await this.get(tenant, endpointId);
    const [deliveryId, noticeId] = [randomUUID(), randomUUID()];
    const data = { kind: 'ping', text: 'This is a test of your webhook endpoint.', ...tenant };
    const type = { specversion: '1.0', id: noticeId, source: '/lastcopy/gateway', type: 'lastcopy.notification.ping' };
    const body = JSON.stringify({ ...type, time: this.parts.clock.now().toISOString(), datacontenttype: 'application/json', data });
    await this.parts.within(tenant)(
      `insert into webhook_deliveries (client_account_id, engagement_id, delivery_id, endpoint_id, notice_id, kind, body, give_up_at)
       values ($1, $2, $3, $4, $5, 'ping', $6, clock_timestamp() + make_interval(secs => $7))`,
      [...place(tenant), deliveryId, endpointId, noticeId, body, this.parts.giveUpMs / 1000],
    );
    return this.delivery(tenant, deliveryId);
  }

  async deliveries(tenant: Tenant, endpointId: string, { limit, offset }: Page) {
    await this.get(tenant, endpointId);
    const query = this.parts.within(tenant);
    const where = `${ofTenant} and endpoint_id = $3`;
    const rows = await query<DeliveryRow>(
      `select ${deliveryColumns} from webhook_deliveries d where ${where} order by created_at desc, delivery_id limit $4 offset $5`,
      [...place(tenant), endpointId, limit, offset],
    );
    const [count] = await query<{ total: string }>(`select count(*) as total from webhook_deliveries where ${where}`, [
      ...place(tenant),
      endpointId,
    ]);
    return { deliveries: rows.map(deliveryOf), total: Number(count!.total) };
  }

  /** Throws NOT_FOUND. */
  async delivery(tenant: Tenant, deliveryId: string): Promise<WebhookDeliveryAnswer> {
    const [row] = await this.parts.within(tenant)<DeliveryRow>(
      `select ${deliveryColumns} from webhook_deliveries d where ${ofTenant} and delivery_id = $3`,
      [...place(tenant), deliveryId],
    );
    if (!row) throw new CodedError('NOT_FOUND', `There is no webhook delivery ${deliveryId}`);
    return deliveryOf(row);
  }

  /** Sends it again under the same webhook-id, whatever became of it. Throws NOT_FOUND. */
  async redeliver(tenant: Tenant, deliveryId: string): Promise<WebhookDeliveryAnswer> {
    await this.parts.within(tenant)(
      `update webhook_deliveries set status = 'pending', due_at = clock_timestamp(), delivered_at = null,
         give_up_at = clock_timestamp() + make_interval(secs => $4) where ${ofTenant} and delivery_id = $3`,
      [...place(tenant), deliveryId, this.parts.giveUpMs / 1000],
    );
    return this.delivery(tenant, deliveryId);
  }

  private shown(row: Row): WebhookEndpointAnswer {
    return endpointOf(row, this.parts.clock.now());
  }

  private async changedMeanwhile(tenant: Tenant, endpointId: string): Promise<never> {
    const { version } = await this.get(tenant, endpointId);
    throw new CodedError('PRECONDITION_FAILED', `The webhook endpoint ${endpointId} is at version ${version}; look at it again`);
  }
}

type DeliveryRow = Omit<WebhookDeliveryAnswer, 'created_at' | 'next_attempt_at' | 'delivered_at' | 'log'> & {
  created_at: Date;
  due_at: Date;
  delivered_at: Date | null;
  log: WebhookAttemptAnswer[] | null;
};

const deliveryColumns = `delivery_id, endpoint_id, kind, status, attempts, created_at, due_at, delivered_at, (
  select json_agg(l) from (select attempt, to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at, status, latency_ms, error
    from webhook_attempts a where a.delivery_id = d.delivery_id order by attempt desc limit 20) l) as log`;

const deliveryOf = ({ due_at, log, created_at, delivered_at, ...row }: DeliveryRow): WebhookDeliveryAnswer => ({
  ...row,
  created_at: created_at.toISOString(),
  next_attempt_at: row.status === 'pending' ? due_at.toISOString() : null,
  delivered_at: iso(delivered_at),
  log: log ?? [],
});
