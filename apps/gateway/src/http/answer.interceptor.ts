import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import type { Response } from 'express';
import { from, lastValueFrom, type Observable } from 'rxjs';
import { CodedError } from '@lastcopy/kernel';
import type { Gateway } from '../gateway.js';
import { Listed, Pending, ShownOnce } from './answers.js';
import { IdempotencyKeys, type IdempotentRequest, type StoredAnswer } from './idempotency.js';
import { idempotencyKeyOf, principalOfRequest, type GatewayRequest } from './request-scope.js';

const longestKey = 255;
const writes = ['POST', 'PUT', 'PATCH', 'DELETE'];

function plainAnswer(value: unknown, response: Response): unknown {
  if (value instanceof Listed) {
    response.setHeader('X-Total-Count', String(value.total));
    return value.items;
  }
  if (value instanceof Pending) {
    response.status(202);
    return { pending: true, message: 'Carried out; it can be read in a moment.', token: value.token };
  }
  return value;
}

const shown = (body: unknown): unknown => (body instanceof ShownOnce ? (body.answer as unknown) : body);

function idempotent(request: GatewayRequest): IdempotentRequest | null {
  const key = idempotencyKeyOf(request);
  if (!writes.includes(request.method) || key === null) return null;
  if (key === '' || key.length > longestKey) {
    throw new CodedError('VALIDATION_FAILED', `Idempotency-Key must have from 1 to ${longestKey} characters`);
  }
  // A form's file is no body that could be compared here: its command compares the digest of what arrived.
  if (request.is('multipart/form-data')) return null;
  // The query is a part of what was asked: a dry run is no answer to the real one.
  const { method, originalUrl: path, body } = request as { method: string; originalUrl: string; body: unknown };
  return { principal: principalOfRequest(request), key, method, path, body };
}

/** Gives lists their total, late reads their 202, and repeated requests the answer of the first. */
export class AnswerInterceptor implements NestInterceptor {
  constructor(private readonly gateway: Gateway) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const http = context.switchToHttp();
    return from(this.answer(http.getRequest<GatewayRequest>(), http.getResponse<Response>(), next));
  }

  private async answer(request: GatewayRequest, response: Response, next: CallHandler): Promise<unknown> {
    const asked = idempotent(request);
    const run = async () => plainAnswer(await lastValueFrom(next.handle(), { defaultValue: undefined }), response);
    if (!asked) return shown(await run());
    const keys = new IdempotencyKeys(this.gateway.deps.eventing.store.within(asked.principal.tenant));
    const stored = await keys.begin(asked);
    if (stored) return this.replay(stored, response);
    return this.carryOut(keys, asked, response, run);
  }

  private replay(stored: StoredAnswer, response: Response): unknown {
    response.status(stored.status).setHeader('Idempotent-Replayed', 'true');
    return stored.body;
  }

  private async carryOut(
    keys: IdempotencyKeys,
    asked: IdempotentRequest,
    response: Response,
    run: () => Promise<unknown>,
  ): Promise<unknown> {
    let body: unknown;
    try {
      body = await run();
    } catch (error) {
      await keys.release(asked);
      throw error;
    }
    await keys.finish(asked, { status: response.statusCode, body: body instanceof ShownOnce ? body.kept : body });
    return shown(body);
  }
}
