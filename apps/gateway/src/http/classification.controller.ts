import { Body, Controller, Get, Inject, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  AcceptClassificationRequest,
  DismissClassificationRequest,
  SystemClassificationAnswer,
  type ClassificationPlaces,
} from '@lastcopy/contracts';
import type { CommandContext } from '@lastcopy/eventing';
import { CodedError } from '@lastcopy/kernel';
import { GATEWAY, type Gateway } from '../gateway.js';
import { classificationFold, type ClassificationRecord } from '../records/classification-record.js';
import { systemFold } from '../records/system-record.js';
import { classificationView } from '../views/classification-view.js';
import { afterWrite } from './answers.js';
import { Endpoint } from './endpoint.js';
import { bodyOf, Context, idPipe } from './request-scope.js';

/** Looks that are shown; older ones stay in the log. */
const shownLooks = 20;

@ApiTags('classification')
@Controller('api/v1/systems/:system_id')
export class ClassificationController {
  constructor(@Inject(GATEWAY) private readonly gateway: Gateway) {}

  @Post('classify')
  @Endpoint({
    summary: "Look at a system's source for personal, health and financial data; the answer comes as a suggestion",
    permission: 'decommission.write',
    answer: SystemClassificationAnswer,
    params: ['system_id'],
    writes: true,
  })
  classify(@Context() context: CommandContext, @Param('system_id', idPipe) system_id: string) {
    return this.send(context, 'ClassifySystem', { system_id });
  }

  @Get('classification')
  @Endpoint({
    summary: "The latest look at a system's source, what it suggests, and the looks before it",
    permission: 'decommission.read',
    answer: SystemClassificationAnswer,
    params: ['system_id'],
  })
  classification(@Context() context: CommandContext, @Param('system_id', idPipe) systemId: string) {
    return this.viewOf(context, systemId);
  }

  @Post('classification/accept')
  @Endpoint({
    summary: 'Accept what a look suggests, or a part of it: the system is revised',
    permission: 'decommission.write',
    body: AcceptClassificationRequest,
    answer: SystemClassificationAnswer,
    params: ['system_id'],
    writes: true,
  })
  accept(
    @Context() context: CommandContext,
    @Param('system_id', idPipe) system_id: string,
    @Body(bodyOf(AcceptClassificationRequest)) body: AcceptClassificationRequest,
  ) {
    return this.send(context, 'AcceptClassification', { ...body, system_id });
  }

  @Post('classification/dismiss')
  @Endpoint({
    summary: 'Dismiss what a look suggests, with a reason',
    permission: 'decommission.write',
    body: DismissClassificationRequest,
    answer: SystemClassificationAnswer,
    params: ['system_id'],
    writes: true,
  })
  dismiss(
    @Context() context: CommandContext,
    @Param('system_id', idPipe) system_id: string,
    @Body(bodyOf(DismissClassificationRequest)) body: DismissClassificationRequest,
  ) {
    return this.send(context, 'DismissClassification', { ...body, system_id });
  }

  private async send(
    context: CommandContext,
    command: 'ClassifySystem' | 'AcceptClassification' | 'DismissClassification',
    data: { system_id: string },
  ) {
    const { command_id, tenant, actor } = context;
    await this.systemOf(context, data.system_id);
    const sent = await this.gateway.deps.commands.send('archive-service', command, data, { command_id, tenant, actor });
    return afterWrite(this.gateway, sent.token, () => this.viewOf(context, data.system_id));
  }

  private async systemOf({ tenant }: CommandContext, systemId: string) {
    const system = await this.gateway.queries.get(systemFold, tenant, systemId);
    if (!system) throw new CodedError('NOT_FOUND', `There is no system ${systemId}`);
    return system;
  }

  private async viewOf(context: CommandContext, systemId: string): Promise<SystemClassificationAnswer> {
    const { tenant } = context;
    const system = await this.systemOf(context, systemId);
    const page = { limit: shownLooks, offset: 0, newestFirst: true };
    const { records } = await this.gateway.queries.list(classificationFold, tenant, { where: { system_id: systemId } }, page);
    return classificationView(records, system, await this.placesOf(context, systemId, records));
  }

  /** The names are the archive-service's: while it does not answer, everything but them is shown. */
  private async placesOf(
    { tenant, actor, command_id }: CommandContext,
    system_id: string,
    looks: readonly ClassificationRecord[],
  ): Promise<ClassificationPlaces> {
    const suggestion_ids = looks.filter(({ findings }) => findings.length > 0).map(({ suggestion_id }) => suggestion_id);
    if (suggestion_ids.length === 0) return {};
    const options = { command_id, tenant, actor, timeoutMs: 3_000 };
    try {
      const { commands } = this.gateway.deps;
      const data = { system_id, suggestion_ids };
      const sent = await commands.send<ClassificationPlaces, 'archive-service'>(
        'archive-service',
        'NameClassificationPlaces',
        data,
        options,
      );
      return sent.answer ?? {};
    } catch (error) {
      this.gateway.deps.logger.warn({ err: error, system_id }, 'the places of findings could not be named');
      return {};
    }
  }
}
