import { Controller, Inject } from '@nestjs/common';
import { standardPolicies } from '../domain/standard-policies.js';
import { standardPolicyId, streamId, type EnsureTenantPolicies } from '@lastcopy/contracts';
import type { CommandContext } from '@lastcopy/eventing';
import { CommandEndpoint, SERVICE_DEPS, type CommandOutcome, type ServiceDeps } from '@lastcopy/platform';
import { ensureTenantPolicies } from './ensure-tenant-policies.js';

@Controller()
export class RetentionPolicyController {
  constructor(@Inject(SERVICE_DEPS) readonly deps: ServiceDeps) {}

  get logger() {
    return this.deps.logger;
  }

  @CommandEndpoint('policy-service', 'EnsureTenantPolicies')
  async ensure(_command: EnsureTenantPolicies, context: CommandContext): Promise<CommandOutcome> {
    await this.deps.eventing.store.transact(context, (tx) => ensureTenantPolicies(tx, context));
    const last = standardPolicyId(context.tenant, standardPolicies.at(-1)!.policy_name);
    return { token: { source: 'policy-service', stream_id: streamId('retention_policy', last), version: 1 } };
  }
}
