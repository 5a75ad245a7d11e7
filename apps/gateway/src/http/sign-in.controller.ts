import { Controller, Get, Inject } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { SignInSettingsAnswer } from '@lastcopy/contracts';
import { CodedError } from '@lastcopy/kernel';
import { GATEWAY, type Gateway } from '../gateway.js';
import { Public } from './auth.guard.js';

@ApiTags('people')
@Controller('api/v1')
export class SignInController {
  constructor(@Inject(GATEWAY) private readonly gateway: Gateway) {}

  @Get('sign-in')
  @Public()
  @ApiOperation({ summary: 'How a browser signs a person in; needs no token' })
  @ApiResponse({
    status: 200,
    description: 'The issuer and our client there',
    schema: { $ref: '#/components/schemas/SignInSettingsAnswer' },
  })
  settings(): SignInSettingsAnswer {
    const { config } = this.gateway.deps;
    const issuer = this.gateway.browserIssuer();
    if (!issuer) {
      throw new CodedError('NOT_FOUND', 'No issuer for browsers is configured: set AUTH_ISSUER to the address of your OpenID provider');
    }
    return {
      issuer,
      client_id: config.WEB_CLIENT_ID,
      scope: config.WEB_SCOPE,
      parameters: config.WEB_SIGN_IN_PARAMETERS ?? {},
      client_account_claim: config.AUTH_CLIENT_ACCOUNT_CLAIM,
      engagements_claim: config.AUTH_ENGAGEMENTS_CLAIM,
      signature_max_age_s: config.REAUTH_MAX_AGE_S,
    };
  }
}
