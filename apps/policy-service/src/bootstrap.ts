import { loadConfig, sealController, startService, type RunningService } from '@lastcopy/platform';
import { AskForConflicts } from './assignment/ask-for-conflicts.js';
import { AssignmentController } from './assignment/commands/assignment.controller.js';
import { keepAssignments } from './assignment/reactors/keep-assignments.js';
import { PolicyServiceConfig } from './config.js';
import { LegalHoldController } from './legal-hold/commands/legal-hold.controller.js';
import { AssignmentTables1780000200000 } from './migrations/assignment-tables.js';
import { PendingWithoutCause1780000300000 } from './migrations/pending-without-cause.js';
import { PolicyCatalogue1780000000000 } from './migrations/policy-catalogue.js';
import { RegulationController } from './regulation/regulation.controller.js';
import { RetentionPolicyController } from './retention-policy/commands/retention-policy.controller.js';
import { policyCatalogue } from './retention-policy/projections/policy-catalogue.js';

export const bootstrap = (env: Record<string, string | undefined>): Promise<RunningService> =>
  startService({
    service: 'policy-service',
    config: loadConfig(PolicyServiceConfig, env),
    migrations: [PolicyCatalogue1780000000000, AssignmentTables1780000200000, PendingWithoutCause1780000300000],
    module: () => ({
      controllers: [
        RetentionPolicyController,
        RegulationController,
        AssignmentController,
        LegalHoldController,
        sealController('policy-service'),
      ],
    }),
    inlineProjections: () => [policyCatalogue],
    subscriptions: (deps) => [keepAssignments(deps)],
    background: (deps) => [new AskForConflicts(deps)],
  });
