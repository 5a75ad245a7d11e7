import { Webhook } from 'standardwebhooks';
import type { Tenant } from '@lastcopy/contracts';
import { deterministicId, type SqlQuery } from '@lastcopy/eventing';
import type { Logger } from '@lastcopy/platform';
import { retryInMs, type RetryTerms } from './domain/retry-times.js';
import { quoted } from './domain/notice.js';
import { notificationsPage } from './domain/page-links.js';
import { keepNotice, type KeepNoticeParts } from './keep-notice.js';
import type { WebhookOutcome, WebhookPost } from './ports/webhook-post.js';
import type { SecretBox } from './secret-box.js';

export interface DeliverWebhooksParts {
  query: SqlQuery;
  box: SecretBox;
  post: WebhookPost;
  retries: RetryTerms;
  disableAfterMs: number;
  jitter(): number;
  keeping: Omit<KeepNoticeParts, 'query'>;
  logger: Logger;
}

interface ClaimedDelivery extends Tenant {
  delivery_id: string;
  endpoint_id: string;
  body: string;
  attempts: number;
  left_ms: number;
  url: string;
  secret: string;
  old_secret: string | null;
}

const gone = 410;
const atOnce = 10;

async function claim(query: SqlQuery): Promise<ClaimedDelivery[]> {
  return query<ClaimedDelivery>(
    `update webhook_deliveries d set attempts = d.attempts + 1, claimed_until = clock_timestamp() + interval '2 minutes'
     from webhook_endpoints e where e.endpoint_id = d.endpoint_id and d.delivery_id in (
       select delivery_id from webhook_deliveries due join webhook_endpoints using (endpoint_id)
       where due.status = 'pending' and due.due_at <= clock_timestamp() and enabled
         and (due.claimed_until is null or due.claimed_until < clock_timestamp())
       order by due.due_at, due.delivery_id limit ${atOnce} for update of due skip locked)
     returning d.client_account_id, d.engagement_id, d.delivery_id, d.endpoint_id, d.body, d.attempts, e.url, e.secret,
       case when e.old_secret_until > clock_timestamp() then e.old_secret end as old_secret,
       (extract(epoch from d.give_up_at - clock_timestamp()) * 1000)::float8 as left_ms`,
  );
}

/** Both secrets sign during a rotation; a receiver accepts what one of its secrets verifies. */
async function headersOf(box: SecretBox, at: Date, { delivery_id, endpoint_id, body, secret, old_secret }: ClaimedDelivery) {
  const secrets = await Promise.all([secret, ...(old_secret ? [old_secret] : [])].map((sealed) => box.open(sealed, endpoint_id)));
  return {
    'Content-Type': 'application/cloudevents+json; charset=utf-8',
    'User-Agent': 'Lastcopy-Webhooks/1',
    'webhook-id': delivery_id,
    'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
    'webhook-signature': secrets.map((each) => new Webhook(each).sign(delivery_id, at, body)).join(' '),
  };
}

/** Posts what is due. A crash after the receiver took one posts it again, under the same webhook-id. */
export async function deliverWebhooks(parts: DeliverWebhooksParts, stopping: AbortSignal): Promise<void> {
  while (!stopping.aborted) {
    const due = await claim(parts.query);
    await Promise.all(due.map((delivery) => deliverOne(parts, delivery)));
    if (due.length < atOnce) return;
  }
}

async function attempt({ box, post, keeping: { clock } }: DeliverWebhooksParts, delivery: ClaimedDelivery): Promise<WebhookOutcome> {
  try {
    return await post(delivery.url, await headersOf(box, clock.now(), delivery), delivery.body);
  } catch (error) {
    return { status: null, latencyMs: 0, error: `it could not be signed: ${(error as Error).message}`, retryAfterMs: 0 };
  }
}

async function deliverOne(parts: DeliverWebhooksParts, delivery: ClaimedDelivery): Promise<void> {
  const { query } = parts;
  const outcome = await attempt(parts, delivery);
  await query(
    `insert into webhook_attempts (client_account_id, engagement_id, delivery_id, attempt, status, latency_ms, error)
     values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing`,
    [
      ...[delivery.client_account_id, delivery.engagement_id, delivery.delivery_id, delivery.attempts, outcome.status],
      ...[outcome.latencyMs, outcome.error?.replaceAll('\u0000', '').slice(0, 500) ?? null],
    ],
  );
  if (outcome.error === null) await delivered(query, delivery);
  else await failed(parts, delivery, outcome);
}

async function delivered(query: SqlQuery, { delivery_id, endpoint_id }: ClaimedDelivery): Promise<void> {
  await query(
    `update webhook_deliveries set status = 'delivered', delivered_at = clock_timestamp(), claimed_until = null where delivery_id = $1`,
    [delivery_id],
  );
  await query('update webhook_endpoints set failing_since = null where endpoint_id = $1 and failing_since is not null', [endpoint_id]);
}

async function failed(parts: DeliverWebhooksParts, delivery: ClaimedDelivery, outcome: WebhookOutcome): Promise<void> {
  const { query, retries, jitter, logger } = parts;
  const ageMs = retries.giveUpMs - delivery.left_ms;
  const retryMs = retryInMs(retries, delivery.attempts, ageMs, jitter(), outcome.retryAfterMs);
  logger.warn({ delivery_id: delivery.delivery_id, attempt: delivery.attempts, err: outcome.error }, 'a webhook was not delivered');
  await query(
    `update webhook_deliveries set status = case when $2::float8 is null then 'dead' else 'pending' end, claimed_until = null,
       due_at = clock_timestamp() + make_interval(secs => coalesce($2::float8, 0) / 1000) where delivery_id = $1`,
    [delivery.delivery_id, retryMs],
  );
  await countFailure(parts, delivery, outcome);
}

/**
 * Disables an endpoint that has taken nothing for days, or says that it is gone, and tells who can mend it. Its version stays: people's
 * changes are matched with people's changes, and whoever removes or mends it meanwhile does what they meant to.
 */
async function countFailure(parts: DeliverWebhooksParts, { endpoint_id, ...delivery }: ClaimedDelivery, { status, error }: WebhookOutcome) {
  const { query, disableAfterMs } = parts;
  await query('update webhook_endpoints set failing_since = coalesce(failing_since, clock_timestamp()) where endpoint_id = $1', [
    endpoint_id,
  ]);
  const [disabled] = await query<{ description: string; failing_since: Date }>(
    `update webhook_endpoints set enabled = false, disabled_reason = $3 where endpoint_id = $1 and enabled
       and ($4 or failing_since < clock_timestamp() - make_interval(secs => $2)) returning description, failing_since`,
    [endpoint_id, disableAfterMs / 1000, `it failed too long; last: ${error}`.slice(0, 500), status === gone],
  );
  if (!disabled) return;
  const { client_account_id, engagement_id } = delivery;
  const since = disabled.failing_since.toISOString();
  const origin = {
    ...{ tenant: { client_account_id, engagement_id }, flow_id: null, ids: { endpoint_id } },
    ...{ event_id: deterministicId('webhook-disabled', endpoint_id, since), occurred_at: parts.keeping.clock.now().toISOString() },
  };
  await keepNotice({ ...parts.keeping, query }, origin, {
    ...{ kind: 'webhook_disabled', urgency: 'act', roles: ['operator'], people: [] },
    subject: `Webhook disabled: ${quoted(disabled.description)}`,
    text: `The webhook endpoint ${quoted(disabled.description)} has taken nothing since ${since} and gets no deliveries any more.`,
    whatToDo: 'Mend the receiver, enable the endpoint again, and redeliver what it missed: the log of its deliveries lists it.',
    link: notificationsPage,
  });
}
