import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { AlertAnswer, PolicyAnswer, type Tenant } from '@lastcopy/contracts';
import type { CommandContext } from '@lastcopy/eventing';
import { GATEWAY, type Gateway } from '../gateway.js';
import { alertFold } from '../records/alert-record.js';
import { jobFold } from '../records/job-record.js';
import { policyFold } from '../records/policy-record.js';
import type { Page } from '../read-model/record-queries.js';
import { alertView, policyView } from '../views/inventory-view.js';
import { afterWrite, Listed } from './answers.js';
import { Endpoint } from './endpoint.js';
import { Context, PageOfQuery } from './request-scope.js';

@ApiTags('inventory')
@Controller('api/v1')
export class InventoryController {
  constructor(@Inject(GATEWAY) private readonly gateway: Gateway) {}

  @Get('retention-policies')
  @Endpoint({ summary: 'The retention policies in force', permission: 'decommission.read', answer: PolicyAnswer, list: true })
  async policies(@Context() context: CommandContext, @PageOfQuery() page: Page) {
    const { command_id, tenant, actor } = context;
    const found = await this.gateway.queries.list(policyFold, tenant, {}, page);
    if (found.total > 0) return this.listPolicies(tenant, found.records, found.total);
    const sent = await this.gateway.deps.commands.send('policy-service', 'EnsureTenantPolicies', {}, { command_id, tenant, actor });
    return afterWrite(this.gateway, sent.token, async () => {
      const made = await this.gateway.queries.list(policyFold, tenant, {}, page);
      return this.listPolicies(tenant, made.records, made.total);
    });
  }

  @Get('alerts')
  @Endpoint({
    summary: 'Alerts, the newest first',
    permission: 'decommission.read',
    answer: AlertAnswer,
    list: true,
    query: ['flow_id'],
  })
  async alerts(@Context() { tenant }: CommandContext, @PageOfQuery() page: Page, @Query('flow_id') flowId?: string) {
    const filter = flowId ? { flow_id: flowId } : {};
    const { records, total } = await this.gateway.queries.list(alertFold, tenant, filter, { ...page, newestFirst: true });
    const jobIds = records.flatMap(({ job_id }) => job_id ?? []);
    const jobs = [...(await this.gateway.queries.getAll(jobFold, tenant, [...new Set(jobIds)])).values()];
    return new Listed(
      records.map((alert) => alertView(alert, jobs)),
      total,
    );
  }

  private listPolicies(tenant: Tenant, records: Parameters<typeof policyView>[0][], total: number) {
    return new Listed(
      records.map((policy) => policyView(policy, tenant)),
      total,
    );
  }
}
