import { startService, type RunningService, type ServiceDeps } from '@lastcopy/platform';
import { approvalDeadlines } from './approval/approval-deadlines.js';
import { keepApprovals } from './approval/reactors/keep-approvals.js';
import { askForDocuments } from './artifact/reactors/ask-for-documents.js';
import { extendRetention } from './artifact/reactors/extend-retention.js';
import { gatewayModule } from './app.module.js';
import { gatewayConfig, type GatewayConfig } from './config.js';
import { Gateway } from './gateway.js';
import { configureHttp } from './http/configure-http.js';
import { ApprovalTables1780000000011 } from './migrations/approval-tables.js';
import { AuditTables1780000000005 } from './migrations/audit-tables.js';
import { ArtifactTables1780000000002 } from './migrations/artifact-tables.js';
import { DiscardingContents1780000000022 } from './migrations/discarding-contents.js';
import { GatewayTables1780000000000 } from './migrations/gateway-tables.js';
import { LegalHoldIndexes1780000000004 } from './migrations/legal-hold-indexes.js';
import { LockFailures1780000000023 } from './migrations/lock-failures.js';
import { LogLookupIndexes1780000000024 } from './migrations/log-lookup-indexes.js';
import { TransitionEvidence1780000000001 } from './migrations/transition-evidence.js';
import { NotificationTables1780000000020 } from './migrations/notification-tables.js';
import { WebhookEndpointVersions1780000000021 } from './migrations/webhook-endpoint-versions.js';
import { People1780000000010 } from './migrations/people.js';
import { auditTrail } from './audit/audit-trail.js';
import { tellPeople } from './notification/reactors/tell-people.js';
import { readModel } from './read-model/read-model.js';
import { objectToHeldSystems } from './transition/object-to-held-systems.js';
import { objectToShutdown } from './transition/object-to-shutdown.js';
import { openTransitions } from './transition/open-transitions.js';

export { DevTokens } from './http/dev-tokens.js';
export { demoPeople } from './sign-in/demo-people.js';

export function bootstrap(env: Record<string, string | undefined>): Promise<RunningService> {
  let made: Gateway | undefined;
  const gateway = (deps: ServiceDeps<GatewayConfig>) => (made ??= new Gateway(deps));
  return startService({
    service: 'gateway',
    config: gatewayConfig(env),
    migrations: [
      // One a line.
      GatewayTables1780000000000,
      TransitionEvidence1780000000001,
      ArtifactTables1780000000002,
      LegalHoldIndexes1780000000004,
      People1780000000010,
      AuditTables1780000000005,
      ApprovalTables1780000000011,
      NotificationTables1780000000020,
      WebhookEndpointVersions1780000000021,
      DiscardingContents1780000000022,
      LockFailures1780000000023,
      LogLookupIndexes1780000000024,
    ],
    module: (deps) => gatewayModule(gateway(deps)),
    inlineProjections: () => [openTransitions, approvalDeadlines],
    subscriptions: (deps) => [
      readModel,
      auditTrail,
      keepApprovals(gateway(deps)),
      objectToShutdown(deps),
      objectToHeldSystems(deps),
      askForDocuments(deps),
      extendRetention(deps),
      tellPeople(gateway(deps)),
    ],
    background: (deps) => gateway(deps).background(),
    configureHttp: (app, deps) => configureHttp(app, gateway(deps)),
  });
}
