import { Body, Controller, Get, Inject, Post, Res } from '@nestjs/common';
import { ApiConsumes, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { PolicyImportAnswer, type FieldFault, type PolicyImport } from '@lastcopy/contracts';
import type { CommandContext } from '@lastcopy/eventing';
import { CodedError, isCodedError } from '@lastcopy/kernel';
import { GATEWAY, type Gateway } from '../gateway.js';
import { parsePolicies, policiesAsYaml, type ParsedPolicies } from '../retention-policy/policy-yaml.js';
import { afterWrite } from './answers.js';
import { Endpoint } from './endpoint.js';
import { QueryOf } from './query-of.js';
import { PolicyImportQuery } from './query-shapes.js';
import { Context } from './request-scope.js';
import { standingPolicies } from './standing-policies.js';

const everything = { limit: 100_000, offset: 0 };
const defaultReason = 'Imported from a file';

/** A fault that the policy-service found, with the line of the file that it stands in. */
function located(error: unknown, { locate }: ParsedPolicies): unknown {
  if (!isCodedError(error) || error.code !== 'VALIDATION_FAILED') return error;
  const errors = ((error.details?.errors ?? []) as FieldFault[]).map(locate);
  return new CodedError('VALIDATION_FAILED', error.message, { cause: error, details: { errors } });
}

/** The catalogue as a file. Its own controller: `export` must not be taken for the id of a policy. */
@ApiTags('retention policies')
@Controller('api/v1/retention-policies')
export class PolicyFilesController {
  constructor(@Inject(GATEWAY) private readonly gateway: Gateway) {}

  @Get('export')
  @Endpoint({ summary: 'The policies that are not retired, as YAML', permission: 'decommission.read', produces: 'application/yaml' })
  export(@Context() context: CommandContext, @Res({ passthrough: true }) response: Response) {
    return standingPolicies(this.gateway, context, everything, ({ records }) => {
      response.setHeader('Content-Type', 'application/yaml; charset=utf-8');
      response.setHeader('Content-Disposition', 'attachment; filename="retention-policies.yaml"');
      return policiesAsYaml(records);
    });
  }

  @Post('import')
  @ApiConsumes('application/yaml')
  @Endpoint({
    summary: 'Create and revise policies from YAML: all of them or none; with dry_run nothing is written',
    permission: 'decommission.write',
    answer: PolicyImportAnswer,
    query: PolicyImportQuery,
    writes: true,
  })
  async import(
    @Context() context: CommandContext,
    @Body() body: unknown,
    @QueryOf(PolicyImportQuery) { dry_run = false, reason }: PolicyImportQuery,
  ) {
    if (typeof body !== 'string' || body.trim() === '')
      throw new CodedError('VALIDATION_FAILED', 'The body must be the file itself, sent with Content-Type: application/yaml');
    const parsed = parsePolicies(body);
    const { command_id, tenant, actor } = context;
    const command = { policies: parsed.policies, dry_run, reason: reason?.trim() || defaultReason };
    const sent = await this.gateway.deps.commands
      .send<PolicyImport, 'policy-service'>('policy-service', 'ImportRetentionPolicies', command, { command_id, tenant, actor })
      .catch((error: unknown) => {
        throw located(error, parsed);
      });
    return afterWrite(this.gateway, sent.token, async () => ({ dry_run, changes: sent.answer!.changes }));
  }
}
