import { Controller, Get, Inject } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { AlertAnswer } from '@lastcopy/contracts';
import type { CommandContext } from '@lastcopy/eventing';
import { GATEWAY, type Gateway } from '../gateway.js';
import { alertFold } from '../records/alert-record.js';
import { artifactFold } from '../records/artifact-record.js';
import { jobFold } from '../records/job-record.js';
import type { Page } from '../read-model/record-queries.js';
import { alertView } from '../views/inventory-view.js';
import { Listed } from './answers.js';
import { Endpoint } from './endpoint.js';
import { QueryOf } from './query-of.js';
import { AlertQuery } from './query-shapes.js';
import { Context, PageOfQuery } from './request-scope.js';

@ApiTags('inventory')
@Controller('api/v1')
export class InventoryController {
  constructor(@Inject(GATEWAY) private readonly gateway: Gateway) {}

  @Get('alerts')
  @Endpoint({
    summary: 'Alerts, the newest first',
    permission: 'decommission.read',
    answer: AlertAnswer,
    list: true,
    query: AlertQuery,
  })
  async alerts(@Context() { tenant }: CommandContext, @PageOfQuery() page: Page, @QueryOf(AlertQuery) { flow_id }: AlertQuery) {
    const filter = flow_id ? { flow_id: flow_id.toLowerCase() } : {};
    const { records, total } = await this.gateway.queries.list(alertFold, tenant, filter, { ...page, newestFirst: true });
    const named = (ids: readonly (string | null | undefined)[]): string[] => [...new Set(ids.flatMap((id) => id ?? []))];
    const [jobs, artifacts] = await Promise.all([
      this.gateway.queries.getAll(jobFold, tenant, named(records.map(({ job_id }) => job_id))),
      this.gateway.queries.getAll(artifactFold, tenant, named(records.map(({ artifact_id }) => artifact_id))),
    ]);
    return new Listed(
      records.map((alert) => alertView(alert, [...jobs.values()], [...artifacts.values()])),
      total,
    );
  }
}
