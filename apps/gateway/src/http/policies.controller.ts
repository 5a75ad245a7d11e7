import { Body, Controller, Get, Inject, Param, Post, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import {
  CreatePolicyRequest,
  PolicyAnswer,
  PolicyDiffAnswer,
  PolicyImpactAnswer,
  PolicyImpactRequest,
  PolicyReasonRequest,
  PolicyVersionAnswer,
  RevisePolicyRequest,
  type CommandName,
  type Tenant,
} from '@lastcopy/contracts';
import { deterministicId, type CommandContext } from '@lastcopy/eventing';
import { CodedError } from '@lastcopy/kernel';
import { GATEWAY, type Gateway } from '../gateway.js';
import { policyFold, type PolicyRecord, type PolicyVersionRecord } from '../records/policy-record.js';
import type { Page } from '../read-model/record-queries.js';
import { policyImpact } from '../retention-policy/policy-impact.js';
import { policyDiff, policyVersionView, policyView } from '../views/policy-view.js';
import { afterWrite, Listed } from './answers.js';
import { Endpoint } from './endpoint.js';
import { standingPolicies } from './standing-policies.js';
import { QueryOf } from './query-of.js';
import { DiffQuery, ImpactQuery } from './query-shapes.js';
import { bodyOf, Context, idPipe, PageOfQuery } from './request-scope.js';
import { IfMatch, requiredVersion, TakesIfMatch, versionTag } from './version-tag.js';

const revisionOf = (ifMatch: string | undefined) => requiredVersion(ifMatch, 'a policy');

@ApiTags('retention policies')
@Controller('api/v1/retention-policies')
export class PoliciesController {
  constructor(@Inject(GATEWAY) private readonly gateway: Gateway) {}

  @Get()
  @Endpoint({ summary: 'The retention policies', permission: 'decommission.read', answer: PolicyAnswer, list: true })
  policies(@Context() context: CommandContext, @PageOfQuery() page: Page) {
    return standingPolicies(this.gateway, context, page, ({ records, total }) => {
      const now = this.gateway.deps.clock.now();
      return new Listed(
        records.map((policy) => policyView(policy, context.tenant, now)),
        total,
      );
    });
  }

  @Post()
  @Endpoint({
    summary: 'Create a retention policy',
    permission: 'decommission.write',
    body: CreatePolicyRequest,
    answer: PolicyAnswer,
    writes: true,
  })
  create(@Context() context: CommandContext, @Body(bodyOf(CreatePolicyRequest)) { reason, ...terms }: CreatePolicyRequest) {
    const { client_account_id, engagement_id } = context.tenant;
    const policy_id = deterministicId('policy', client_account_id, engagement_id, context.command_id);
    return this.change(context, 'CreateRetentionPolicy', { policy_id, terms, reason });
  }

  @Get(':policy_id')
  @Endpoint({ summary: 'A retention policy as it is now', permission: 'decommission.read', answer: PolicyAnswer, params: ['policy_id'] })
  async policy(@Context() context: CommandContext, @Param('policy_id', idPipe) id: string, @Res({ passthrough: true }) response: Response) {
    const policy = await this.answerOf(context, id);
    response.setHeader('ETag', versionTag(policy.revision));
    return policy;
  }

  @Post(':policy_id/revise')
  @TakesIfMatch()
  @Endpoint({
    summary: 'Make a new version; approvals that were given on the old one are voided',
    permission: 'decommission.write',
    body: RevisePolicyRequest,
    answer: PolicyAnswer,
    params: ['policy_id'],
    writes: true,
  })
  revise(
    @Context() context: CommandContext,
    @Param('policy_id', idPipe) policy_id: string,
    @Body(bodyOf(RevisePolicyRequest)) { reason, ...changes }: RevisePolicyRequest,
    @IfMatch() ifMatch?: string,
  ) {
    return this.change(context, 'ReviseRetentionPolicy', { policy_id, changes, reason, expected_revision: revisionOf(ifMatch) });
  }

  @Post(':policy_id/retire')
  @TakesIfMatch()
  @Endpoint({
    summary: 'Retire a policy that no open flow uses',
    permission: 'decommission.write',
    body: PolicyReasonRequest,
    answer: PolicyAnswer,
    params: ['policy_id'],
    writes: true,
  })
  retire(
    @Context() context: CommandContext,
    @Param('policy_id', idPipe) policy_id: string,
    @Body(bodyOf(PolicyReasonRequest)) { reason }: PolicyReasonRequest,
    @IfMatch() ifMatch?: string,
  ) {
    return this.change(context, 'RetireRetentionPolicy', { policy_id, reason, expected_revision: revisionOf(ifMatch) });
  }

  @Post(':policy_id/start-review')
  @TakesIfMatch()
  @Endpoint({
    summary: 'Put a policy under review: it is given to no system until the review ends',
    permission: 'decommission.write',
    body: PolicyReasonRequest,
    answer: PolicyAnswer,
    params: ['policy_id'],
    writes: true,
  })
  startReview(
    @Context() context: CommandContext,
    @Param('policy_id', idPipe) policy_id: string,
    @Body(bodyOf(PolicyReasonRequest)) { reason }: PolicyReasonRequest,
    @IfMatch() ifMatch?: string,
  ) {
    return this.change(context, 'StartPolicyReview', { policy_id, reason, expected_revision: revisionOf(ifMatch) });
  }

  @Post(':policy_id/end-review')
  @TakesIfMatch()
  @Endpoint({
    summary: 'End a review without a revision: the policy is in force again',
    permission: 'decommission.write',
    body: PolicyReasonRequest,
    answer: PolicyAnswer,
    params: ['policy_id'],
    writes: true,
  })
  endReview(
    @Context() context: CommandContext,
    @Param('policy_id', idPipe) policy_id: string,
    @Body(bodyOf(PolicyReasonRequest)) { reason }: PolicyReasonRequest,
    @IfMatch() ifMatch?: string,
  ) {
    return this.change(context, 'EndPolicyReview', { policy_id, reason, expected_revision: revisionOf(ifMatch) });
  }

  @Get(':policy_id/impact')
  @Endpoint({
    summary: 'What retiring a policy, or putting it under review, would do',
    permission: 'decommission.read',
    answer: PolicyImpactAnswer,
    params: ['policy_id'],
    query: ImpactQuery,
  })
  async impactOfEnd(
    @Context() context: CommandContext,
    @Param('policy_id', idPipe) id: string,
    @QueryOf(ImpactQuery) { action = 'retire' }: ImpactQuery,
  ) {
    return policyImpact(this.gateway, context, await this.recordOf(context.tenant, id), { action });
  }

  @Post(':policy_id/impact')
  @Endpoint({
    summary: 'What a change of a policy would do, before it is made; changes nothing',
    permission: 'decommission.read',
    body: PolicyImpactRequest,
    answer: PolicyImpactAnswer,
    params: ['policy_id'],
  })
  async impact(
    @Context() context: CommandContext,
    @Param('policy_id', idPipe) id: string,
    @Body(bodyOf(PolicyImpactRequest)) { action, changes }: PolicyImpactRequest,
  ) {
    return policyImpact(this.gateway, context, await this.recordOf(context.tenant, id), { action, changes: changes ?? null });
  }

  @Get(':policy_id/versions')
  @Endpoint({
    summary: 'All versions of a policy, the newest first',
    permission: 'decommission.read',
    answer: PolicyVersionAnswer,
    params: ['policy_id'],
    list: true,
  })
  async versions(@Context() { tenant }: CommandContext, @Param('policy_id', idPipe) id: string, @PageOfQuery() page: Page) {
    const record = await this.recordOf(tenant, id);
    const now = this.gateway.deps.clock.now();
    const newestFirst = record.versions.toReversed().slice(page.offset, page.offset + page.limit);
    return new Listed(
      newestFirst.map((version) => policyVersionView(record, version, tenant, now)),
      record.versions.length,
    );
  }

  @Get(':policy_id/versions/:version')
  @Endpoint({
    summary: 'A version of a policy as it was made',
    permission: 'decommission.read',
    answer: PolicyVersionAnswer,
    params: ['policy_id', 'version'],
  })
  async version(@Context() { tenant }: CommandContext, @Param('policy_id', idPipe) id: string, @Param('version') version: string) {
    const record = await this.recordOf(tenant, id);
    return policyVersionView(record, versionNumbered(record, version), tenant, this.gateway.deps.clock.now());
  }

  @Get(':policy_id/versions/:version/diff')
  @Endpoint({
    summary: 'What differs from another version; from the one before, if none is named',
    permission: 'decommission.read',
    answer: PolicyDiffAnswer,
    params: ['policy_id', 'version'],
    query: DiffQuery,
  })
  async diff(
    @Context() { tenant }: CommandContext,
    @Param('policy_id', idPipe) id: string,
    @Param('version') version: string,
    @QueryOf(DiffQuery) { from }: DiffQuery,
  ): Promise<PolicyDiffAnswer> {
    const record = await this.recordOf(tenant, id);
    const after = versionNumbered(record, version).policy;
    const before = versionNumbered(record, from ?? String(Math.max(1, after.version - 1))).policy;
    return { policy_id: id, from_version: before.version, to_version: after.version, changes: policyDiff(before, after) };
  }

  private async change<C extends { policy_id: string }>(context: CommandContext, name: CommandName<'policy-service'>, command: C) {
    const { command_id, tenant, actor } = context;
    const sent = await this.gateway.deps.commands.send('policy-service', name, command, { command_id, tenant, actor });
    return afterWrite(this.gateway, sent.token, () => this.answerOf(context, command.policy_id));
  }

  private async answerOf({ tenant }: CommandContext, id: string): Promise<PolicyAnswer> {
    return policyView(await this.recordOf(tenant, id), tenant, this.gateway.deps.clock.now());
  }

  private async recordOf(tenant: Tenant, id: string): Promise<PolicyRecord> {
    const policy = await this.gateway.queries.get(policyFold, tenant, id);
    if (!policy) throw new CodedError('NOT_FOUND', `There is no retention policy ${id}`);
    return policy;
  }
}

function versionNumbered(record: PolicyRecord, text: string): PolicyVersionRecord {
  const found = record.versions.find(({ policy }) => String(policy.version) === text);
  if (found) return found;
  throw new CodedError(
    'NOT_FOUND',
    `Policy "${record.policy_name}" has no version ${text.slice(0, 20)}; it has 1 to ${record.versions.length}`,
  );
}
