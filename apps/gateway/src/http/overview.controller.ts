import { Controller, Get, Inject, Param, Req } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { FlowSummaryAnswer, OverviewAnswer } from '@lastcopy/contracts';
import { GATEWAY, type Gateway } from '../gateway.js';
import { OverviewReader } from '../views/overview-reader.js';
import { Endpoint } from './endpoint.js';
import { OverviewQuery } from './query-shapes.js';
import { commandContextOf, idPipe, PageOfQuery, principalOfRequest, type GatewayRequest } from './request-scope.js';
import type { Page } from '../read-model/record-queries.js';

const mostFlows = 50;
const onlookerOf = (request: GatewayRequest) => ({
  context: commandContextOf(request),
  permissions: principalOfRequest(request).permissions,
});

@ApiTags('flows')
@Controller('api/v1')
export class OverviewController {
  private readonly reader: OverviewReader;

  constructor(@Inject(GATEWAY) gateway: Gateway) {
    this.reader = new OverviewReader(gateway);
  }

  @Get('overview')
  @Endpoint({
    summary: 'What waits for the caller, how much is done, and the flows, the newest first; at most 50 at once',
    permission: 'decommission.read',
    answer: OverviewAnswer,
    query: OverviewQuery,
  })
  overview(@Req() request: GatewayRequest, @PageOfQuery() { limit, offset }: Page) {
    return this.reader.overview(onlookerOf(request), { limit: Math.min(limit, mostFlows), offset });
  }

  @Get('decommission-flow/:flow_id/summary')
  @Endpoint({
    summary: 'How far a flow’s migration is, and what the caller can do with it',
    permission: 'decommission.read',
    answer: FlowSummaryAnswer,
    params: ['flow_id'],
  })
  summary(@Req() request: GatewayRequest, @Param('flow_id', idPipe) flowId: string) {
    return this.reader.summary(onlookerOf(request), flowId);
  }
}
