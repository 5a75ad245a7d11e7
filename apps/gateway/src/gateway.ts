import type { BackgroundWork, ServiceDeps } from '@lastcopy/platform';
import type { GatewayConfig } from './config.js';
import { DeadlineWatch } from './approval/adapters/deadline-watch.js';
import { deadlineTermsOf } from './approval/approval-config.js';
import type { ApprovalParts } from './approval/approval-parts.js';
import { ArtifactKeeper } from './artifact/adapters/artifact-keeper.js';
import { contentsOf } from './artifact/adapters/contents-of.js';
import { defaultRequirements } from './artifact/artifact-config.js';
import type { ArtifactContents } from './artifact/ports/artifact-contents.js';
import type { ArtifactParts } from './artifact/artifact-parts.js';
import { AuditedRequests } from './audit/audited-requests.js';
import { AuditQueries } from './audit/audit-queries.js';
import { attestationKeysIn } from './evidence/attestation-keys.js';
import type { AttestationKeys } from './evidence/attestations.js';
import { EvidenceReader } from './evidence/evidence-reader.js';
import { Notifications } from './notification/notifications.js';
import { NotificationSender } from './notification/notification-sender.js';
import { openApprovalsOf } from './notification/open-approvals.js';
import { People } from './people/people.js';
import { ProgressBoard } from './read-model/adapters/progress-board.js';
import { RecordQueries } from './read-model/record-queries.js';
import { demoTenantOf } from './sign-in/demo-people.js';
import { Proceed } from './transition/proceed.js';
import { ShutdownObjectionsQuery } from './transition/adapters/shutdown-objections.js';
import { TransitionDriver } from './transition/transition-driver.js';

export const GATEWAY = Symbol('Gateway');

/** How much longer than the gate itself a caller waits for its decision. */
const decisionMarginMs = 5_000;

/** The gateway's own parts, made when first used: the event log exists only once the service starts. */
export class Gateway {
  readonly progress: ProgressBoard;
  /** Where people sign in with a browser; undefined when no issuer is configured. */
  browserIssuer: () => string | undefined = () => undefined;
  /** Who is who in a tenant. */
  readonly people: People;
  readonly notifications: Notifications;
  private readonly closing = new AbortController();
  private readonly keys: AttestationKeys;
  private readonly contents: ArtifactContents;
  private made: ReturnType<Gateway['make']> | undefined;

  constructor(readonly deps: ServiceDeps<GatewayConfig>) {
    this.keys = attestationKeysIn(deps.config.TRUSTED_KEYS_DIR ?? deps.config.KEYS_DIR);
    this.contents = contentsOf(deps.config);
    this.progress = new ProgressBoard(deps);
    const { clock, logger, config } = deps;
    this.people = new People({ store: () => deps.eventing.store, clock, logger, demo: demoTenantOf(config) });
    this.notifications = new Notifications({ deps, people: this.people, openApprovals: openApprovalsOf(() => this.queries, clock) });
  }

  get reader(): EvidenceReader {
    return this.parts.reader;
  }

  get queries(): RecordQueries {
    return this.parts.queries;
  }

  get approvals(): ApprovalParts {
    return this.parts.approvals;
  }

  get artifacts(): ArtifactParts {
    return this.parts.artifacts;
  }

  get audit(): AuditQueries {
    return this.parts.audit;
  }

  get auditedRequests(): AuditedRequests {
    return this.parts.auditedRequests;
  }

  get proceed(): Proceed {
    return this.parts.proceed;
  }

  /** Aborted when the service stops: what waits for long lets go then. */
  get stopping(): AbortSignal {
    return this.closing.signal;
  }

  background(): BackgroundWork[] {
    const { deps, reader } = this;
    const driver = new TransitionDriver(deps, reader, { timeoutMs: deps.config.TRANSITION_TIMEOUT_MS });
    // Stopped first, as the last one: open streams and waiting callers would hold up the closing of HTTP.
    const letGo = { start: () => undefined, stop: async () => this.closing.abort() };
    const keeper = new ArtifactKeeper(deps, this.artifacts, {
      intervalMs: deps.config.ARTIFACT_INTERVAL_MS,
      abandonedAfterMs: deps.config.ARTIFACT_ABANDONED_MS,
    });
    const deadlines = new DeadlineWatch(deps, this.approvals);
    const sender = new NotificationSender(deps, this.notifications);
    const directory = { start: () => undefined, stop: () => this.people.settled() };
    return [this.progress, directory, driver, new ShutdownObjectionsQuery(deps, reader), keeper, deadlines, sender, letGo];
  }

  private get parts() {
    this.made ??= this.make();
    return this.made;
  }

  private make() {
    const { config, clock, eventing } = this.deps;
    const { store } = eventing;
    const defaults = defaultRequirements(config);
    const reader = new EvidenceReader(store, this.keys, defaults);
    const timeoutMs = this.deps.config.TRANSITION_TIMEOUT_MS + decisionMarginMs;
    const findPerson: ApprovalParts['findPerson'] = (tenant, userId) => this.people.find(tenant, userId);
    return {
      reader,
      approvals: { store, reader, clock, config, terms: deadlineTermsOf(config), findPerson },
      artifacts: { store, reader, contents: this.contents, clock, defaults, retentionDays: config.ARTIFACT_RETENTION_DAYS },
      queries: new RecordQueries(this.deps.eventing),
      audit: new AuditQueries(eventing),
      auditedRequests: new AuditedRequests(store, this.deps.logger),
      proceed: new Proceed(this.deps, reader, { timeoutMs, stopping: this.stopping }),
    };
  }
}
