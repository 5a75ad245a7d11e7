import type { CanActivate, ExecutionContext } from '@nestjs/common';
import { CodedError } from '@lastcopy/kernel';
import type { GatewayRequest } from './request-scope.js';

/** Deeper than any body of this API, and far from where a recursive reader gives up. */
const deepest = 50;

function refuse(pointer: string, detail: string): never {
  const where = pointer || '/';
  throw new CodedError('VALIDATION_FAILED', `${where}: ${detail}`, { details: { errors: [{ pointer: where, detail }] } });
}

function look(value: unknown, pointer: string, depth: number): void {
  if (typeof value === 'string') {
    if (value.includes('\u0000')) refuse(pointer, 'holds the character U+0000, which cannot be kept');
    if (!value.isWellFormed()) refuse(pointer, 'holds half of a character (a lone surrogate)');
    return;
  }
  if (value === null || typeof value !== 'object' || Buffer.isBuffer(value)) return;
  if (depth > deepest) refuse(pointer.slice(0, 100), `is nested more than ${deepest} deep`);
  for (const [name, each] of Object.entries(value)) {
    look(name, `${pointer}/…`, depth + 1);
    look(each, `${pointer}/${name.slice(0, 50)}`, depth + 1);
  }
}

/** Refuses text that no database keeps, and bodies that no reader gets to the end of, once for all routes. */
export class PlainTextGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const { body, query } = context.switchToHttp().getRequest<GatewayRequest>();
    look(query, '', 0);
    look(body, '', 0);
    return true;
  }
}
