import { Body, Controller, Delete, Get, Inject, Param, Patch, Post, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import {
  ChangeWebhookEndpointRequest,
  CreateWebhookEndpointRequest,
  WebhookDeliveryAnswer,
  WebhookEndpointAnswer,
  WebhookSecretAnswer,
  type Tenant,
} from '@lastcopy/contracts';
import type { CommandContext } from '@lastcopy/eventing';
import { GATEWAY, type Gateway } from '../gateway.js';
import type { LookedAtEndpoint } from '../notification/webhook-endpoints.js';
import type { Page } from '../read-model/record-queries.js';
import { Listed, ShownOnce } from './answers.js';
import { AuditedAs } from './audit.interceptor.js';
import { Endpoint } from './endpoint.js';
import { bodyOf, Context, idPipe, PageOfQuery } from './request-scope.js';
import { IfMatch, requiredVersion, TakesIfMatch, versionTag } from './version-tag.js';

const write = 'decommission.write';

/** The secret is shown now and never again: not even to the same request. */
const shownOnce = ({ secret, ...endpoint }: WebhookSecretAnswer) => new ShownOnce({ ...endpoint, secret }, endpoint);

@ApiTags('webhooks')
@Controller('api/v1/webhook-endpoints')
export class WebhookEndpointsController {
  constructor(@Inject(GATEWAY) private readonly gateway: Gateway) {}

  @Get()
  @Endpoint({ summary: 'Where notices are posted to', permission: write, answer: WebhookEndpointAnswer, list: true })
  async list(@Context() { tenant }: CommandContext, @PageOfQuery() page: Page) {
    return Listed.pageOf(await this.endpoints().list(tenant), page);
  }

  @AuditedAs('Webhook endpoint created')
  @Post()
  @Endpoint({
    summary: 'Have notices posted to a URL; answers the secret once',
    permission: write,
    body: CreateWebhookEndpointRequest,
    answer: WebhookSecretAnswer,
    writes: true,
  })
  async create(
    @Context() { tenant, actor }: CommandContext,
    @Body(bodyOf(CreateWebhookEndpointRequest)) { url, kinds, description }: CreateWebhookEndpointRequest,
  ) {
    return shownOnce(await this.endpoints().create(tenant, actor.user_id, { url, kinds: kinds ?? [], description }));
  }

  @Get(':endpoint_id')
  @Endpoint({ summary: 'A webhook endpoint', permission: write, answer: WebhookEndpointAnswer, params: ['endpoint_id'] })
  async get(
    @Context() { tenant }: CommandContext,
    @Param('endpoint_id', idPipe) id: string,
    @Res({ passthrough: true }) response: Response,
  ) {
    const endpoint = await this.endpoints().get(tenant, id);
    response.setHeader('ETag', versionTag(endpoint.version));
    return endpoint;
  }

  @AuditedAs('Webhook endpoint changed')
  @Patch(':endpoint_id')
  @TakesIfMatch()
  @Endpoint({
    summary: 'Change a webhook endpoint, or switch it off and on',
    permission: write,
    body: ChangeWebhookEndpointRequest,
    answer: WebhookEndpointAnswer,
    params: ['endpoint_id'],
    writes: true,
  })
  async change(
    @Context() { tenant }: CommandContext,
    @Param('endpoint_id', idPipe) id: string,
    @Body(bodyOf(ChangeWebhookEndpointRequest)) body: ChangeWebhookEndpointRequest,
    @IfMatch() ifMatch?: string,
  ) {
    return this.endpoints().change(tenant, await this.lookedAt(tenant, id, ifMatch), body);
  }

  @AuditedAs('Webhook endpoint removed')
  @Delete(':endpoint_id')
  @TakesIfMatch()
  @Endpoint({
    summary: 'Delete a webhook endpoint and its log',
    permission: write,
    answer: WebhookEndpointAnswer,
    params: ['endpoint_id'],
    writes: true,
  })
  async remove(@Context() { tenant }: CommandContext, @Param('endpoint_id', idPipe) id: string, @IfMatch() ifMatch?: string) {
    return this.endpoints().remove(tenant, await this.lookedAt(tenant, id, ifMatch));
  }

  @AuditedAs('Secret of a webhook endpoint rotated')
  @Post(':endpoint_id/rotate-secret')
  @TakesIfMatch()
  @Endpoint({
    summary: 'Make a new secret; the one before signs as well for a while',
    permission: write,
    answer: WebhookSecretAnswer,
    params: ['endpoint_id'],
    writes: true,
  })
  async rotate(@Context() { tenant }: CommandContext, @Param('endpoint_id', idPipe) id: string, @IfMatch() ifMatch?: string) {
    return shownOnce(await this.endpoints().rotate(tenant, await this.lookedAt(tenant, id, ifMatch)));
  }

  @AuditedAs('Webhook endpoint tested')
  @Post(':endpoint_id/test')
  @Endpoint({
    summary: 'Send a test message',
    permission: write,
    answer: WebhookDeliveryAnswer,
    params: ['endpoint_id'],
    writes: true,
  })
  test(@Context() { tenant }: CommandContext, @Param('endpoint_id', idPipe) id: string) {
    return this.endpoints().ping(tenant, id);
  }

  @Get(':endpoint_id/deliveries')
  @Endpoint({
    summary: 'What was sent to an endpoint and what came of it, the newest first',
    permission: write,
    answer: WebhookDeliveryAnswer,
    list: true,
    params: ['endpoint_id'],
  })
  async deliveries(@Context() { tenant }: CommandContext, @PageOfQuery() page: Page, @Param('endpoint_id', idPipe) id: string) {
    const { deliveries, total } = await this.endpoints().deliveries(tenant, id, page);
    return new Listed(deliveries, total);
  }

  /** What is not there is not found, whatever the header says. */
  private async lookedAt(tenant: Tenant, endpointId: string, ifMatch: string | undefined): Promise<LookedAtEndpoint> {
    await this.endpoints().get(tenant, endpointId);
    return { endpointId, version: requiredVersion(ifMatch, 'a webhook endpoint') };
  }

  private endpoints() {
    return this.gateway.notifications.endpoints;
  }
}

@ApiTags('webhooks')
@Controller('api/v1/webhook-deliveries')
export class WebhookDeliveriesController {
  constructor(@Inject(GATEWAY) private readonly gateway: Gateway) {}

  @Get(':delivery_id')
  @Endpoint({ summary: 'A webhook delivery with its attempts', permission: write, answer: WebhookDeliveryAnswer, params: ['delivery_id'] })
  get(@Context() { tenant }: CommandContext, @Param('delivery_id', idPipe) id: string) {
    return this.gateway.notifications.endpoints.delivery(tenant, id);
  }

  @AuditedAs('Webhook delivery repeated')
  @Post(':delivery_id/redeliver')
  @Endpoint({
    summary: 'Send a delivery again, under the same webhook-id',
    permission: write,
    answer: WebhookDeliveryAnswer,
    params: ['delivery_id'],
    writes: true,
  })
  redeliver(@Context() { tenant }: CommandContext, @Param('delivery_id', idPipe) id: string) {
    return this.gateway.notifications.endpoints.redeliver(tenant, id);
  }
}
