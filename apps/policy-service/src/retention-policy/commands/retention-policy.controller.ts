import { Controller, Inject } from '@nestjs/common';
import {
  standardPolicyId,
  streamId,
  type CreateRetentionPolicy,
  type EndPolicyReview,
  type EnsureTenantPolicies,
  type ImportRetentionPolicies,
  type PreviewPolicyChange,
  type RetireRetentionPolicy,
  type ReviseRetentionPolicy,
  type StartPolicyReview,
} from '@lastcopy/contracts';
import type { CommandContext } from '@lastcopy/eventing';
import { CommandEndpoint, SERVICE_DEPS, type CommandOutcome, type ServiceDeps } from '@lastcopy/platform';
import { limitsOf, type PolicyServiceConfig } from '../../config.js';
import { standardPolicies } from '../domain/standard-policies.js';
import { createPolicy, retirePolicy, reviewPolicy, revisePolicy } from './change-policy.js';
import { ensureTenantPolicies } from './ensure-tenant-policies.js';
import { importPolicies } from './import-policies.js';
import { previewChange } from './preview-change.js';

@Controller()
export class RetentionPolicyController {
  constructor(@Inject(SERVICE_DEPS) readonly deps: ServiceDeps<PolicyServiceConfig>) {}

  get logger() {
    return this.deps.logger;
  }

  private get store() {
    return this.deps.eventing.store;
  }

  private get limits() {
    return limitsOf(this.deps.config);
  }

  @CommandEndpoint('policy-service', 'EnsureTenantPolicies')
  async ensure(_command: EnsureTenantPolicies, context: CommandContext): Promise<CommandOutcome> {
    await this.store.transact(context, (tx) => ensureTenantPolicies(tx, context));
    const last = standardPolicyId(context.tenant, standardPolicies.at(-1)!.policy_name);
    return { token: { source: 'policy-service', stream_id: streamId('retention_policy', last), version: 1 } };
  }

  @CommandEndpoint('policy-service', 'CreateRetentionPolicy')
  async create(command: CreateRetentionPolicy, context: CommandContext): Promise<CommandOutcome> {
    return { token: await createPolicy(this.store, this.limits, context, command) };
  }

  @CommandEndpoint('policy-service', 'ReviseRetentionPolicy')
  async revise(command: ReviseRetentionPolicy, context: CommandContext): Promise<CommandOutcome> {
    return { token: await revisePolicy(this.store, this.limits, context, command) };
  }

  @CommandEndpoint('policy-service', 'RetireRetentionPolicy')
  async retire(command: RetireRetentionPolicy, context: CommandContext): Promise<CommandOutcome> {
    return { token: await retirePolicy(this.store, context, command) };
  }

  @CommandEndpoint('policy-service', 'StartPolicyReview')
  async startReview(command: StartPolicyReview, context: CommandContext): Promise<CommandOutcome> {
    return { token: await reviewPolicy(this.store, context, 'StartReview', command) };
  }

  @CommandEndpoint('policy-service', 'EndPolicyReview')
  async endReview(command: EndPolicyReview, context: CommandContext): Promise<CommandOutcome> {
    return { token: await reviewPolicy(this.store, context, 'EndReview', command) };
  }

  @CommandEndpoint('policy-service', 'ImportRetentionPolicies')
  import(command: ImportRetentionPolicies, context: CommandContext): Promise<CommandOutcome> {
    return importPolicies(this.store, this.limits, context, command);
  }

  @CommandEndpoint('policy-service', 'PreviewPolicyChange')
  async preview(command: PreviewPolicyChange, context: CommandContext): Promise<CommandOutcome> {
    return { answer: await previewChange({ store: this.store, clock: this.deps.clock, limits: this.limits }, context, command) };
  }
}
