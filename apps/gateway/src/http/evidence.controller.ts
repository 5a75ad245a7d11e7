import { Controller, Get, Inject, Param, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { ArchiveManifestAnswer, EvidenceDocument, FlowPhasesAnswer, TimelineEntry, TimelineFacetsAnswer } from '@lastcopy/contracts';
import type { CommandContext } from '@lastcopy/eventing';
import { CodedError } from '@lastcopy/kernel';
import { timelineFacets, timelinePage } from '../evidence/flow-timeline.js';
import { evidenceOfTransition } from '../evidence/transition-evidence.js';
import { GATEWAY, type Gateway } from '../gateway.js';
import type { Page } from '../read-model/record-queries.js';
import { assignmentFold } from '../records/assignment-record.js';
import { jobFold } from '../records/job-record.js';
import { FlowReader } from '../views/flow-reader.js';
import { manifestView } from '../views/manifest-view.js';
import { timelineEntry } from '../views/timeline-view.js';
import { Listed } from './answers.js';
import { Endpoint } from './endpoint.js';
import { LiveStream } from './live-stream.js';
import { flowScope, tenantScope } from './stream-scopes.js';
import { QueryOf } from './query-of.js';
import { TimelineQuery } from './query-shapes.js';
import { Context, idPipe, PageOfQuery, type GatewayRequest } from './request-scope.js';

const phaseDescriptions = [
  { name: 'decommission_planning', title: 'Decommission Planning', order: 1, estimated_duration_minutes: 45 },
  { name: 'data_migration', title: 'Data Migration', order: 2, estimated_duration_minutes: 120 },
  { name: 'system_shutdown', title: 'System Shutdown', order: 3, estimated_duration_minutes: 60 },
] as const;

@ApiTags('evidence')
@Controller('api/v1')
export class EvidenceController {
  private readonly reader: FlowReader;

  constructor(@Inject(GATEWAY) private readonly gateway: Gateway) {
    this.reader = new FlowReader(gateway);
  }

  @Get('flow-metadata/phases/decommission')
  @Endpoint({ summary: 'The phases of a decommission', permission: 'decommission.read', answer: FlowPhasesAnswer, compatible: true })
  phases(): FlowPhasesAnswer {
    return { flow_type: 'decommission', phases: [...phaseDescriptions] };
  }

  @Get('decommission-flow/:flow_id/archive-manifest')
  @Endpoint({
    summary: "The flow's archives in one document, as a download",
    permission: 'decommission.read',
    answer: ArchiveManifestAnswer,
    params: ['flow_id'],
    compatible: true,
  })
  async manifest(
    @Context() { tenant }: CommandContext,
    @Param('flow_id', idPipe) flowId: string,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ArchiveManifestAnswer> {
    const flow = await this.reader.flow(tenant, flowId);
    const [assignments, jobs] = await Promise.all([
      this.gateway.queries.list(assignmentFold, tenant, { flow_id: flowId }),
      this.gateway.queries.list(jobFold, tenant, { flow_id: flowId }),
    ]);
    response.setHeader('Content-Disposition', `attachment; filename="archive-manifest-${flowId}.json"`);
    const holds = await this.reader.holdsOn(tenant, jobs.records);
    return manifestView(flow, assignments.records, jobs.records, holds, tenant, this.reader.now());
  }

  @Get('decommission-flow/:flow_id/evidence')
  @Endpoint({
    summary: 'What the transition rests on: the SHA-256 of this very body is the evidence_root',
    permission: 'decommission.read',
    answer: EvidenceDocument,
    params: ['flow_id'],
  })
  async evidence(
    @Context() { tenant }: CommandContext,
    @Param('flow_id', idPipe) flowId: string,
    @Res() response: Response,
  ): Promise<void> {
    const kept = await evidenceOfTransition(this.gateway.deps.eventing.store.within(tenant), tenant, flowId);
    if (!kept) throw new CodedError('NOT_FOUND', `Flow ${flowId} has no evidence: it has not passed the gate, or there is no such flow`);
    response.setHeader('X-Evidence-Root', kept.evidence_root);
    // The bytes as they were hashed: no serializer may write them anew.
    response.type('application/json').send(Buffer.from(kept.document, 'utf8'));
  }

  @Get('decommission-flow/:flow_id/timeline')
  @Endpoint({
    summary: 'The events of a flow, the oldest first; with before_seq the newest first, from there backwards',
    permission: 'decommission.read',
    answer: TimelineEntry,
    list: true,
    params: ['flow_id'],
    query: TimelineQuery,
  })
  async timeline(
    @Context() { tenant }: CommandContext,
    @Param('flow_id', idPipe) flowId: string,
    @PageOfQuery() page: Page,
    @QueryOf(TimelineQuery) { before_seq, ...filter }: TimelineQuery,
  ) {
    await this.reader.flow(tenant, flowId);
    const { store } = this.gateway.deps.eventing;
    const from = before_seq === undefined ? {} : { beforeSeq: Number(before_seq) };
    const { events, total } = await timelinePage(store, tenant, flowId, { ...filter, ...from }, page);
    return new Listed(events.map(timelineEntry), total);
  }

  @Get('decommission-flow/:flow_id/timeline/facets')
  @Endpoint({
    summary: 'Which kinds of events occur in a flow, and whose',
    permission: 'decommission.read',
    answer: TimelineFacetsAnswer,
    params: ['flow_id'],
  })
  async facets(@Context() { tenant }: CommandContext, @Param('flow_id', idPipe) flowId: string) {
    await this.reader.flow(tenant, flowId);
    return timelineFacets(this.gateway.deps.eventing.store, tenant, flowId);
  }

  @Get('stream')
  @Endpoint({
    summary: 'What happens for a tenant, as server-sent events without their data; resumable by Last-Event-ID',
    permission: 'decommission.read',
    produces: 'text/event-stream',
  })
  async tenantStream(@Context() { tenant }: CommandContext, @Req() request: GatewayRequest, @Res() response: Response): Promise<void> {
    await new LiveStream(this.gateway, tenantScope(this.gateway, tenant), response).run(request.get('Last-Event-ID'));
  }

  @Get('decommission-flow/:flow_id/stream')
  @Endpoint({
    summary: 'What happens in a flow, as server-sent events; resumable by Last-Event-ID',
    permission: 'decommission.read',
    params: ['flow_id'],
    produces: 'text/event-stream',
  })
  async stream(
    @Context() { tenant }: CommandContext,
    @Param('flow_id', idPipe) flowId: string,
    @Req() request: GatewayRequest,
    @Res() response: Response,
  ): Promise<void> {
    await this.reader.flow(tenant, flowId);
    await new LiveStream(this.gateway, flowScope(this.gateway, tenant, flowId), response).run(request.get('Last-Event-ID'));
  }
}
