import { Body, Controller, Get, Inject, Param, Patch, Post, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import {
  AssignmentAnswer,
  AssignmentHistoryEntry,
  BulkOverrideAnswer,
  BulkOverrideRequest,
  DryRunAnswer,
  DryRunRequest,
  OverrideAssignmentRequest,
  ResetAssignmentRequest,
  ResolveConflictRequest,
  type StreamToken,
} from '@lastcopy/contracts';
import type { CommandContext } from '@lastcopy/eventing';
import { GATEWAY, type Gateway } from '../gateway.js';
import { AssignmentReader } from '../views/assignment-reader.js';
import { afterWrite, Listed } from './answers.js';
import { AssignmentCommands, type InFlow } from './assignment-commands.js';
import { Endpoint } from './endpoint.js';
import { bodyOf, Context, idPipe, PageOfQuery, whole } from './request-scope.js';
import type { Page } from '../read-model/record-queries.js';
import { IfMatch, requiredVersion, TakesIfMatch, versionTag } from './version-tag.js';

const ofFlow = 'decommission-flow/:flow_id/policy-assignments';

@ApiTags('policy assignments')
@Controller('api/v1')
export class AssignmentsController {
  private readonly reader: AssignmentReader;
  private readonly commands: AssignmentCommands;

  constructor(@Inject(GATEWAY) private readonly gateway: Gateway) {
    this.reader = new AssignmentReader(gateway);
    this.commands = new AssignmentCommands(gateway, this.reader);
  }

  @Get(ofFlow)
  @Endpoint({
    summary: 'Which policy each system has, and why',
    permission: 'decommission.read',
    answer: AssignmentAnswer,
    list: true,
    params: ['flow_id'],
  })
  async list(@Context() { tenant }: CommandContext, @Param('flow_id', idPipe) flowId: string, @PageOfQuery(whole) page: Page) {
    return Listed.pageOf(await this.reader.list(tenant, flowId), page);
  }

  @Post('policy-assignments/dry-run')
  @Endpoint({
    summary: 'What would be assigned to a described system, a registered one, or every system of a flow; nothing is written',
    permission: 'decommission.read',
    body: DryRunRequest,
    answer: DryRunAnswer,
  })
  async dryRun(@Context() context: CommandContext, @Body(bodyOf(DryRunRequest)) body: DryRunRequest): Promise<DryRunAnswer> {
    return { assignments: await this.commands.dryRun(context, body) };
  }

  @Post(`${ofFlow}/bulk`)
  @Endpoint({
    summary: 'Choose a policy for several systems; with dry_run only say what would happen',
    permission: 'decommission.write',
    body: BulkOverrideRequest,
    answer: BulkOverrideAnswer,
    params: ['flow_id'],
    writes: true,
  })
  async bulk(
    @Context() context: CommandContext,
    @Param('flow_id', idPipe) flowId: string,
    @Body(bodyOf(BulkOverrideRequest)) body: BulkOverrideRequest,
  ): Promise<BulkOverrideAnswer> {
    await this.reader.systemsOf(context.tenant, flowId);
    return { dry_run: body.dry_run ?? false, results: await this.commands.bulk(context, flowId, body) };
  }

  @Get(`${ofFlow}/:system_id`)
  @Endpoint({
    summary: "A system's policy, and why",
    permission: 'decommission.read',
    answer: AssignmentAnswer,
    params: ['flow_id', 'system_id'],
  })
  async one(
    @Context() { tenant }: CommandContext,
    @Param('flow_id', idPipe) flowId: string,
    @Param('system_id', idPipe) systemId: string,
    @Res({ passthrough: true }) response: Response,
  ) {
    const assignment = await this.reader.one(tenant, flowId, systemId);
    response.setHeader('ETag', versionTag(assignment.version));
    return assignment;
  }

  @Get(`${ofFlow}/:system_id/history`)
  @Endpoint({
    summary: 'Every assignment of a system and every resolution of its conflicts, the oldest first',
    permission: 'decommission.read',
    answer: AssignmentHistoryEntry,
    list: true,
    params: ['flow_id', 'system_id'],
  })
  async history(
    @Context() { tenant }: CommandContext,
    @Param('flow_id', idPipe) flowId: string,
    @Param('system_id', idPipe) systemId: string,
    @PageOfQuery() page: Page,
  ) {
    const entries = await this.reader.history(tenant, flowId, systemId);
    return new Listed(entries.slice(page.offset, page.offset + page.limit), entries.length);
  }

  @Patch(`${ofFlow}/:system_id`)
  @TakesIfMatch()
  @Endpoint({
    summary: 'Choose another policy than the suggested one, with a reason; legal minima hold all the same',
    permission: 'decommission.write',
    body: OverrideAssignmentRequest,
    answer: AssignmentAnswer,
    params: ['flow_id', 'system_id'],
    writes: true,
  })
  override(
    @Context() context: CommandContext,
    @Param('flow_id', idPipe) flowId: string,
    @Param('system_id', idPipe) systemId: string,
    @Body(bodyOf(OverrideAssignmentRequest)) body: OverrideAssignmentRequest,
    @IfMatch() ifMatch?: string,
  ) {
    return this.decide(context, { flowId, systemId, ifMatch }, async (of) => (await this.commands.override(context, of, body)).token);
  }

  @Post(`${ofFlow}/:system_id/reset`)
  @TakesIfMatch()
  @Endpoint({
    summary: 'Go back from a chosen policy to the suggested one',
    permission: 'decommission.write',
    body: ResetAssignmentRequest,
    answer: AssignmentAnswer,
    params: ['flow_id', 'system_id'],
    writes: true,
  })
  reset(
    @Context() context: CommandContext,
    @Param('flow_id', idPipe) flowId: string,
    @Param('system_id', idPipe) systemId: string,
    @Body(bodyOf(ResetAssignmentRequest)) body: ResetAssignmentRequest,
    @IfMatch() ifMatch?: string,
  ) {
    return this.decide(context, { flowId, systemId, ifMatch }, (of) => this.commands.reset(context, of, body));
  }

  @Post(`${ofFlow}/:system_id/resolve-conflict`)
  @TakesIfMatch()
  @Endpoint({
    summary: 'Say, as legal or compliance, what holds where a maximum meets a minimum',
    permission: 'decommission.approve',
    body: ResolveConflictRequest,
    answer: AssignmentAnswer,
    params: ['flow_id', 'system_id'],
    writes: true,
  })
  resolve(
    @Context() context: CommandContext,
    @Param('flow_id', idPipe) flowId: string,
    @Param('system_id', idPipe) systemId: string,
    @Body(bodyOf(ResolveConflictRequest)) body: ResolveConflictRequest,
    @IfMatch() ifMatch?: string,
  ) {
    return this.decide(context, { flowId, systemId, ifMatch }, (of) => this.commands.resolve(context, of, body));
  }

  private async decide(
    { tenant }: CommandContext,
    { flowId, systemId, ifMatch }: LookedAt,
    send: (of: InFlow) => Promise<StreamToken | null>,
  ) {
    await this.reader.refuseForeign(tenant, flowId, systemId);
    const expected_version = requiredVersion(ifMatch, 'an assignment');
    const token = await send({ flow_id: flowId, system_id: systemId, expected_version });
    return afterWrite(this.gateway, token, () => this.reader.one(tenant, flowId, systemId));
  }
}

interface LookedAt {
  flowId: string;
  systemId: string;
  ifMatch: string | undefined;
}
