import { Body, Controller, Get, Inject, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { JobActionRequest, jobActions, JobDetailAnswer, TimelineEntry, type JobAction } from '@lastcopy/contracts';
import type { CommandContext } from '@lastcopy/eventing';
import { CodedError } from '@lastcopy/kernel';
import { timelinePage } from '../evidence/flow-timeline.js';
import { GATEWAY, type Gateway } from '../gateway.js';
import type { Page } from '../read-model/record-queries.js';
import { FlowReader } from '../views/flow-reader.js';
import { timelineEntry } from '../views/timeline-view.js';
import { afterWrite, Listed } from './answers.js';
import { Endpoint } from './endpoint.js';
import { actOnJob } from './job-actions.js';
import { bodyOf, Context, idPipe, PageOfQuery } from './request-scope.js';

@ApiTags('archive jobs')
@Controller('api/v1/archive-jobs')
export class JobsController {
  private readonly reader: FlowReader;

  constructor(@Inject(GATEWAY) private readonly gateway: Gateway) {
    this.reader = new FlowReader(gateway);
  }

  @Get(':job_id')
  @Endpoint({
    summary: 'An archive job with every verdict on it',
    permission: 'decommission.read',
    answer: JobDetailAnswer,
    params: ['job_id'],
  })
  get(@Context() { tenant }: CommandContext, @Param('job_id', idPipe) jobId: string) {
    return this.reader.job(tenant, jobId);
  }

  @Get(':job_id/events')
  @Endpoint({
    summary: 'Every event of a job, of all attempts',
    permission: 'decommission.read',
    answer: TimelineEntry,
    list: true,
    params: ['job_id'],
  })
  async events(@Context() { tenant }: CommandContext, @Param('job_id', idPipe) jobId: string, @PageOfQuery() page: Page) {
    const job = await this.reader.jobRecord(tenant, jobId);
    const { events, total } = await timelinePage(this.gateway.deps.eventing.store, tenant, job.flow_id, { job_id: jobId }, page);
    return new Listed(events.map(timelineEntry), total);
  }

  @Post(':job_id/:action')
  @Endpoint({
    summary: `Act on a job: ${jobActions.join(', ')}`,
    permission: 'decommission.execute',
    body: JobActionRequest,
    answer: JobDetailAnswer,
    params: ['job_id', 'action'],
    writes: true,
  })
  async act(
    @Context() context: CommandContext,
    @Param('job_id', idPipe) jobId: string,
    @Param('action') name: string,
    @Body(bodyOf(JobActionRequest)) body: JobActionRequest,
  ) {
    const action = jobActions.find((known) => known === name) as JobAction | undefined;
    if (!action) throw new CodedError('NOT_FOUND', `A job knows no action "${name}"; it knows ${jobActions.join(', ')}`);
    const job = await this.reader.jobRecord(context.tenant, jobId);
    const token = await actOnJob(this.gateway, context, job, action, body.reason ?? undefined);
    return afterWrite(this.gateway, token, () => this.reader.job(context.tenant, jobId));
  }
}
