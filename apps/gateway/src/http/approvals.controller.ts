import { Body, Controller, Get, Inject, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  ApprovalAnswer,
  ApprovalDecisionRequest,
  ApprovalDetailAnswer,
  CommentApprovalRequest,
  DelegateApprovalRequest,
  RequestApprovalRequest,
  RevokeDelegationRequest,
  type StreamToken,
} from '@lastcopy/contracts';
import type { CommandContext } from '@lastcopy/eventing';
import { askForApproval } from '../approval/commands/ask-again.js';
import { commentApproval } from '../approval/commands/comment-approval.js';
import { decideApproval } from '../approval/commands/decide-approval.js';
import { delegateApproval, revokeDelegation } from '../approval/commands/delegate-approval.js';
import { GATEWAY, type Gateway } from '../gateway.js';
import type { Page } from '../read-model/record-queries.js';
import { ApprovalReader } from '../views/approval-reader.js';
import { afterWrite, Listed } from './answers.js';
import { Endpoint } from './endpoint.js';
import { QueryOf } from './query-of.js';
import { InboxQuery } from './query-shapes.js';
import { bodyOf, Context, idPipe, PageOfQuery, whole } from './request-scope.js';

const change = { answer: ApprovalAnswer, params: ['approval_id'], writes: true } as const;

@ApiTags('approvals')
@Controller('api/v1')
export class ApprovalsController {
  private readonly reader: ApprovalReader;

  constructor(@Inject(GATEWAY) private readonly gateway: Gateway) {
    this.reader = new ApprovalReader(gateway);
  }

  @Get('approvals')
  @Endpoint({
    summary: 'Approvals of all flows, the newest first; mine=true leaves those that the caller may decide',
    permission: 'decommission.read',
    answer: ApprovalAnswer,
    list: true,
    query: InboxQuery,
  })
  async inbox(@Context() context: CommandContext, @PageOfQuery() page: Page, @QueryOf(InboxQuery) query: InboxQuery) {
    const { flow_id, mine = false, overdue = false, ...named } = query;
    const filter = { ...named, ...(flow_id ? { flow_id: flow_id.toLowerCase() } : {}), mine, overdue };
    const { records, total } = await this.reader.inbox(context, filter, page);
    return new Listed(records, total);
  }

  @Get('approvals/:approval_id')
  @Endpoint({
    summary: 'An approval, its evidence as requested and as it is, and its history',
    permission: 'decommission.read',
    answer: ApprovalDetailAnswer,
    params: ['approval_id'],
  })
  detail(@Context() context: CommandContext, @Param('approval_id', idPipe) approvalId: string) {
    return this.reader.detail(context, approvalId);
  }

  @Get('decommission-flow/:flow_id/approvals')
  @Endpoint({
    summary: "A flow's approvals",
    permission: 'decommission.read',
    answer: ApprovalAnswer,
    list: true,
    params: ['flow_id'],
  })
  async list(@Context() context: CommandContext, @Param('flow_id', idPipe) flowId: string, @PageOfQuery(whole) page: Page) {
    return Listed.pageOf(await this.reader.ofFlow(context, flowId), page);
  }

  @Post('decommission-flow/:flow_id/approvals')
  @Endpoint({
    summary: 'Request an approval, for instance again after a rejection, or give an open request another due date',
    permission: 'decommission.write',
    body: RequestApprovalRequest,
    answer: ApprovalAnswer,
    params: ['flow_id'],
    writes: true,
  })
  async request(
    @Context() context: CommandContext,
    @Param('flow_id', idPipe) flowId: string,
    @Body(bodyOf(RequestApprovalRequest)) { role, due_at }: RequestApprovalRequest,
  ) {
    const { approval_id, token } = await askForApproval(this.gateway.approvals, context, flowId, { role, due_at: due_at ?? null });
    return this.answer(context, approval_id, token);
  }

  @Post('approvals/:approval_id/decision')
  @Endpoint({
    summary: 'Grant or reject an approval on the evidence as it is; needs a sign-in of the last minutes',
    permission: 'decommission.approve',
    body: ApprovalDecisionRequest,
    ...change,
  })
  async decide(
    @Context() context: CommandContext,
    @Param('approval_id', idPipe) approvalId: string,
    @Body(bodyOf(ApprovalDecisionRequest)) { decision, comment, evidence_hash }: ApprovalDecisionRequest,
  ) {
    const asked = { decision, comment: comment ?? null, evidence_hash };
    return this.answer(context, approvalId, await decideApproval(this.gateway.approvals, context, approvalId, asked));
  }

  @Post('approvals/:approval_id/delegate')
  @Endpoint({
    summary: 'Let another person decide in your place; needs a sign-in of the last minutes',
    permission: 'decommission.approve',
    body: DelegateApprovalRequest,
    ...change,
  })
  async delegate(
    @Context() context: CommandContext,
    @Param('approval_id', idPipe) approvalId: string,
    @Body(bodyOf(DelegateApprovalRequest)) { to_user_id, reason }: DelegateApprovalRequest,
  ) {
    return this.answer(context, approvalId, await delegateApproval(this.gateway.approvals, context, approvalId, { to_user_id, reason }));
  }

  @Post('approvals/:approval_id/delegation/revoke')
  @Endpoint({
    summary: 'Take a delegation back, or hand it back',
    permission: 'decommission.approve',
    body: RevokeDelegationRequest,
    ...change,
  })
  async revoke(
    @Context() context: CommandContext,
    @Param('approval_id', idPipe) approvalId: string,
    @Body(bodyOf(RevokeDelegationRequest)) { reason }: RevokeDelegationRequest,
  ) {
    return this.answer(context, approvalId, await revokeDelegation(this.gateway.approvals, context, approvalId, reason));
  }

  // Operators answer questions as well as approvers ask them: the aggregate knows who takes part, reading alone is not it.
  @Post('approvals/:approval_id/comments')
  @Endpoint({
    summary: 'Say something about an approval; it changes nothing that was signed',
    permission: 'decommission.read',
    body: CommentApprovalRequest,
    ...change,
  })
  async comment(
    @Context() context: CommandContext,
    @Param('approval_id', idPipe) approvalId: string,
    @Body(bodyOf(CommentApprovalRequest)) { comment }: CommentApprovalRequest,
  ) {
    return this.answer(context, approvalId, await commentApproval(this.gateway.approvals, context, approvalId, comment));
  }

  private answer(context: CommandContext, approvalId: string, token: StreamToken) {
    return afterWrite(this.gateway, token, () => this.reader.one(context, approvalId));
  }
}
