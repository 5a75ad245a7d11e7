import { Body, Controller, Get, Inject, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  DecommissionStrategy,
  EligibleSystem,
  FlowActionAnswer,
  FlowListItem,
  FlowReasonRequest,
  FlowStatusAnswer,
  InitializeFlowRequest,
  PhaseReportRequest,
  phases,
  ResumeFlowRequest,
  type FlowSystem,
  type Phase,
} from '@lastcopy/contracts';
import type { CommandContext } from '@lastcopy/eventing';
import { CodedError } from '@lastcopy/kernel';
import { commandFlow, initializeFlow } from '../decommission-flow/commands/flow-commands.js';
import type { DecommissionFlowCommand } from '../decommission-flow/domain/decommission-flow.js';
import { GATEWAY, type Gateway } from '../gateway.js';
import { flowFold, type FlowRecord } from '../records/flow-record.js';
import { systemFold, type SystemRecord } from '../records/system-record.js';
import { flowActionView, flowListItem, flowStatus } from '../views/flow-view.js';
import { FlowReader } from '../views/flow-reader.js';
import { eligibleSystemView } from '../views/inventory-view.js';
import { afterWrite, Listed } from './answers.js';
import { Endpoint } from './endpoint.js';
import { proceedToShutdown } from './gate.controller.js';
import { QueryOf } from './query-of.js';
import { FlowQuery } from './query-shapes.js';
import { bodyOf, Context, idPipe, PageOfQuery } from './request-scope.js';
import type { Page } from '../read-model/record-queries.js';

const snapshotOf = (system: SystemRecord): FlowSystem => ({
  system_id: system.system_id,
  system_name: system.system_name,
  data_classification: system.data_classification,
  compliance_requirements: system.compliance_requirements,
  retention_policy_id: system.retention_policy_id ?? null,
  source: system.source,
});

/** What decides the status that a list is filtered by is spread over several fields: such a list is filtered here. */
const everything = { limit: 100_000, offset: 0, newestFirst: true };

@ApiTags('flows')
@Controller('api/v1/decommission-flow')
export class FlowsController {
  private readonly reader: FlowReader;

  constructor(@Inject(GATEWAY) private readonly gateway: Gateway) {
    this.reader = new FlowReader(gateway);
  }

  @Post('initialize')
  @Endpoint({
    summary: 'Begin a flow over registered systems',
    permission: 'decommission.write',
    body: InitializeFlowRequest,
    answer: FlowActionAnswer,
    writes: true,
    compatible: true,
  })
  async initialize(@Context() context: CommandContext, @Body(bodyOf(InitializeFlowRequest)) body: InitializeFlowRequest) {
    const ids = [...new Set(body.selected_system_ids.map((id) => id.toLowerCase()))];
    const known = await this.gateway.queries.getAll(systemFold, context.tenant, ids);
    const missing = ids.filter((id) => !known.has(id));
    if (missing.length > 0) throw new CodedError('SYSTEM_UNKNOWN', `These systems are not registered: ${missing.join(', ')}`);
    const systems = ids.map((id) => snapshotOf(known.get(id)!));
    const flow_name = body.flow_name?.trim() || `Decommission of ${systems.map(({ system_name }) => system_name).join(', ')}`.slice(0, 255);
    const strategy = body.decommission_strategy ?? new DecommissionStrategy();
    const { store } = this.gateway.deps.eventing;
    const { flow_id, token } = await initializeFlow(store, context, { flow_name, strategy: { ...strategy }, systems });
    return afterWrite(this.gateway, token, async () => {
      const flow = await this.reader.flow(context.tenant, flow_id);
      return flowActionView(flow, `Flow "${flow_name}" begins with ${systems.length} systems.`);
    });
  }

  @Get()
  @Endpoint({
    summary: 'Flows, the newest first',
    permission: 'decommission.read',
    answer: FlowListItem,
    list: true,
    query: FlowQuery,
    compatible: true,
  })
  async list(@Context() { tenant }: CommandContext, @PageOfQuery() page: Page, @QueryOf(FlowQuery) { status }: FlowQuery) {
    const found = await this.gateway.queries.list(flowFold, tenant, {}, status ? everything : { ...page, newestFirst: true });
    const matching = status ? found.records.filter((flow) => flowStatus(flow) === status) : found.records;
    const shown = status ? matching.slice(page.offset, page.offset + page.limit) : matching;
    const systems = await this.reader.systemsOf(tenant, shown);
    return new Listed(
      shown.map((flow) => flowListItem(flow, systems)),
      status ? matching.length : found.total,
    );
  }

  @Get('eligible-systems')
  @Endpoint({
    summary: 'Systems that could be retired',
    permission: 'decommission.read',
    answer: EligibleSystem,
    list: true,
    compatible: true,
  })
  async eligible(@Context() { tenant }: CommandContext, @PageOfQuery() page: Page) {
    const systems = await this.gateway.queries.list(systemFold, tenant, {}, page);
    const flows = await this.gateway.queries.list(flowFold, tenant);
    const underWay = flows.records.filter((flow) => !flow.cancelled).flatMap((flow) => flow.systems.map(({ system_id }) => system_id));
    const held = new Set(underWay);
    return new Listed(
      systems.records.map((system) => eligibleSystemView(system, held, this.reader.now())),
      systems.total,
    );
  }

  @Get(':flow_id/status')
  @Endpoint({
    summary: 'Where a flow stands',
    permission: 'decommission.read',
    answer: FlowStatusAnswer,
    params: ['flow_id'],
    compatible: true,
  })
  status(@Context() { tenant }: CommandContext, @Param('flow_id', idPipe) flowId: string) {
    return this.reader.status(tenant, flowId);
  }

  @Post(':flow_id/pause')
  @Endpoint({
    summary: 'Pause a flow and its jobs',
    permission: 'decommission.execute',
    body: FlowReasonRequest,
    answer: FlowActionAnswer,
    params: ['flow_id'],
    writes: true,
    compatible: true,
  })
  pause(
    @Context() context: CommandContext,
    @Param('flow_id', idPipe) flowId: string,
    @Body(bodyOf(FlowReasonRequest)) body: FlowReasonRequest,
  ) {
    return this.steer(context, flowId, { type: 'PauseFlow', reason: body.reason ?? 'Paused by a person' }, 'The flow is paused.');
  }

  @Post(':flow_id/resume')
  @Endpoint({
    summary: 'Resume a flow and its jobs',
    permission: 'decommission.execute',
    body: ResumeFlowRequest,
    answer: FlowActionAnswer,
    params: ['flow_id'],
    writes: true,
    compatible: true,
  })
  resume(
    @Context() context: CommandContext,
    @Param('flow_id', idPipe) flowId: string,
    @Body(bodyOf(ResumeFlowRequest)) body: ResumeFlowRequest,
  ) {
    return this.steer(context, flowId, { type: 'ResumeFlow', reason: body.reason ?? 'Resumed by a person' }, 'The flow goes on.');
  }

  @Post(':flow_id/cancel')
  @Endpoint({
    summary: 'Cancel a flow and its jobs for good',
    permission: 'decommission.execute',
    body: FlowReasonRequest,
    answer: FlowActionAnswer,
    params: ['flow_id'],
    writes: true,
    compatible: true,
  })
  cancel(
    @Context() context: CommandContext,
    @Param('flow_id', idPipe) flowId: string,
    @Body(bodyOf(FlowReasonRequest)) body: FlowReasonRequest,
  ) {
    const command: DecommissionFlowCommand = { type: 'CancelFlow', reason: body.reason ?? 'Cancelled by a person' };
    return this.steer(context, flowId, command, 'The flow is cancelled; archives that were made are kept.');
  }

  @Post(':flow_id/phases/:phase_name')
  @Endpoint({
    summary: 'Report how a phase goes; completing data_migration passes the gate',
    permission: 'decommission.execute',
    body: PhaseReportRequest,
    answer: FlowStatusAnswer,
    params: ['flow_id', 'phase_name'],
    writes: true,
    compatible: true,
  })
  async report(
    @Context() context: CommandContext,
    @Param('flow_id', idPipe) flowId: string,
    @Param('phase_name') phaseName: string,
    @Body(bodyOf(PhaseReportRequest)) body: PhaseReportRequest,
  ) {
    const phase = phases.find((known) => known === phaseName) as Phase | undefined;
    if (!phase) throw new CodedError('NOT_FOUND', `There is no phase "${phaseName}"; the phases are ${phases.join(', ')}`);
    const { phase_status } = body;
    if (phase === 'data_migration' && phase_status === 'completed') return proceedToShutdown(this.gateway, context, flowId);
    const { store } = this.gateway.deps.eventing;
    const token = await commandFlow(store, context, flowId, { type: 'ReportPhase', phase, phase_status });
    return afterWrite(this.gateway, token, () => this.reader.status(context.tenant, flowId));
  }

  private async steer(context: CommandContext, flowId: string, command: DecommissionFlowCommand, message: string) {
    const token = await commandFlow(this.gateway.deps.eventing.store, context, flowId, command);
    return afterWrite(this.gateway, token, async () => {
      const flow: FlowRecord = await this.reader.flow(context.tenant, flowId);
      return flowActionView(flow, message);
    });
  }
}
