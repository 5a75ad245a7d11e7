import type { Tenant } from '@lastcopy/contracts';
import type { ServiceDeps } from '@lastcopy/platform';
import type { Person, People } from '../people/people.js';
import { mailTransportOf, refusedForGood } from './adapters/mail-transport.js';
import { webhookPost } from './adapters/post-webhook.js';
import type { OpenApproval } from './compose-mail.js';
import { deliverWebhooks } from './deliver-webhooks.js';
import { NotificationInbox } from './inbox.js';
import type { KeepNoticeParts } from './keep-notice.js';
import { makeDigests } from './make-digests.js';
import type { NotificationConfig } from './notification-config.js';
import type { MailTransport } from './ports/mail-transport.js';
import { SecretBox } from './secret-box.js';
import { makeMails, sendMails } from './send-mails.js';
import { WebhookEndpoints } from './webhook-endpoints.js';
import type { TargetRules } from './webhook-target.js';

export interface NotificationsParts {
  deps: ServiceDeps<NotificationConfig>;
  people: People;
  openApprovals(tenant: Tenant, person: Person): Promise<OpenApproval[]>;
}

const digestEveryMs = 10_000;

/** Everything about telling people and other systems what happened. */
export class Notifications {
  readonly inbox: NotificationInbox;
  readonly endpoints: WebhookEndpoints;
  /** How people reach the gateway; known once it listens. */
  baseUrl: () => string = () => this.config.PUBLIC_URL ?? 'http://localhost';
  private readonly transport: MailTransport | null;
  private readonly box: SecretBox;
  private readonly rules: TargetRules;
  private digestedAt = -Infinity;

  constructor(private readonly parts: NotificationsParts) {
    const { config } = this;
    const development = config.LASTCOPY_ENV === 'development';
    this.transport = mailTransportOf(config);
    this.box = new SecretBox(config.KEYS_DIR, development);
    this.rules = { allowList: config.WEBHOOK_ALLOW_LIST, loopback: development };
    const within = (tenant: Tenant) => parts.deps.eventing.store.within(tenant);
    this.inbox = new NotificationInbox(within);
    const times = { rotationMs: config.WEBHOOK_ROTATION_MS, giveUpMs: config.NOTIFY_GIVE_UP_MS };
    this.endpoints = new WebhookEndpoints({ within, box: this.box, rules: this.rules, clock: parts.deps.clock, ...times });
  }

  /** Mails are kept for a page instead of being sent: in development without a mail server. */
  get hasMailbox(): boolean {
    return this.config.LASTCOPY_ENV === 'development' && this.transport === null;
  }

  get mailing(): boolean {
    return this.transport !== null || this.hasMailbox;
  }

  get keeping(): Omit<KeepNoticeParts, 'query'> {
    const { people, deps } = this.parts;
    return { people, mails: this.mailing, giveUpMs: this.config.NOTIFY_GIVE_UP_MS, clock: deps.clock };
  }

  async mail(stopping: AbortSignal): Promise<void> {
    const { people, deps, openApprovals } = this.parts;
    const { query } = deps.eventing.store;
    const baseUrl = () => this.baseUrl();
    const sending = {
      ...{ query, baseUrl, refusedForGood, transport: this.transport, logger: deps.logger },
      ...{ groupMs: this.config.MAIL_GROUP_MS, retries: this.retries, jitter: Math.random },
      findPerson: (tenant: Tenant, userId: string) => people.find(tenant, userId),
    };
    await makeMails(sending);
    await sendMails(sending, stopping);
    if (performance.now() - this.digestedAt < digestEveryMs) return;
    await makeDigests({ query, people, openApprovals, baseUrl, hour: this.config.MAIL_DIGEST_HOUR, logger: deps.logger });
    this.digestedAt = performance.now();
  }

  async deliver(stopping: AbortSignal): Promise<void> {
    const { logger, eventing } = this.parts.deps;
    const { WEBHOOK_TIMEOUT_MS, WEBHOOK_DISABLE_AFTER_MS: disableAfterMs } = this.config;
    const post = webhookPost(this.rules, WEBHOOK_TIMEOUT_MS);
    const { box, retries, keeping } = this;
    await deliverWebhooks(
      { query: eventing.store.query, box, post, retries, disableAfterMs, jitter: Math.random, keeping, logger },
      stopping,
    );
  }

  close(): void {
    this.transport?.close();
  }

  private get config(): NotificationConfig {
    return this.parts.deps.config;
  }

  private get retries() {
    return { firstMs: this.config.NOTIFY_RETRY_MS, giveUpMs: this.config.NOTIFY_GIVE_UP_MS };
  }
}
