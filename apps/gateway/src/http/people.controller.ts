import { Controller, Get, Inject, Req } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { PersonAnswer, WhoAmIAnswer } from '@lastcopy/contracts';
import { GATEWAY, type Gateway } from '../gateway.js';
import type { Page } from '../read-model/record-queries.js';
import { permissions } from '../sign-in/permissions.js';
import { Listed } from './answers.js';
import { Endpoint } from './endpoint.js';
import { QueryOf } from './query-of.js';
import { PeopleQuery } from './query-shapes.js';
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
    query: PeopleQuery,
  })
  async people(@Req() request: GatewayRequest, @PageOfQuery() page: Page, @QueryOf(PeopleQuery) { role }: PeopleQuery) {
    const { tenant, permissions: held } = principalOfRequest(request);
    const { people } = this.gateway;
    const found = role ? await people.withRole(tenant, role) : await people.all(tenant);
    const seesAddresses = held.has('decommission.write') || held.has('decommission.approve');
    const shown = found.map((person) => (seesAddresses ? person : { ...person, email: null }));
    return Listed.pageOf(shown, page);
  }

  @Get('whoami')
  @Endpoint({ summary: 'Who the token says is asking, and what they may do', permission: 'decommission.read', answer: WhoAmIAnswer })
  whoAmI(@Req() request: GatewayRequest): WhoAmIAnswer {
    const { actor, permissions: held } = principalOfRequest(request);
    const { user_id, name, roles: own, authenticated_at = null, service_account = false } = actor;
    return { user_id, name, roles: own, permissions: permissions.filter((each) => held.has(each)), authenticated_at, service_account };
  }
}
