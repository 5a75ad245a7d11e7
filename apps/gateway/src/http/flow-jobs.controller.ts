import { Body, Controller, Get, Inject, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  BulkJobAnswer,
  BulkJobRequest,
  JobActionRequest,
  JobAnswer,
  JobDetailAnswer,
  VerificationsRequest,
  type BulkJobOutcome,
} from '@lastcopy/contracts';
import { deterministicId, type CommandContext } from '@lastcopy/eventing';
import { isCodedError } from '@lastcopy/kernel';
import { startMigration } from '../decommission-flow/commands/start-migration.js';
import { GATEWAY, type Gateway } from '../gateway.js';
import { jobFold } from '../records/job-record.js';
import type { Page } from '../read-model/record-queries.js';
import { FlowReader } from '../views/flow-reader.js';
import { afterWrite, Listed } from './answers.js';
import { Endpoint } from './endpoint.js';
import { actOnJob, refuseImpossible, refuseUnapproved } from './job-actions.js';
import { bodyOf, Context, idPipe, PageOfQuery, whole } from './request-scope.js';

@ApiTags('archive jobs')
@Controller('api/v1/decommission-flow')
export class FlowJobsController {
  private readonly reader: FlowReader;

  constructor(@Inject(GATEWAY) private readonly gateway: Gateway) {
    this.reader = new FlowReader(gateway);
  }

  @Get(':flow_id/archive-jobs')
  @Endpoint({
    summary: "A flow's archive jobs",
    permission: 'decommission.read',
    answer: JobAnswer,
    list: true,
    params: ['flow_id'],
    compatible: true,
  })
  async list(@Context() { tenant }: CommandContext, @Param('flow_id', idPipe) flowId: string, @PageOfQuery(whole) page: Page) {
    const { records, total } = await this.reader.jobs(tenant, flowId, page);
    return new Listed(records, total);
  }

  @Post(':flow_id/archive-jobs')
  @Endpoint({
    summary: 'Start the migration: one archive job a system',
    permission: 'decommission.execute',
    answer: JobAnswer,
    list: true,
    params: ['flow_id'],
    writes: true,
  })
  async start(@Context() context: CommandContext, @Param('flow_id', idPipe) flowId: string) {
    const { reader, deps } = this.gateway;
    const { token } = await startMigration({ reader, commands: deps.commands }, context, flowId);
    return afterWrite(this.gateway, token, () => this.list(context, flowId, { limit: whole, offset: 0 }));
  }

  @Post(':flow_id/archive-jobs/bulk')
  @Endpoint({
    summary: 'Pause, resume, cancel or retry several jobs; with dry_run only say what would happen',
    permission: 'decommission.execute',
    body: BulkJobRequest,
    answer: BulkJobAnswer,
    params: ['flow_id'],
    writes: true,
  })
  async bulk(
    @Context() context: CommandContext,
    @Param('flow_id', idPipe) flowId: string,
    @Body(bodyOf(BulkJobRequest)) body: BulkJobRequest,
  ): Promise<BulkJobAnswer> {
    await this.reader.flow(context.tenant, flowId);
    const results: BulkJobOutcome[] = [];
    for (const jobId of new Set(body.job_ids.map((id) => id.toLowerCase()))) results.push(await this.bulkOne(context, flowId, jobId, body));
    return { dry_run: body.dry_run ?? false, results };
  }

  private async bulkOne(context: CommandContext, flowId: string, job_id: string, body: BulkJobRequest): Promise<BulkJobOutcome> {
    try {
      const job = await this.gateway.queries.get(jobFold, context.tenant, job_id);
      if (job?.flow_id !== flowId) return { job_id, outcome: 'refused', code: 'NOT_FOUND', message: 'The flow has no such job' };
      if (body.dry_run) {
        refuseImpossible(job, body.action);
        await refuseUnapproved(this.gateway, context, job, body.action);
        return { job_id, outcome: 'possible' };
      }
      const own = { ...context, command_id: deterministicId('bulk', context.command_id, job_id) };
      await actOnJob(this.gateway, own, job, body.action, body.reason ?? undefined);
      return { job_id, outcome: 'done' };
    } catch (error) {
      if (!isCodedError(error)) throw error;
      return { job_id, outcome: 'refused', code: error.code, message: error.message };
    }
  }

  @Post('archive-jobs/:job_id/retry')
  @Endpoint({
    summary: 'Try a failed or cancelled job again',
    permission: 'decommission.execute',
    body: JobActionRequest,
    answer: JobDetailAnswer,
    params: ['job_id'],
    writes: true,
    compatible: true,
  })
  async retry(
    @Context() context: CommandContext,
    @Param('job_id', idPipe) jobId: string,
    @Body(bodyOf(JobActionRequest)) body: JobActionRequest,
  ) {
    const job = await this.reader.jobRecord(context.tenant, jobId);
    const token = await actOnJob(this.gateway, context, job, 'retry', body.reason ?? undefined);
    return afterWrite(this.gateway, token, () => this.reader.job(context.tenant, jobId));
  }

  @Post(':flow_id/verifications')
  @Endpoint({
    summary: 'Verify all archives of a flow again',
    permission: 'decommission.execute',
    body: VerificationsRequest,
    answer: BulkJobAnswer,
    params: ['flow_id'],
    writes: true,
  })
  async verifyAll(
    @Context() context: CommandContext,
    @Param('flow_id', idPipe) flowId: string,
    @Body(bodyOf(VerificationsRequest)) body: VerificationsRequest,
  ): Promise<BulkJobAnswer> {
    await this.reader.flow(context.tenant, flowId);
    const { records } = await this.gateway.queries.list(jobFold, context.tenant, { flow_id: flowId });
    const results: BulkJobOutcome[] = [];
    for (const job of records.filter(({ uploaded }) => uploaded)) {
      const own = { ...context, command_id: deterministicId('verify', context.command_id, job.job_id) };
      const outcome = await actOnJob(this.gateway, own, job, 'verify', body.reason ?? undefined).then(
        () => ({ outcome: 'done' as const }),
        (error: unknown) => {
          if (!isCodedError(error) || error.errorClass === 'transient') throw error;
          return { outcome: 'refused' as const, code: error.code, message: error.message };
        },
      );
      results.push({ job_id: job.job_id, ...outcome });
    }
    return { dry_run: false, results };
  }
}
