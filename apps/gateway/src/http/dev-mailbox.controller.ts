import { Controller, Get, Inject, Param, Res } from '@nestjs/common';
import { ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { CodedError } from '@lastcopy/kernel';
import { GATEWAY, type Gateway } from '../gateway.js';
import { mailboxPage, mailboxPolicy, mailPage } from '../notification/mailbox-page.js';
import { Public } from './auth.guard.js';
import { idPipe } from './request-scope.js';

/** What would have been mailed, in development without a mail server. Anywhere else there is no such page. */
@ApiTags('development')
@Controller('dev/mailbox')
export class DevMailboxController {
  constructor(@Inject(GATEWAY) private readonly gateway: Gateway) {}

  @Get()
  @ApiOperation({ summary: 'Mails that would have been sent, as a page; in development without a mail server' })
  @Public()
  async all(@Res() response: Response): Promise<void> {
    this.refuseElsewhere();
    this.send(response, await mailboxPage(this.gateway.deps.eventing.store.query));
  }

  @Get(':mail_id')
  @ApiOperation({ summary: 'A mail that would have been sent, as a page' })
  @ApiParam({ name: 'mail_id', schema: { type: 'string' } })
  @Public()
  async one(@Res() response: Response, @Param('mail_id', idPipe) mailId: string): Promise<void> {
    this.refuseElsewhere();
    const html = await mailPage(this.gateway.deps.eventing.store.query, mailId);
    if (!html) throw new CodedError('NOT_FOUND', `There is no mail ${mailId}`);
    this.send(response, html);
  }

  private refuseElsewhere(): void {
    if (!this.gateway.notifications.hasMailbox) {
      throw new CodedError('NOT_FOUND', 'The mailbox page is for development without a mail server');
    }
  }

  private send(response: Response, html: string): void {
    response.set({ 'Content-Security-Policy': mailboxPolicy, 'Cache-Control': 'no-store' }).type('html').send(html);
  }
}
