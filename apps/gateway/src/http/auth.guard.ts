import type { CanActivate, ExecutionContext } from '@nestjs/common';
import { SetMetadata, type CustomDecorator } from '@nestjs/common';
import type { Tenant } from '@lastcopy/contracts';
import { CodedError, isCodedError } from '@lastcopy/kernel';
import { identityOf, type ClaimNames, type Identity } from '../sign-in/claims.js';
import type { Permission } from '../sign-in/permissions.js';
import { principalFor, type Principal } from '../sign-in/principal.js';
import type { TokenChecks } from '../sign-in/token-checks.js';
import type { MinuteLimit } from './rate-limits.js';
import type { GatewayRequest } from './request-scope.js';

const PERMISSION = 'lastcopy:permission';

const PUBLIC = 'lastcopy:public';

/** A route, or every route of a controller, that anybody may call without a token. */
export const Public = (): CustomDecorator => SetMetadata(PUBLIC, true);

/** Which permission a route asks for. A route that names none and is not public is refused. */
export const Permit = (permission: Permission): MethodDecorator => SetMetadata(PERMISSION, permission);

type Target = Parameters<typeof Reflect.getMetadata>[1];

/** What a route declares: a permission, `public`, or null for nothing, which is refused. */
export function declaredPermission(handler: Target, controller: Target): Permission | 'public' | null {
  if ([handler, controller].some((target) => Reflect.getMetadata(PUBLIC, target) === true)) return 'public';
  return (Reflect.getMetadata(PERMISSION, handler) as Permission | undefined) ?? null;
}

function header(request: GatewayRequest, name: string): string {
  const value = request.get(name);
  if (!value) throw new CodedError('TENANT_REQUIRED', `The header ${name} is missing`);
  return value;
}

const tenantOf = (request: GatewayRequest): Tenant => ({
  client_account_id: header(request, 'X-Client-Account-ID'),
  engagement_id: header(request, 'X-Engagement-ID'),
});

const bearerToken = (request: GatewayRequest): string => {
  const [, token] = /^Bearer (\S+)$/i.exec(request.get('Authorization') ?? '') ?? [];
  if (!token) throw new CodedError('UNAUTHENTICATED', 'The request carries no bearer token');
  return token;
};

export interface AuthGuardParts {
  readonly names: ClaimNames;
  readonly tokens: Pick<TokenChecks, 'verify'>;
  readonly failures: Pick<MinuteLimit, 'count'>;
  /** Told of everybody who gets in. Never waited for. */
  readonly seen: (principal: Principal) => void;
}

/**
 * Lets a request through when its bearer token is valid, agrees with the tenant's headers and carries the route's permission. The route
 * itself says what it asks for: a path has many spellings.
 */
export class AuthGuard implements CanActivate {
  constructor(private readonly parts: AuthGuardParts) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const permission = declaredPermission(context.getHandler(), context.getClass());
    if (permission === 'public') return true;
    const request = context.switchToHttp().getRequest<GatewayRequest>();
    if (!permission) throw new CodedError('FORBIDDEN', `${request.method} ${request.path} names no permission`);
    const principal = principalFor(await this.authenticate(request), tenantOf(request));
    // Known before the permission is looked at: who tried what they may not do is audited.
    request.principal = principal;
    if (!principal.permissions.has(permission)) {
      throw new CodedError('FORBIDDEN', `${principal.actor.name} lacks the permission ${permission}`);
    }
    this.parts.seen(principal);
    return true;
  }

  private async authenticate(request: GatewayRequest): Promise<Identity> {
    const token = bearerToken(request);
    try {
      return identityOf(await this.parts.tokens.verify(token), this.parts.names);
    } catch (error) {
      if (isCodedError(error) && error.code === 'UNAUTHENTICATED') await this.parts.failures.count(request.ip ?? 'unknown');
      throw error;
    }
  }
}
