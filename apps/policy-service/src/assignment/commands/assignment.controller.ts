import { Controller, Inject } from '@nestjs/common';
import type {
  AssignmentPreview,
  FlowSystem,
  OverrideAssignment,
  PreviewAssignments,
  ResetAssignment,
  ResolveRetentionConflict,
} from '@lastcopy/contracts';
import type { CommandContext } from '@lastcopy/eventing';
import { CommandEndpoint, SERVICE_DEPS, type CommandOutcome, type ServiceDeps } from '@lastcopy/platform';
import { limitsOf, type PolicyServiceConfig } from '../../config.js';
import { flowSystem } from '../projections/flow-systems.js';
import { overrideAssignment, resetAssignment, resolveConflict } from './decide-in-flow.js';
import { previewAssignment } from './preview-assignments.js';

@Controller()
export class AssignmentController {
  constructor(@Inject(SERVICE_DEPS) readonly deps: ServiceDeps<PolicyServiceConfig>) {}

  get logger() {
    return this.deps.logger;
  }

  private get parts() {
    const { eventing, clock, config } = this.deps;
    return { store: eventing.store, clock, buckets: limitsOf(config).buckets };
  }

  @CommandEndpoint('policy-service', 'OverrideAssignment')
  override(command: OverrideAssignment, context: CommandContext): Promise<CommandOutcome<AssignmentPreview>> {
    return overrideAssignment(this.parts, context, command);
  }

  @CommandEndpoint('policy-service', 'ResetAssignment')
  async reset(command: ResetAssignment, context: CommandContext): Promise<CommandOutcome> {
    return { token: await resetAssignment(this.parts, context, command) };
  }

  @CommandEndpoint('policy-service', 'ResolveRetentionConflict')
  async resolve(command: ResolveRetentionConflict, context: CommandContext): Promise<CommandOutcome> {
    return { token: await resolveConflict(this.parts, context, command) };
  }

  @CommandEndpoint('policy-service', 'PreviewAssignments')
  async preview({ flow_id, systems }: PreviewAssignments, context: CommandContext): Promise<CommandOutcome<AssignmentPreview[]>> {
    const answer: AssignmentPreview[] = [];
    for (const system of systems) answer.push(await this.previewOne(context, flow_id ?? null, system));
    return { answer };
  }

  /** In a flow the system counts as this service knows it: that is what would be assigned. */
  private async previewOne({ tenant }: CommandContext, flow_id: string | null, asked: FlowSystem): Promise<AssignmentPreview> {
    const query = this.deps.eventing.store.within(tenant);
    const known = flow_id ? await flowSystem(query, tenant, flow_id, asked.system_id) : null;
    const of = { flow_id, system: known?.system ?? asked };
    return previewAssignment(this.parts, tenant, of, (inputs) => ({ type: 'ReassignPolicy', cause: 'Looked at', ...inputs }));
  }
}
