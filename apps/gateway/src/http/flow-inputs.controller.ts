import { randomUUID } from 'node:crypto';
import { Body, Controller, Delete, Get, Inject, Param, Post, Put, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import {
  DraftAnswer,
  DraftDiscardedAnswer,
  FlowInputAnswer,
  flowInputKinds,
  SaveDraftRequest,
  type FlowInputKind,
  type Tenant,
} from '@lastcopy/contracts';
import type { CommandContext } from '@lastcopy/eventing';
import { CodedError } from '@lastcopy/kernel';
import type { FlowFacts } from '../evidence/flow-facts.js';
import { dropDraft, findDraft, saveDraft, type Draft } from '../flow-input/drafts.js';
import { refuseOtherWriters, refuseUnlessTaken } from '../flow-input/domain/input-rules.js';
import { inputFlowOf, submitInput } from '../flow-input/commands/submit-input.js';
import { GATEWAY, type Gateway } from '../gateway.js';
import { flowInputFold } from '../records/flow-input-record.js';
import type { Page } from '../read-model/record-queries.js';
import { afterWrite, Listed } from './answers.js';
import { AuditedAs } from './audit.interceptor.js';
import { Endpoint } from './endpoint.js';
import { bodyOf, Context, idPipe, PageOfQuery } from './request-scope.js';
import { IfMatch, requiredVersion, TakesIfMatch, versionOf, versionTag } from './version-tag.js';

const ofFlow = 'decommission-flow/:flow_id/inputs';

const kindPipe = {
  transform(value: string): FlowInputKind {
    if ((flowInputKinds as readonly string[]).includes(value)) return value as FlowInputKind;
    throw new CodedError('NOT_FOUND', `There is no input of kind ${value.slice(0, 64)}; there are ${flowInputKinds.join(', ')}`);
  },
};

const draftView = ({ flow_id, kind, version, content, edited_by, edited_at }: Draft): DraftAnswer => ({
  ...{ flow_id, kind, version, content, edited_by },
  edited_at: edited_at.toISOString(),
});

// Each kind is filled in by roles of its own, which share no permission but the one to read: who may is the kind's rule.
@ApiTags('inputs')
@Controller('api/v1')
export class FlowInputsController {
  constructor(@Inject(GATEWAY) private readonly gateway: Gateway) {}

  @Get(ofFlow)
  @Endpoint({
    summary: 'What people submitted by hand for a flow, oldest first',
    permission: 'decommission.read',
    answer: FlowInputAnswer,
    list: true,
    params: ['flow_id'],
  })
  async list(@Context() { tenant }: CommandContext, @Param('flow_id', idPipe) flow_id: string, @PageOfQuery() page: Page) {
    await this.factsOf(tenant, flow_id);
    const { records, total } = await this.gateway.queries.list(flowInputFold, tenant, { flow_id }, page);
    return new Listed(records, total);
  }

  @Get(`${ofFlow}/:kind/draft`)
  @Endpoint({
    summary: 'The draft of an input, shared by all who work on it',
    permission: 'decommission.read',
    answer: DraftAnswer,
    params: ['flow_id', 'kind'],
  })
  async draft(
    @Context() { tenant }: CommandContext,
    @Param('flow_id', idPipe) flow_id: string,
    @Param('kind', kindPipe) kind: FlowInputKind,
    @Res({ passthrough: true }) response: Response,
  ) {
    await this.factsOf(tenant, flow_id);
    const draft = await findDraft(this.query(tenant), { tenant, flow_id, kind });
    if (!draft) throw new CodedError('NOT_FOUND', `Flow ${flow_id} has no draft of ${kind}`);
    return this.tagged(response, draft);
  }

  @AuditedAs('Draft of an input saved')
  @Put(`${ofFlow}/:kind/draft`)
  @TakesIfMatch({ required: false })
  @Endpoint({
    summary: 'Save the draft of an input, complete or not; one that stands is changed with If-Match',
    permission: 'decommission.read',
    body: SaveDraftRequest,
    answer: DraftAnswer,
    params: ['flow_id', 'kind'],
    writes: true,
  })
  async save(
    @Context() { tenant, actor }: CommandContext,
    @Param('flow_id', idPipe) flow_id: string,
    @Param('kind', kindPipe) kind: FlowInputKind,
    @Body(bodyOf(SaveDraftRequest)) { content }: SaveDraftRequest,
    @Res({ passthrough: true }) response: Response,
    @IfMatch() ifMatch?: string,
  ) {
    refuseUnlessTaken(kind, inputFlowOf(await this.factsOf(tenant, flow_id)));
    refuseOtherWriters(kind, actor);
    const edit = { content, edited_by: actor.user_id, version: versionOf(ifMatch), draft_id: randomUUID() };
    return this.tagged(response, await saveDraft(this.query(tenant), { tenant, flow_id, kind }, edit));
  }

  @AuditedAs('Draft of an input discarded')
  @Delete(`${ofFlow}/:kind/draft`)
  @TakesIfMatch()
  @Endpoint({
    summary: 'Throw the draft of an input away',
    permission: 'decommission.read',
    answer: DraftDiscardedAnswer,
    params: ['flow_id', 'kind'],
    writes: true,
  })
  async discard(
    @Context() { tenant, actor }: CommandContext,
    @Param('flow_id', idPipe) flow_id: string,
    @Param('kind', kindPipe) kind: FlowInputKind,
    @IfMatch() ifMatch?: string,
  ): Promise<DraftDiscardedAnswer> {
    await this.factsOf(tenant, flow_id);
    refuseOtherWriters(kind, actor);
    const version = requiredVersion(ifMatch, 'a draft');
    return { discarded: await dropDraft(this.query(tenant), { tenant, flow_id, kind }, version) };
  }

  @Post(`${ofFlow}/:kind/submit`)
  @TakesIfMatch()
  @Endpoint({
    summary: 'Submit the draft of an input: checked in full, carried out, recorded',
    permission: 'decommission.read',
    answer: FlowInputAnswer,
    params: ['flow_id', 'kind'],
    writes: true,
  })
  async submit(
    @Context() context: CommandContext,
    @Param('flow_id', idPipe) flow_id: string,
    @Param('kind', kindPipe) kind: FlowInputKind,
    @IfMatch() ifMatch?: string,
  ) {
    const { reader, deps } = this.gateway;
    const { tenant } = context;
    await this.factsOf(tenant, flow_id);
    const parts = { store: deps.eventing.store, reader, commands: deps.commands };
    const { input_id, token } = await submitInput(parts, context, { flow_id, kind, version: requiredVersion(ifMatch, 'a draft') });
    return afterWrite(this.gateway, token, async () => {
      const input = await this.gateway.queries.get(flowInputFold, tenant, input_id);
      if (!input) throw new CodedError('NOT_FOUND', `There is no input ${input_id}`);
      return input;
    });
  }

  private tagged(response: Response, draft: Draft): DraftAnswer {
    response.setHeader('ETag', versionTag(draft.version));
    return draftView(draft);
  }

  private query(tenant: Tenant) {
    return this.gateway.deps.eventing.store.within(tenant);
  }

  private async factsOf(tenant: Tenant, flowId: string): Promise<FlowFacts> {
    const reading = await this.gateway.reader.read(tenant, flowId);
    if (!reading) throw new CodedError('NOT_FOUND', `There is no flow ${flowId}`);
    return reading.facts;
  }
}
