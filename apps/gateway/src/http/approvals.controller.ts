import { Body, Controller, Get, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ApprovalAnswer, ApprovalDecisionRequest, RequestApprovalRequest } from '@lastcopy/contracts';
import type { CommandContext } from '@lastcopy/eventing';
import { askForApproval } from '../approval/commands/ask-again.js';
import { decideApproval } from '../approval/commands/decide-approval.js';
import { GATEWAY, type Gateway } from '../gateway.js';
import { approvalFold } from '../records/approval-record.js';
import type { Page } from '../read-model/record-queries.js';
import { FlowReader } from '../views/flow-reader.js';
import { afterWrite, Listed } from './answers.js';
import { Endpoint } from './endpoint.js';
import { bodyOf, Context, idPipe, PageOfQuery } from './request-scope.js';

@ApiTags('approvals')
@Controller('api/v1')
export class ApprovalsController {
  private readonly reader: FlowReader;

  constructor(@Inject(GATEWAY) private readonly gateway: Gateway) {
    this.reader = new FlowReader(gateway);
  }

  @Get('approvals')
  @Endpoint({
    summary: 'Approvals of all flows, the newest first',
    permission: 'decommission.read',
    answer: ApprovalAnswer,
    list: true,
    query: ['status', 'role'],
  })
  async inbox(
    @Context() { tenant, actor }: CommandContext,
    @PageOfQuery() page: Page,
    @Query('status') status?: string,
    @Query('role') role?: string,
  ) {
    const where = { ...(status ? { status } : {}), ...(role ? { role } : {}) };
    const { records, total } = await this.gateway.queries.list(approvalFold, tenant, { where }, { ...page, newestFirst: true });
    const flows = new Map<string, ApprovalAnswer[]>();
    for (const { flow_id } of records) flows.set(flow_id, flows.get(flow_id) ?? (await this.reader.approvals(tenant, actor, flow_id)));
    const views = records.flatMap(({ flow_id, approval_id }) => flows.get(flow_id)!.filter((view) => view.approval_id === approval_id));
    return new Listed(views, total);
  }

  @Get('decommission-flow/:flow_id/approvals')
  @Endpoint({
    summary: "A flow's approvals",
    permission: 'decommission.read',
    answer: ApprovalAnswer,
    list: true,
    params: ['flow_id'],
  })
  async list(@Context() { tenant, actor }: CommandContext, @Param('flow_id', idPipe) flowId: string) {
    const approvals = await this.reader.approvals(tenant, actor, flowId);
    return new Listed(approvals, approvals.length);
  }

  @Post('decommission-flow/:flow_id/approvals')
  @Endpoint({
    summary: 'Request an approval, for instance again after a rejection',
    permission: 'decommission.write',
    body: RequestApprovalRequest,
    answer: ApprovalAnswer,
    params: ['flow_id'],
    writes: true,
  })
  async request(
    @Context() context: CommandContext,
    @Param('flow_id', idPipe) flowId: string,
    @Body(bodyOf(RequestApprovalRequest)) body: RequestApprovalRequest,
  ) {
    const { reader, deps } = this.gateway;
    const { approval_id, token } = await askForApproval({ store: deps.eventing.store, reader }, context, flowId, body.role);
    return afterWrite(this.gateway, token, () => this.reader.approval(context.tenant, context.actor, approval_id));
  }

  @Post('approvals/:approval_id/decision')
  @Endpoint({
    summary: 'Grant or reject an approval on the evidence as it is',
    permission: 'decommission.approve',
    body: ApprovalDecisionRequest,
    answer: ApprovalAnswer,
    params: ['approval_id'],
    writes: true,
  })
  async decide(
    @Context() context: CommandContext,
    @Param('approval_id', idPipe) approvalId: string,
    @Body(bodyOf(ApprovalDecisionRequest)) { decision, comment, evidence_hash }: ApprovalDecisionRequest,
  ) {
    const { reader, deps } = this.gateway;
    const asked = { decision, comment: comment ?? null, evidence_hash };
    const token = await decideApproval({ store: deps.eventing.store, reader, clock: deps.clock }, context, approvalId, asked);
    return afterWrite(this.gateway, token, () => this.reader.approval(context.tenant, context.actor, approvalId));
  }
}
