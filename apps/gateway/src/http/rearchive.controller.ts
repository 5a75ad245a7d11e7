import { Body, Controller, Inject, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { RearchiveAnswer, RearchiveRequest } from '@lastcopy/contracts';
import type { CommandContext } from '@lastcopy/eventing';
import { rearchive, supersededBy } from '../decommission-flow/commands/rearchive.js';
import { GATEWAY, type Gateway } from '../gateway.js';
import { FlowReader } from '../views/flow-reader.js';
import { afterWrite } from './answers.js';
import { Endpoint } from './endpoint.js';
import { bodyOf, Context, idPipe } from './request-scope.js';

@ApiTags('archive jobs')
@Controller('api/v1/archive-jobs')
export class RearchiveController {
  private readonly reader: FlowReader;

  constructor(@Inject(GATEWAY) private readonly gateway: Gateway) {
    this.reader = new FlowReader(gateway);
  }

  @Post(':job_id/rearchive')
  @Endpoint({
    summary: 'Make an archive again under what is approved now; what is locked already stays in the store',
    permission: 'decommission.execute',
    body: RearchiveRequest,
    answer: RearchiveAnswer,
    params: ['job_id'],
    writes: true,
  })
  async again(
    @Context() context: CommandContext,
    @Param('job_id', idPipe) jobId: string,
    @Body(bodyOf(RearchiveRequest)) { reason }: RearchiveRequest,
  ) {
    const job = await this.reader.jobRecord(context.tenant, jobId);
    const { reader, deps } = this.gateway;
    const token = await rearchive({ reader, commands: deps.commands }, context, job, reason);
    const superseded = supersededBy(job);
    return afterWrite(this.gateway, token, async () => ({ ...(await this.reader.job(context.tenant, jobId)), superseded }));
  }
}
