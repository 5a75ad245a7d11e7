import { Body, Controller, Get, Inject, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { LegalHoldAnswer, PlaceLegalHoldRequest, ReleaseLegalHoldRequest, type HoldScope, type Tenant } from '@lastcopy/contracts';
import type { CommandContext } from '@lastcopy/eventing';
import { CodedError } from '@lastcopy/kernel';
import { GATEWAY, type Gateway } from '../gateway.js';
import { jobFold } from '../records/job-record.js';
import { legalHoldFold } from '../records/legal-hold-record.js';
import { systemFold } from '../records/system-record.js';
import type { Page } from '../read-model/record-queries.js';
import { afterWrite, Listed } from './answers.js';
import { Endpoint } from './endpoint.js';
import { QueryOf } from './query-of.js';
import { LegalHoldQuery } from './query-shapes.js';
import { bodyOf, Context, idPipe, PageOfQuery } from './request-scope.js';

@ApiTags('legal holds')
@Controller('api/v1/legal-holds')
export class LegalHoldsController {
  constructor(@Inject(GATEWAY) private readonly gateway: Gateway) {}

  @Get()
  @Endpoint({
    summary: 'Legal holds, the newest first',
    permission: 'decommission.read',
    answer: LegalHoldAnswer,
    list: true,
    query: LegalHoldQuery,
  })
  async list(
    @Context() { tenant }: CommandContext,
    @PageOfQuery() page: Page,
    @QueryOf(LegalHoldQuery) { system_id, job_id, status }: LegalHoldQuery,
  ) {
    const scope = { ...(system_id ? { system_id: system_id.toLowerCase() } : {}), ...(job_id ? { job_id: job_id.toLowerCase() } : {}) };
    const where = { ...(status ? { status } : {}), ...(system_id || job_id ? { scope } : {}) };
    const { records, total } = await this.gateway.queries.list(legalHoldFold, tenant, { where }, { ...page, newestFirst: true });
    return new Listed(records, total);
  }

  @Get(':hold_id')
  @Endpoint({ summary: 'A legal hold', permission: 'decommission.read', answer: LegalHoldAnswer, params: ['hold_id'] })
  hold(@Context() { tenant }: CommandContext, @Param('hold_id', idPipe) holdId: string) {
    return this.holdOf(tenant, holdId);
  }

  @Post()
  @Endpoint({
    summary: 'Place a legal hold on a system, or on the archive of a job',
    permission: 'decommission.approve',
    body: PlaceLegalHoldRequest,
    answer: LegalHoldAnswer,
    writes: true,
  })
  async place(@Context() context: CommandContext, @Body(bodyOf(PlaceLegalHoldRequest)) body: PlaceLegalHoldRequest) {
    const { command_id, tenant, actor } = context;
    const { matter, reason, reference } = body;
    const scope = await this.scopeOf(tenant, body);
    const request = { matter, scope, reason, reference: reference ?? null };
    const { commands } = this.gateway.deps;
    const sent = await commands.send<{ hold_id: string }, 'policy-service'>('policy-service', 'PlaceLegalHold', request, {
      command_id,
      tenant,
      actor,
    });
    return afterWrite(this.gateway, sent.token, () => this.holdOf(tenant, sent.answer!.hold_id));
  }

  @Post(':hold_id/release')
  @Endpoint({
    summary: 'Release a legal hold',
    permission: 'decommission.approve',
    body: ReleaseLegalHoldRequest,
    answer: LegalHoldAnswer,
    params: ['hold_id'],
    writes: true,
  })
  async release(
    @Context() context: CommandContext,
    @Param('hold_id', idPipe) hold_id: string,
    @Body(bodyOf(ReleaseLegalHoldRequest)) { reason }: ReleaseLegalHoldRequest,
  ) {
    const { command_id, tenant, actor } = context;
    const options = { command_id, tenant, actor };
    const sent = await this.gateway.deps.commands.send('policy-service', 'ReleaseLegalHold', { hold_id, reason }, options);
    return afterWrite(this.gateway, sent.token, () => this.holdOf(tenant, hold_id));
  }

  /** What is to be held must be there, and be this tenant's. */
  private async scopeOf(tenant: Tenant, { system_id, job_id }: PlaceLegalHoldRequest): Promise<HoldScope> {
    if (Boolean(system_id) === Boolean(job_id)) {
      const errors = [{ pointer: '/system_id', detail: 'name either a system_id or a job_id' }];
      throw new CodedError('VALIDATION_FAILED', 'A legal hold is on a system or on the archive of a job', { details: { errors } });
    }
    const { queries } = this.gateway;
    if (system_id) {
      if (!(await queries.get(systemFold, tenant, system_id))) throw new CodedError('NOT_FOUND', `There is no system ${system_id}`);
      return { kind: 'system', system_id };
    }
    const job = await queries.get(jobFold, tenant, job_id!);
    if (!job?.queued) throw new CodedError('NOT_FOUND', `There is no archive job ${job_id}`);
    return { kind: 'archive', system_id: job.queued.system_id, job_id: job.job_id };
  }

  private async holdOf(tenant: Tenant, holdId: string): Promise<LegalHoldAnswer> {
    const hold = await this.gateway.queries.get(legalHoldFold, tenant, holdId);
    if (!hold) throw new CodedError('NOT_FOUND', `There is no legal hold ${holdId}`);
    return hold;
  }
}
