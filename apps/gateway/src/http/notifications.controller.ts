import { Body, Controller, Get, Inject, Param, Post, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { MailPreferenceAnswer, NotificationAnswer, NotificationCountAnswer, SetMailPreferencesRequest } from '@lastcopy/contracts';
import type { CommandContext } from '@lastcopy/eventing';
import { GATEWAY, type Gateway } from '../gateway.js';
import type { Page } from '../read-model/record-queries.js';
import { Listed } from './answers.js';
import { AuditedAs } from './audit.interceptor.js';
import { Endpoint } from './endpoint.js';
import { QueryOf } from './query-of.js';
import { NotificationQuery } from './query-shapes.js';
import { bodyOf, Context, idPipe, PageOfQuery } from './request-scope.js';

@ApiTags('notifications')
@Controller('api/v1/notifications')
export class NotificationsController {
  constructor(@Inject(GATEWAY) private readonly gateway: Gateway) {}

  @Get()
  @Endpoint({
    summary: 'What you are told, the newest first',
    permission: 'decommission.read',
    answer: NotificationAnswer,
    list: true,
    query: NotificationQuery,
  })
  async list(
    @Context() { tenant, actor }: CommandContext,
    @PageOfQuery() page: Page,
    @QueryOf(NotificationQuery) { unread = false }: NotificationQuery,
  ) {
    const { notifications, total } = await this.inbox().list(tenant, actor, { unread }, page);
    return new Listed(notifications, total);
  }

  @Get('count')
  @Endpoint({ summary: 'How much you have not read', permission: 'decommission.read', answer: NotificationCountAnswer })
  count(@Context() { tenant, actor }: CommandContext) {
    return this.inbox().count(tenant, actor);
  }

  @Post('read-all')
  @Endpoint({
    summary: 'Mark everything that you are told as read',
    permission: 'decommission.read',
    answer: NotificationCountAnswer,
    writes: true,
  })
  async readAll(@Context() { tenant, actor }: CommandContext) {
    await this.inbox().readAll(tenant, actor);
    return this.inbox().count(tenant, actor);
  }

  @Get('preferences')
  @Endpoint({ summary: 'How you are mailed, kind by kind', permission: 'decommission.read', answer: MailPreferenceAnswer, list: true })
  async preferences(@Context() { tenant, actor }: CommandContext, @PageOfQuery() page: Page) {
    return Listed.pageOf(await this.inbox().preferences(tenant, actor), page);
  }

  @AuditedAs('Notification preferences changed')
  @Put('preferences')
  @Endpoint({
    summary: 'Choose how you are mailed',
    permission: 'decommission.read',
    body: SetMailPreferencesRequest,
    answer: MailPreferenceAnswer,
    list: true,
    writes: true,
  })
  async choose(
    @Context() { tenant, actor }: CommandContext,
    @Body(bodyOf(SetMailPreferencesRequest)) { preferences }: SetMailPreferencesRequest,
  ) {
    const found = await this.inbox().choose(tenant, actor, preferences);
    return new Listed(found, found.length);
  }

  @Post(':notification_id/read')
  @Endpoint({
    summary: 'Mark a notification as read',
    permission: 'decommission.read',
    answer: NotificationCountAnswer,
    params: ['notification_id'],
    writes: true,
  })
  async read(@Context() { tenant, actor }: CommandContext, @Param('notification_id', idPipe) id: string) {
    await this.inbox().read(tenant, actor, id);
    return this.inbox().count(tenant, actor);
  }

  private inbox() {
    return this.gateway.notifications.inbox;
  }
}
