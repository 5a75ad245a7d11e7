import { randomUUID } from 'node:crypto';
import type {
  AssignmentPreview,
  BulkOverrideOutcome,
  BulkOverrideRequest,
  DryRunRequest,
  FlowSystem,
  OverrideAssignmentRequest,
  ResetAssignmentRequest,
  ResolveConflictRequest,
  StreamToken,
} from '@lastcopy/contracts';
import { deterministicId, type CommandContext } from '@lastcopy/eventing';
import { CodedError, isCodedError } from '@lastcopy/kernel';
import type { Gateway } from '../gateway.js';
import type { AssignmentReader } from '../views/assignment-reader.js';

export interface InFlow {
  flow_id: string;
  system_id: string;
  expected_version: number | null;
}

type Sent = { token: StreamToken | null; preview: AssignmentPreview | null };

/** What a person decides about assignments, sent to the service that owns them. Each throws what that service answers, and SERVICE_UNAVAILABLE. */
export class AssignmentCommands {
  constructor(
    private readonly gateway: Gateway,
    private readonly reader: AssignmentReader,
  ) {}

  async override(context: CommandContext, of: InFlow, body: OverrideAssignmentRequest, dry_run = false): Promise<Sent> {
    const { policy_id, reason, storage_location = null } = body;
    const data = { ...of, policy_id, reason, storage_location, dry_run };
    const { command_id, tenant, actor } = context;
    const { commands } = this.gateway.deps;
    const options = { command_id, tenant, actor };
    const sent = await commands.send<AssignmentPreview, 'policy-service'>('policy-service', 'OverrideAssignment', data, options);
    return { token: sent.token, preview: sent.answer };
  }

  async reset({ command_id, tenant, actor }: CommandContext, of: InFlow, { reason }: ResetAssignmentRequest): Promise<StreamToken | null> {
    const { commands } = this.gateway.deps;
    return (await commands.send('policy-service', 'ResetAssignment', { ...of, reason }, { command_id, tenant, actor })).token;
  }

  async resolve(
    { command_id, tenant, actor }: CommandContext,
    of: InFlow,
    { resolution, reason }: ResolveConflictRequest,
  ): Promise<StreamToken | null> {
    const { commands } = this.gateway.deps;
    const data = { ...of, resolution, reason };
    return (await commands.send('policy-service', 'ResolveRetentionConflict', data, { command_id, tenant, actor })).token;
  }

  /** One system after another: what is refused for one is done for the others. */
  async bulk(context: CommandContext, flow_id: string, body: BulkOverrideRequest): Promise<BulkOverrideOutcome[]> {
    const results: BulkOverrideOutcome[] = [];
    for (const system_id of new Set(body.system_ids.map((id) => id.toLowerCase()))) {
      results.push(await this.bulkOne(context, { flow_id, system_id, expected_version: null }, body));
    }
    return results;
  }

  private async bulkOne(context: CommandContext, of: InFlow, body: BulkOverrideRequest): Promise<BulkOverrideOutcome> {
    const { system_id } = of;
    try {
      await this.reader.refuseForeign(context.tenant, of.flow_id, system_id);
      const own = { ...context, command_id: deterministicId('bulk override', context.command_id, system_id) };
      const { preview } = await this.override(own, of, body, body.dry_run ?? false);
      if (!preview) return { system_id, outcome: 'done' };
      const { outcome, code, message } = preview;
      if (outcome === 'refused') return { system_id, outcome, code: code ?? null, message: message ?? null };
      return { system_id, outcome: outcome === 'assigned' ? 'possible' : 'unchanged', preview };
    } catch (error) {
      if (!isCodedError(error) || error.errorClass === 'transient') throw error;
      return { system_id, outcome: 'refused', code: error.code, message: error.message };
    }
  }

  /** What would be assigned to a described system, a registered one, or every system of a flow. Writes nothing. */
  async dryRun({ command_id, tenant, actor }: CommandContext, body: DryRunRequest): Promise<AssignmentPreview[]> {
    const { commands } = this.gateway.deps;
    const systems = await this.askedFor(tenant, body);
    const data = { flow_id: body.flow_id ?? null, systems };
    const options = { command_id, tenant, actor };
    const sent = await commands.send<AssignmentPreview[], 'policy-service'>('policy-service', 'PreviewAssignments', data, options);
    return sent.answer ?? [];
  }

  private async askedFor(tenant: CommandContext['tenant'], { system, system_id, flow_id }: DryRunRequest): Promise<FlowSystem[]> {
    if ([system, system_id, flow_id].filter(Boolean).length !== 1) {
      const errors = [{ pointer: '', detail: 'give exactly one of system, system_id and flow_id' }];
      throw new CodedError('VALIDATION_FAILED', 'A dry run needs one of system, system_id and flow_id', { details: { errors } });
    }
    if (flow_id) return this.reader.systemsOf(tenant, flow_id.toLowerCase());
    if (system_id) return [await this.reader.registered(tenant, system_id.toLowerCase())];
    return [{ ...system!, system_id: randomUUID() }];
  }
}
