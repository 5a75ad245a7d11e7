import { Controller, Get } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { asyncApiDocument } from './asyncapi.js';
import { Public } from './auth.guard.js';

/** The events beside the calls: what another system may subscribe to. */
@ApiTags('events')
@Controller()
export class AsyncApiController {
  private document: ReturnType<typeof asyncApiDocument> | undefined;

  @Get('asyncapi.json')
  @ApiOperation({ summary: 'The events on the bus, as AsyncAPI 3' })
  @Public()
  describe() {
    this.document ??= asyncApiDocument();
    return this.document;
  }
}
