import { SetMetadata, type CallHandler, type CustomDecorator, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import { tap, type Observable } from 'rxjs';
import { activeTraceId } from '@lastcopy/platform';
import type { Gateway } from '../gateway.js';
import type { GatewayRequest } from './request-scope.js';

const AUDITED = 'lastcopy:audited-as';

/** For a write that leaves no event: what the audit trail says was done. */
export const AuditedAs = (action: string): CustomDecorator => SetMetadata(AUDITED, action);

/** Puts the writes that leave no event on record, once they are done. */
export class AuditInterceptor implements NestInterceptor {
  constructor(private readonly gateway: Gateway) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const action = Reflect.getMetadata(AUDITED, context.getHandler()) as string | undefined;
    const { principal, method, path, params } = context.switchToHttp().getRequest<GatewayRequest>();
    if (action === undefined || !principal) return next.handle();
    const { actor, tenant } = principal;
    const record = () =>
      void this.gateway.auditedRequests.record({
        ...{ tenant, actor, method, path, action, params: params as Record<string, string> },
        ...{ outcome: 'done', code: null, reason: null, trace_id: activeTraceId() },
      });
    return next.handle().pipe(tap(record));
  }
}
