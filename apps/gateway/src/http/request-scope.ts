import { createParamDecorator, type ExecutionContext, type PipeTransform } from '@nestjs/common';
import type { Request } from 'express';
import { v7 as uuidV7, validate as isUuid } from 'uuid';
import { parseAs } from '@lastcopy/contracts';
import { deterministicId, type CommandContext } from '@lastcopy/eventing';
import { CodedError } from '@lastcopy/kernel';
import { activeTraceparent } from '@lastcopy/platform';
import type { Page } from '../read-model/record-queries.js';
import type { Principal } from '../sign-in/principal.js';

export interface GatewayRequest extends Request {
  principal?: Principal;
}

export function principalOfRequest(request: GatewayRequest): Principal {
  if (!request.principal) throw new CodedError('UNAUTHENTICATED', 'The request carries no bearer token');
  return request.principal;
}

export const idempotencyKeyOf = (request: GatewayRequest): string | null => request.get('Idempotency-Key') ?? null;

/** Who asks, for which tenant. The same Idempotency-Key of the same person gives the same command id. */
export function commandContextOf(request: GatewayRequest): CommandContext {
  const { actor, tenant } = principalOfRequest(request);
  const key = idempotencyKeyOf(request);
  const command_id =
    key === null ? uuidV7() : deterministicId('http', tenant.client_account_id, tenant.engagement_id, actor.user_id, request.path, key);
  return { command_id, tenant, actor, correlation_id: command_id, traceparent: activeTraceparent() };
}

/** The command context of the request. */
export const Context = createParamDecorator((_: unknown, context: ExecutionContext): CommandContext =>
  commandContextOf(context.switchToHttp().getRequest<GatewayRequest>()),
);

const pageNumber = (value: unknown, name: string, fallback: number, most: number): number => {
  if (value === undefined || value === '') return fallback;
  const number = typeof value === 'string' && /^\d{1,16}$/.test(value) ? Number(value) : NaN;
  if (number <= most) return number;
  const errors = [{ pointer: `/${name}`, detail: `${name} must be a whole number from 0 to ${most}` }];
  throw new CodedError('VALIDATION_FAILED', `The query parameter ${name} is not valid`, { details: { errors } });
};

/** `limit` (at most 500) and `offset` of the query. @param usual how many without a limit, 100 unless given */
export const PageOfQuery = createParamDecorator((usual: number | undefined, context: ExecutionContext): Page => {
  const { limit, offset } = context.switchToHttp().getRequest<GatewayRequest>().query;
  return { limit: pageNumber(limit, 'limit', usual ?? 100, 500), offset: pageNumber(offset, 'offset', 0, Number.MAX_SAFE_INTEGER) };
});

/** Checks a body against its class; an absent body counts as `{}`. */
export const bodyOf = <T extends object>(type: new () => T): PipeTransform<unknown, T> => ({
  transform: (value) => parseAs(type, value ?? {}, 'The body'),
});

/** For lists of one flow's own things, which were never cut short: a limit and an offset hold where they are given. */
export const whole = Number.MAX_SAFE_INTEGER;

/** What is no id at all is not found either. */
export const idPipe: PipeTransform<string, string> = {
  transform(value) {
    if (!isUuid(value)) throw new CodedError('NOT_FOUND', `There is nothing with the id ${value.slice(0, 64)}`);
    return value.toLowerCase();
  },
};
