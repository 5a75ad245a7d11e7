import { Body, Controller, Get, Inject, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { RegulationCatalogueAnswer, RetentionAdviceAnswer, RetentionAdviceRequest } from '@lastcopy/contracts';
import type { CommandContext } from '@lastcopy/eventing';
import { GATEWAY, type Gateway } from '../gateway.js';
import { Endpoint } from './endpoint.js';
import { bodyOf, Context } from './request-scope.js';

@ApiTags('regulations')
@Controller('api/v1/regulations')
export class RegulationsController {
  constructor(@Inject(GATEWAY) private readonly gateway: Gateway) {}

  @Get()
  @Endpoint({
    summary: 'What laws and standards say about retention, with the clause of each',
    permission: 'decommission.read',
    answer: RegulationCatalogueAnswer,
  })
  regulations(@Context() context: CommandContext) {
    return this.ask(context, 'DescribeRegulations', {});
  }

  @Post('advice')
  @Endpoint({
    summary: 'How long data like this is to be kept, and why; changes nothing',
    permission: 'decommission.read',
    body: RetentionAdviceRequest,
    answer: RetentionAdviceAnswer,
  })
  advice(@Context() context: CommandContext, @Body(bodyOf(RetentionAdviceRequest)) question: RetentionAdviceRequest) {
    return this.ask(context, 'AdviseRetention', question);
  }

  private async ask({ command_id, tenant, actor }: CommandContext, name: 'DescribeRegulations' | 'AdviseRetention', question: object) {
    const sent = await this.gateway.deps.commands.send<object, 'policy-service'>('policy-service', name, question, {
      command_id,
      tenant,
      actor,
    });
    return sent.answer;
  }
}
