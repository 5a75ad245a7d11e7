import { Controller, Get, Inject, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ProceedAnswer, ReadinessAnswer } from '@lastcopy/contracts';
import type { CommandContext } from '@lastcopy/eventing';
import { CodedError } from '@lastcopy/kernel';
import { notices } from '../evidence/readiness.js';
import { GATEWAY, type Gateway } from '../gateway.js';
import { FlowReader } from '../views/flow-reader.js';
import { afterWrite, Pending } from './answers.js';
import { Endpoint } from './endpoint.js';
import { Context, idPipe } from './request-scope.js';

/** Passes the gate, or throws GATE_BLOCKED with the blockers. 202 while it is still being decided. */
export async function proceedToShutdown(gateway: Gateway, context: CommandContext, flowId: string): Promise<ProceedAnswer | Pending> {
  const { flow, token, decided } = await gateway.proceed.proceed(context, flowId);
  const { transition } = flow;
  if (!decided || !transition) return new Pending(token);
  return afterWrite(gateway, token, async () => {
    const status = await new FlowReader(gateway).status(context.tenant, flowId);
    const { gate_no, evidence_root, summary } = transition;
    return { ...status, gate_no, evidence_root, summary };
  });
}

@ApiTags('gate')
@Controller('api/v1/decommission-flow')
export class GateController {
  constructor(@Inject(GATEWAY) private readonly gateway: Gateway) {}

  @Get(':flow_id/readiness')
  @Endpoint({
    summary: 'What keeps a flow from system shutdown',
    permission: 'decommission.read',
    answer: ReadinessAnswer,
    params: ['flow_id'],
  })
  async readiness(@Context() { tenant }: CommandContext, @Param('flow_id', idPipe) flowId: string): Promise<ReadinessAnswer> {
    const reading = await this.gateway.reader.read(tenant, flowId);
    if (!reading) throw new CodedError('NOT_FOUND', `There is no flow ${flowId}`);
    const { blockers } = reading;
    return { flow_id: flowId, ready: blockers.length === 0, blockers, notices: notices(reading.facts) };
  }

  @Post(':flow_id/proceed-to-shutdown')
  @Endpoint({
    summary: 'Pass the gate to system shutdown',
    permission: 'decommission.execute',
    answer: ProceedAnswer,
    params: ['flow_id'],
    writes: true,
  })
  proceed(@Context() context: CommandContext, @Param('flow_id', idPipe) flowId: string) {
    return proceedToShutdown(this.gateway, context, flowId);
  }
}
