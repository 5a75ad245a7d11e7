import { pipeline } from 'node:stream/promises';
import { Controller, Get, Inject, Param, Post, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { AuditEntry, AuditVerification, LogAnchored } from '@lastcopy/contracts';
import { logHeads, type CommandContext } from '@lastcopy/eventing';
import { CodedError } from '@lastcopy/kernel';
import { activeTraceId } from '@lastcopy/platform';
import { exportAudit, mediaTypes } from '../audit/export-audit.js';
import { withNames, withNamesOfAll, type NamesOf } from '../audit/named-actors.js';
import { cursorOf, nextCursor, refuseOffset } from '../audit/audit-request.js';
import { knownAnchors } from '../audit/known-anchors.js';
import { LogVerifier } from '../audit/verify-logs.js';
import { GATEWAY, type Gateway } from '../gateway.js';
import type { Page } from '../read-model/record-queries.js';
import { Listed } from './answers.js';
import { Endpoint } from './endpoint.js';
import { QueryOf } from './query-of.js';
import { AuditExportQuery, auditFilterOf, AuditPageQuery } from './query-shapes.js';
import { Context, PageOfQuery, type GatewayRequest } from './request-scope.js';

/** An anchor reads every log before it signs. */
const anchorMs = 60_000;

@ApiTags('audit')
@Controller('api/v1/audit-events')
export class AuditController {
  private readonly namesOf: NamesOf;
  private readonly verifier: LogVerifier;

  constructor(@Inject(GATEWAY) private readonly gateway: Gateway) {
    this.verifier = new LogVerifier(gateway.deps);
    this.namesOf = async (tenant) => new Map((await gateway.people.all(tenant)).map(({ user_id, name }) => [user_id, name]));
  }

  @Get()
  @Endpoint({
    summary: 'The audit trail, the newest entry first; X-Next-Cursor leads on',
    permission: 'decommission.read',
    answer: AuditEntry,
    list: true,
    query: AuditPageQuery,
  })
  async list(
    @Context() { tenant }: CommandContext,
    @PageOfQuery() { limit, offset }: Page,
    @QueryOf(AuditPageQuery) query: AuditPageQuery,
    @Res({ passthrough: true }) response: Response,
  ): Promise<AuditEntry[]> {
    refuseOffset(offset);
    const entries = await this.gateway.audit.page(tenant, auditFilterOf(query), limit, cursorOf(query.cursor));
    const next = entries.length === limit ? nextCursor(entries) : null;
    if (next) response.setHeader('X-Next-Cursor', next);
    return withNames(this.namesOf, tenant, entries);
  }

  @Get('export')
  @Endpoint({
    summary: 'The audit trail as a file; its last row says how many entries it holds',
    permission: 'decommission.read',
    query: AuditExportQuery,
    produces: 'text/csv',
  })
  async export(
    @Context() { tenant, actor }: CommandContext,
    @QueryOf(AuditExportQuery) query: AuditExportQuery,
    @Req() request: GatewayRequest,
    @Res() response: Response,
  ): Promise<void> {
    const { format = 'csv' } = query;
    const { audit, auditedRequests, deps } = this.gateway;
    const filter = auditFilterOf(query);
    const through_seq = await audit.newest(tenant);
    const log_heads = (await logHeads(deps.eventing.store)).map(({ source, position, hash }) => `${source}@${position} ${hash}`);
    const chosen = Object.entries(filter).map(([name, value]) => `${name}=${value}`);
    await auditedRequests.record({
      ...{ tenant, actor, method: request.method, path: request.path, outcome: 'done', code: null, reason: null, params: {} },
      ...{ action: `Audit trail exported as ${format}${chosen.length > 0 ? ` (${chosen.join(', ')})` : ''}`, trace_id: activeTraceId() },
    });
    response.setHeader('Content-Type', mediaTypes[format]);
    response.setHeader('Content-Disposition', `attachment; filename="audit-${deps.clock.now().toISOString().slice(0, 10)}.${format}"`);
    const entries = withNamesOfAll(this.namesOf, tenant, audit.all(tenant, filter, through_seq));
    await pipeline([...exportAudit(format, entries, (count) => ({ entries: count, through_seq, log_heads })), response]);
  }

  @Get('anchors')
  @Endpoint({
    summary: "The signed heads of all services' logs in the object store, the newest first",
    permission: 'decommission.read',
    answer: LogAnchored,
    list: true,
  })
  async anchors(@PageOfQuery() { limit, offset }: Page) {
    const anchors = await knownAnchors(this.gateway.deps.eventing);
    return new Listed(anchors.slice(offset, offset + limit), anchors.length);
  }

  @Post('anchors')
  @Endpoint({
    summary: "Sign where all services' logs end and put it under lock in the object store, now",
    permission: 'decommission.execute',
    answer: LogAnchored,
    writes: true,
  })
  async anchor(@Context() { command_id, tenant, actor }: CommandContext) {
    const { commands } = this.gateway.deps;
    const options = { command_id, tenant, actor, timeoutMs: anchorMs };
    return (await commands.send<LogAnchored, 'integrity-service'>('integrity-service', 'TakeAnchor', {}, options)).answer;
  }

  @Post('verify')
  @Endpoint({
    summary: "Verify the chain of all services' events, and compare it with the signed anchors, read back from the object store",
    permission: 'decommission.read',
    answer: AuditVerification,
  })
  verify(): Promise<AuditVerification> {
    return this.verifier.verify();
  }

  @Get(':seq')
  @Endpoint({ summary: 'An entry of the audit trail', permission: 'decommission.read', answer: AuditEntry, params: ['seq'] })
  async entry(@Context() { tenant }: CommandContext, @Param('seq') seq: string): Promise<AuditEntry> {
    const found = /^\d{1,15}$/.test(seq) ? await this.gateway.audit.entry(tenant, Number(seq)) : null;
    if (!found) throw new CodedError('NOT_FOUND', `There is no audit entry ${seq.slice(0, 20)}`);
    return (await withNames(this.namesOf, tenant, [found]))[0]!;
  }
}
