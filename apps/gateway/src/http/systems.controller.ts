import { Body, Controller, Get, Inject, Param, Patch, Post, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import {
  ConnectionReportAnswer,
  RegisterSystemRequest,
  ReviseSystemRequest,
  SystemAnswer,
  type ConnectionReport,
  type Tenant,
} from '@lastcopy/contracts';
import { deterministicId, type CommandContext } from '@lastcopy/eventing';
import { CodedError } from '@lastcopy/kernel';
import { GATEWAY, type Gateway } from '../gateway.js';
import { systemFold } from '../records/system-record.js';
import type { Page } from '../read-model/record-queries.js';
import { systemView } from '../views/inventory-view.js';
import { afterWrite, Listed } from './answers.js';
import { Endpoint } from './endpoint.js';
import { bodyOf, Context, idPipe, PageOfQuery } from './request-scope.js';
import { IfMatch, requiredVersion, TakesIfMatch, versionTag } from './version-tag.js';

const connectionTestMs = 30_000;

@ApiTags('inventory')
@Controller('api/v1')
export class SystemsController {
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
    const options = { command_id, tenant, actor };
    const sent = await this.gateway.deps.commands.send('archive-service', 'RegisterSystem', { ...body, system_id }, options);
    return afterWrite(this.gateway, sent.token, () => this.systemOf(tenant, system_id));
  }

  @Get('systems/:system_id')
  @Endpoint({ summary: 'A registered system', permission: 'decommission.read', answer: SystemAnswer, params: ['system_id'] })
  async system(
    @Context() { tenant }: CommandContext,
    @Param('system_id', idPipe) systemId: string,
    @Res({ passthrough: true }) response: Response,
  ) {
    const system = await this.systemOf(tenant, systemId);
    response.setHeader('ETag', versionTag(system.version));
    return system;
  }

  @Patch('systems/:system_id')
  @TakesIfMatch()
  @Endpoint({
    summary: "Revise a system's description; jobs that are queued keep the source that they were queued with",
    permission: 'decommission.write',
    body: ReviseSystemRequest,
    answer: SystemAnswer,
    params: ['system_id'],
    writes: true,
  })
  async revise(
    @Context() { command_id, tenant, actor }: CommandContext,
    @Param('system_id', idPipe) system_id: string,
    @Body(bodyOf(ReviseSystemRequest)) { reason, ...changes }: ReviseSystemRequest,
    @IfMatch() ifMatch?: string,
  ) {
    await this.systemOf(tenant, system_id);
    const revision = { system_id, changes, reason, expected_version: requiredVersion(ifMatch, 'a system') };
    const sent = await this.gateway.deps.commands.send('archive-service', 'ReviseSystem', revision, { command_id, tenant, actor });
    return afterWrite(this.gateway, sent.token, () => this.systemOf(tenant, system_id));
  }

  @Post('systems/:system_id/test')
  @Endpoint({
    summary: "Connect to a system's source and say what is wrong",
    permission: 'decommission.write',
    answer: ConnectionReportAnswer,
    params: ['system_id'],
    writes: true,
  })
  async test(@Context() { command_id, tenant, actor }: CommandContext, @Param('system_id', idPipe) system_id: string) {
    await this.systemOf(tenant, system_id);
    const options = { command_id, tenant, actor, timeoutMs: connectionTestMs };
    const { commands } = this.gateway.deps;
    const sent = await commands.send<ConnectionReport, 'archive-service'>(
      'archive-service',
      'TestSystemConnection',
      { system_id },
      options,
    );
    return sent.answer;
  }

  private async systemOf(tenant: Tenant, systemId: string): Promise<SystemAnswer> {
    const system = await this.gateway.queries.get(systemFold, tenant, systemId);
    if (!system) throw new CodedError('NOT_FOUND', `There is no system ${systemId}`);
    return systemView(system);
  }
}
