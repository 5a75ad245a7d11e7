import { loadConfig, sealController, startService, type RunningService } from '@lastcopy/platform';
import { assignOnFlowInitialized } from './assignment/reactors/assign-on-flow-initialized.js';
import { PolicyServiceConfig } from './config.js';
import { PolicyCatalogue1780000000000 } from './migrations/policy-catalogue.js';
import { RetentionPolicyController } from './retention-policy/commands/retention-policy.controller.js';
import { policyCatalogue } from './retention-policy/projections/policy-catalogue.js';

export const bootstrap = (env: Record<string, string | undefined>): Promise<RunningService> =>
  startService({
    service: 'policy-service',
    config: loadConfig(PolicyServiceConfig, env),
    migrations: [PolicyCatalogue1780000000000],
    module: () => ({ controllers: [RetentionPolicyController, sealController('policy-service')] }),
    inlineProjections: () => [policyCatalogue],
    subscriptions: (deps) => [assignOnFlowInitialized(deps)],
  });
