import { Body, Controller, Get, Inject, Param, Post, Req, Res } from '@nestjs/common';
import { ApiConsumes, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import {
  ArtifactAnswer,
  ArtifactDetailAnswer,
  AttachArtifactForm,
  EvidenceRequirementAnswer,
  parseAs,
  ReplaceArtifactForm,
  SetEvidenceRequirementsRequest,
  WithdrawArtifactRequest,
  type StreamToken,
  type Tenant,
} from '@lastcopy/contracts';
import { deterministicId, type CommandContext } from '@lastcopy/eventing';
import { CodedError } from '@lastcopy/kernel';
import { actorOf, attachArtifact, flowOf, replaceArtifact, withdrawArtifact } from '../artifact/commands/change-artifact.js';
import { lockContent } from '../artifact/commands/lock-artifact.js';
import { setRequirements } from '../artifact/commands/set-requirements.js';
import { discardContent, storeUpload, type StoredUpload } from '../artifact/commands/store-upload.js';
import { artifactRules } from '../artifact/domain/artifact-rules.js';
import { refuseUnlessResponsible } from '../artifact/domain/artifact.js';
import { receiveUpload } from '../artifact/upload/receive-upload.js';
import type { FlowFacts } from '../evidence/flow-facts.js';
import { GATEWAY, type Gateway } from '../gateway.js';
import { artifactFold, type ArtifactRecord } from '../records/artifact-record.js';
import type { Page } from '../read-model/record-queries.js';
import { artifactDetailView, artifactView, requirementViews } from '../views/artifact-view.js';
import { afterWrite, Listed } from './answers.js';
import { sendArtifact } from './send-artifact.js';
import { Endpoint } from './endpoint.js';
import { QueryOf } from './query-of.js';
import { ContentQuery } from './query-shapes.js';
import { bodyOf, Context, idPipe, PageOfQuery, whole, type GatewayRequest } from './request-scope.js';

const textOf = (value: string | undefined): string | null => (value === undefined || value.trim() === '' ? null : value.trim());

@ApiTags('artifacts')
@Controller('api/v1')
export class ArtifactsController {
  constructor(@Inject(GATEWAY) private readonly gateway: Gateway) {}

  @Get('decommission-flow/:flow_id/artifacts')
  @Endpoint({
    summary: "A flow's documents, withdrawn ones included",
    permission: 'decommission.read',
    answer: ArtifactAnswer,
    list: true,
    params: ['flow_id'],
  })
  async list(@Context() { tenant }: CommandContext, @Param('flow_id', idPipe) flowId: string, @PageOfQuery(whole) page: Page) {
    const { artifacts } = await this.factsOf(tenant, flowId);
    return Listed.pageOf(artifacts.map(artifactView), page);
  }

  // Compliance and legal attach as well as operators, and share no permission but this one: who may attach what is the aggregate's rule.
  @Post('decommission-flow/:flow_id/artifacts')
  @ApiConsumes('multipart/form-data')
  @Endpoint({
    summary: 'Attach a document: a form with kind, title, comment and file. Each kind has the roles that may',
    permission: 'decommission.read',
    body: AttachArtifactForm,
    answer: ArtifactDetailAnswer,
    params: ['flow_id'],
    writes: true,
  })
  async attach(
    @Context() context: CommandContext,
    @Param('flow_id', idPipe) flowId: string,
    @Req() request: GatewayRequest,
    @Res({ passthrough: true }) response: Response,
  ) {
    await this.refuseEarly(context, flowId);
    const { tenant, command_id } = context;
    const artifactId = deterministicId('artifact', tenant.client_account_id, tenant.engagement_id, command_id);
    return this.receive(context, { flow_id: flowId, artifact_id: artifactId }, { request, response }, (upload, fields) => {
      const { kind, title, comment } = parseAs(AttachArtifactForm, fields, 'The form');
      return attachArtifact(this.gateway.artifacts, context, kind, upload, { title: textOf(title), comment: textOf(comment) });
    });
  }

  @Get('artifacts/:artifact_id')
  @Endpoint({
    summary: 'A document and all its contents',
    permission: 'decommission.read',
    answer: ArtifactDetailAnswer,
    params: ['artifact_id'],
  })
  async get(@Context() { tenant }: CommandContext, @Param('artifact_id', idPipe) artifactId: string) {
    return artifactDetailView(await this.artifactOf(tenant, artifactId));
  }

  @Get('artifacts/:artifact_id/content')
  @Endpoint({
    summary: 'Download the content, as an attachment; `version` names an earlier one',
    permission: 'decommission.read',
    params: ['artifact_id'],
    query: ContentQuery,
    produces: 'application/octet-stream',
  })
  async content(
    @Context() { tenant }: CommandContext,
    @Param('artifact_id', idPipe) artifactId: string,
    @Res() response: Response,
    @QueryOf(ContentQuery) { version }: ContentQuery,
  ): Promise<void> {
    const artifact = await this.artifactOf(tenant, artifactId);
    const wanted = version ? artifact.versions.find((each) => String(each.version) === version) : artifact.current;
    if (!wanted) throw new CodedError('NOT_FOUND', `Artifact ${artifactId} has no version ${version?.slice(0, 20)}`);
    await sendArtifact(this.gateway, tenant, artifact, wanted, response);
  }

  @Post('artifacts/:artifact_id/replace')
  @ApiConsumes('multipart/form-data')
  @Endpoint({
    summary: 'Put a new content in the place of the present one, which is kept: a form with reason, title, comment and file',
    permission: 'decommission.read',
    body: ReplaceArtifactForm,
    answer: ArtifactDetailAnswer,
    params: ['artifact_id'],
    writes: true,
  })
  async replace(
    @Context() context: CommandContext,
    @Param('artifact_id', idPipe) artifactId: string,
    @Req() request: GatewayRequest,
    @Res({ passthrough: true }) response: Response,
  ) {
    const { flow_id, kind } = await this.artifactOf(context.tenant, artifactId);
    refuseUnlessResponsible(kind, actorOf(context));
    return this.receive(context, { flow_id, artifact_id: artifactId }, { request, response }, (upload, fields) => {
      const { reason, title, comment } = parseAs(ReplaceArtifactForm, fields, 'The form');
      return replaceArtifact(this.gateway.artifacts, context, upload, { reason, title: textOf(title), comment: textOf(comment) });
    });
  }

  @Post('artifacts/:artifact_id/withdraw')
  @Endpoint({
    summary: 'Withdraw a document: it counts no more, and is kept',
    permission: 'decommission.read',
    body: WithdrawArtifactRequest,
    answer: ArtifactDetailAnswer,
    params: ['artifact_id'],
    writes: true,
  })
  async withdraw(
    @Context() context: CommandContext,
    @Param('artifact_id', idPipe) artifact_id: string,
    @Body(bodyOf(WithdrawArtifactRequest)) { reason }: WithdrawArtifactRequest,
  ) {
    const { flow_id } = await this.artifactOf(context.tenant, artifact_id);
    const token = await withdrawArtifact(this.gateway.artifacts, context, { artifact_id, flow_id, reason });
    return this.answer(context.tenant, artifact_id, token);
  }

  @Get('decommission-flow/:flow_id/evidence-requirements')
  @Endpoint({
    summary: 'Which documents a flow needs, and which of them are there',
    permission: 'decommission.read',
    answer: EvidenceRequirementAnswer,
    list: true,
    params: ['flow_id'],
  })
  async requirements(@Context() { tenant }: CommandContext, @Param('flow_id', idPipe) flowId: string, @PageOfQuery(whole) page: Page) {
    return Listed.pageOf(requirementViews(await this.factsOf(tenant, flowId)), page);
  }

  @Post('decommission-flow/:flow_id/evidence-requirements')
  @Endpoint({
    summary: 'Set which documents this flow needs; for compliance and legal, with a reason',
    permission: 'decommission.approve',
    body: SetEvidenceRequirementsRequest,
    answer: EvidenceRequirementAnswer,
    list: true,
    params: ['flow_id'],
    writes: true,
  })
  async setRequirements(
    @Context() context: CommandContext,
    @Param('flow_id', idPipe) flow_id: string,
    @Body(bodyOf(SetEvidenceRequirementsRequest)) { requirements, reason }: SetEvidenceRequirementsRequest,
  ) {
    const token = await setRequirements(this.gateway.artifacts, context, { flow_id, requirements, reason });
    return afterWrite(this.gateway, token, async () => requirementViews(await this.factsOf(context.tenant, flow_id)));
  }

  /** Before a byte is taken: somebody who may attach nothing, or to a flow that is over, need not send it. */
  private async refuseEarly(context: CommandContext, flowId: string): Promise<void> {
    const { flow } = await this.factsOf(context.tenant, flowId);
    const actor = actorOf(context);
    const kinds = Object.values(artifactRules);
    if (actor.service_account || !kinds.some(({ attachedBy }) => attachedBy.some((role) => actor.roles.includes(role)))) {
      throw new CodedError('ARTIFACT_NOT_ALLOWED', `${actor.name} may attach no document of any kind`);
    }
    const { cancelled, transitioned } = flowOf({ flow });
    if (cancelled || transitioned) throw new CodedError('FLOW_STATE', `Flow ${flowId} is over; its documents stay as they are`);
  }

  private async receive(
    { tenant }: CommandContext,
    target: { flow_id: string; artifact_id: string },
    { request, response }: { request: GatewayRequest; response: Response },
    change: (upload: StoredUpload, fields: Record<string, unknown>) => Promise<StreamToken>,
  ) {
    const parts = this.gateway.artifacts;
    const maxBytes = this.gateway.deps.config.ARTIFACT_MAX_BYTES;
    let stored: StoredUpload | undefined;
    try {
      const { fields } = await receiveUpload(request, response, maxBytes, async (file) => {
        stored = await storeUpload(parts, { tenant, ...target, maxBytes, signal: this.gateway.stopping }, file);
      });
      const token = await change(stored!, fields);
      // At once where it can be; where it cannot, the keeper does it in its next round.
      const locked = await lockContent(parts, tenant, target.artifact_id, stored!.object.content_id).catch(() => null);
      return await this.answer(tenant, target.artifact_id, locked ?? token);
    } catch (error) {
      // Nothing happens to what was attached.
      if (stored) await discardContent(parts, stored.place).catch(() => undefined);
      throw error;
    }
  }

  private answer(tenant: Tenant, artifactId: string, token: StreamToken) {
    return afterWrite(this.gateway, token, async () => artifactDetailView(await this.artifactOf(tenant, artifactId)));
  }

  private async artifactOf(tenant: Tenant, artifactId: string): Promise<ArtifactRecord> {
    const artifact = await this.gateway.queries.get(artifactFold, tenant, artifactId);
    if (!artifact) throw new CodedError('NOT_FOUND', `There is no artifact ${artifactId}`);
    return artifact;
  }

  private async factsOf(tenant: Tenant, flowId: string): Promise<FlowFacts> {
    const reading = await this.gateway.reader.read(tenant, flowId);
    if (!reading) throw new CodedError('NOT_FOUND', `There is no flow ${flowId}`);
    return reading.facts;
  }
}
