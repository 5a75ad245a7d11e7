import { applyDecorators, HttpCode } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiHeader, ApiOperation, ApiParam, ApiQuery, ApiResponse } from '@nestjs/swagger';
import { getMetadataStorage } from 'class-validator';
import { Permit } from './auth.guard.js';
import { namesOf, TakesQuery } from './query-of.js';
import { Unlimited } from './rate-limits.js';
import type { Permission } from '../sign-in/permissions.js';

type Shape = new () => object;

export interface EndpointOptions {
  summary: string;
  permission: Permission;
  body?: Shape;
  answer?: Shape;
  /** Answers a bare array of `answer`, with the total in X-Total-Count. */
  list?: boolean;
  /** The class that says which query parameters it takes, beside `limit` and `offset` of a list. */
  query?: Shape;
  /** Clients of the earlier product call it: what they send in the query beside that is ignored, elsewhere it is refused. */
  compatible?: boolean;
  /** Names of path parameters. */
  params?: readonly string[];
  /** Writes: takes an Idempotency-Key and may answer 202. */
  writes?: boolean;
  /** Media type of an answer that is not JSON. */
  produces?: string;
}

/** The class that says what a body looks like: one that adds no field of its own has the schema of the one it extends. */
function describedBy(type: Shape): Shape {
  const rules = getMetadataStorage().getTargetValidationMetadatas(type, '', false, false);
  const parent = Object.getPrototypeOf(type) as Shape;
  return rules.some(({ target }) => target === type) || parent === Function.prototype ? type : describedBy(parent);
}

const refTo = (type: Shape) => ({ $ref: `#/components/schemas/${describedBy(type).name}` });

function answerSchema({ answer, list, produces }: EndpointOptions) {
  if (produces) return { content: { [produces]: { schema: { type: 'string' } } } };
  if (!answer) return {};
  return { schema: list ? { type: 'array', items: refTo(answer) } : refTo(answer) };
}

const tenantHeaders = ['X-Client-Account-ID', 'X-Engagement-ID'].map((name) =>
  ApiHeader({ name, required: true, schema: { type: 'string', format: 'uuid' } }),
);
const problem = { content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } } };

/** A route of the API: who may call it, and how the OpenAPI document describes it. */
export function Endpoint(options: EndpointOptions): MethodDecorator {
  const { summary, permission, body, query, params = [], writes, list, compatible = false } = options;
  const queries = [...(query ? namesOf(query) : []), ...(list ? ['limit', 'offset'] : [])];
  return applyDecorators(
    Permit(permission),
    TakesQuery({ names: queries, strict: !compatible }),
    // A stream stays open: how long it lasts, not how often it is asked for, is what it costs.
    ...(options.produces === 'text/event-stream' ? [Unlimited()] : []),
    HttpCode(200),
    ApiBearerAuth(),
    ApiOperation({ summary, description: `Needs ${permission}.` }),
    ...tenantHeaders,
    ...params.map((name) => ApiParam({ name, schema: { type: 'string' } })),
    ...queries.map((name) => ApiQuery({ name, required: false, schema: { type: 'string' } })),
    ...(writes ? [ApiHeader({ name: 'Idempotency-Key', required: false, schema: { type: 'string', maxLength: 255 } })] : []),
    ...(body ? [ApiBody({ required: false, schema: refTo(body) })] : []),
    ApiResponse({ status: 200, description: summary, ...answerSchema(options) } as Parameters<typeof ApiResponse>[0]),
    ...(writes
      ? [
          ApiResponse({
            status: 202,
            description: 'Carried out; not to be read yet',
            schema: { $ref: '#/components/schemas/PendingAnswer' },
          }),
        ]
      : []),
    ApiResponse({ status: 'default', description: 'What went wrong and what to do next', ...problem } as Parameters<typeof ApiResponse>[0]),
  );
}
