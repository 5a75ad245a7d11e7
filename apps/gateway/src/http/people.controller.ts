import { Controller, Get, Inject, Query, Req } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { PersonAnswer, WhoAmIAnswer } from '@lastcopy/contracts';
import { CodedError } from '@lastcopy/kernel';
import { GATEWAY, type Gateway } from '../gateway.js';
import type { Page } from '../read-model/record-queries.js';
import { isRole, permissions, roles } from '../sign-in/permissions.js';
import { Listed } from './answers.js';
import { Endpoint } from './endpoint.js';
import { PageOfQuery, principalOfRequest, type GatewayRequest } from './request-scope.js';

@ApiTags('people')
@Controller('api/v1')
export class PeopleController {
  constructor(@Inject(GATEWAY) private readonly gateway: Gateway) {}

  /** An address is shown to those who ask others for something or are asked: who may only read has no use for it. */
  @Get('people')
  @Endpoint({
    summary: 'Who has signed in for this engagement, by name',
    permission: 'decommission.read',
    answer: PersonAnswer,
    list: true,
    query: ['role'],
  })
  async people(@Req() request: GatewayRequest, @PageOfQuery() page: Page, @Query('role') role?: string) {
    if (role && !isRole(role)) throw new CodedError('VALIDATION_FAILED', `There is no role of that name; roles are ${roles.join(', ')}`);
    const { tenant, permissions: held } = principalOfRequest(request);
    const { people } = this.gateway;
    const found = role ? await people.withRole(tenant, role) : await people.all(tenant);
    const seesAddresses = held.has('decommission.write') || held.has('decommission.approve');
    const shown = found.slice(page.offset, page.offset + page.limit).map((person) => (seesAddresses ? person : { ...person, email: null }));
    return new Listed(shown, found.length);
  }

  @Get('whoami')
  @Endpoint({ summary: 'Who the token says is asking, and what they may do', permission: 'decommission.read', answer: WhoAmIAnswer })
  whoAmI(@Req() request: GatewayRequest): WhoAmIAnswer {
    const { actor, permissions: held } = principalOfRequest(request);
    const { user_id, name, roles: own, authenticated_at = null, service_account = false } = actor;
    return { user_id, name, roles: own, permissions: permissions.filter((each) => held.has(each)), authenticated_at, service_account };
  }
}
