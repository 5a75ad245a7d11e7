import { Body, Controller, Get, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  AlertAnswer,
  ConnectionReportAnswer,
  PolicyAnswer,
  RegisterSystemRequest,
  SystemAnswer,
  type ConnectionReport,
  type Tenant,
} from '@lastcopy/contracts';
import { deterministicId, type CommandContext } from '@lastcopy/eventing';
import { CodedError } from '@lastcopy/kernel';
import { GATEWAY, type Gateway } from '../gateway.js';
import { alertFold } from '../records/alert-record.js';
import { jobFold } from '../records/job-record.js';
import { policyFold } from '../records/policy-record.js';
import { systemFold } from '../records/system-record.js';
import type { Page } from '../read-model/record-queries.js';
import { alertView, policyView, systemView } from '../views/inventory-view.js';
import { afterWrite, Listed } from './answers.js';
import { Endpoint } from './endpoint.js';
import { bodyOf, Context, idPipe, PageOfQuery } from './request-scope.js';

const connectionTestMs = 30_000;

@ApiTags('inventory')
@Controller('api/v1')
export class InventoryController {
  constructor(@Inject(GATEWAY) private readonly gateway: Gateway) {}

  @Get('systems')
  @Endpoint({ summary: 'Registered systems', permission: 'decommission.read', answer: SystemAnswer, list: true })
  async systems(@Context() { tenant }: CommandContext, @PageOfQuery() page: Page) {
    const { records, total } = await this.gateway.queries.list(systemFold, tenant, {}, page);
    return new Listed(records.map(systemView), total);
  }

  @Post('systems')
  @Endpoint({
    summary: 'Register a system and where its data lies',
    permission: 'decommission.write',
    body: RegisterSystemRequest,
    answer: SystemAnswer,
    writes: true,
  })
  async register(@Context() context: CommandContext, @Body(bodyOf(RegisterSystemRequest)) body: RegisterSystemRequest) {
    const { command_id, tenant, actor } = context;
    const system_id = deterministicId('system', tenant.client_account_id, tenant.engagement_id, command_id);
    const sent = await this.gateway.deps.commands.send(
      'archive-service',
      'RegisterSystem',
      { ...body, system_id },
      { command_id, tenant, actor },
    );
    return afterWrite(this.gateway, sent.token, () => this.systemOf(tenant, system_id));
  }

  @Get('systems/:system_id')
  @Endpoint({ summary: 'A registered system', permission: 'decommission.read', answer: SystemAnswer, params: ['system_id'] })
  system(@Context() { tenant }: CommandContext, @Param('system_id', idPipe) systemId: string) {
    return this.systemOf(tenant, systemId);
  }

  @Post('systems/:system_id/test')
  @Endpoint({
    summary: "Connect to a system's source and say what is wrong",
    permission: 'decommission.write',
    answer: ConnectionReportAnswer,
    params: ['system_id'],
    writes: true,
  })
  async test(@Context() context: CommandContext, @Param('system_id', idPipe) systemId: string) {
    const { command_id, tenant, actor } = context;
    await this.systemOf(tenant, systemId);
    const options = { command_id, tenant, actor, timeoutMs: connectionTestMs };
    const { commands } = this.gateway.deps;
    const sent = await commands.send<ConnectionReport, 'archive-service'>(
      'archive-service',
      'TestSystemConnection',
      { system_id: systemId },
      options,
    );
    return sent.answer;
  }

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

  private async systemOf(tenant: Tenant, systemId: string): Promise<SystemAnswer> {
    const system = await this.gateway.queries.get(systemFold, tenant, systemId);
    if (!system) throw new CodedError('NOT_FOUND', `There is no system ${systemId}`);
    return systemView(system);
  }
}
