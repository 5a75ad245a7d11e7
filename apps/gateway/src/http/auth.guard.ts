import { readFileSync } from 'node:fs';
import type { CanActivate, ExecutionContext } from '@nestjs/common';
import { SetMetadata, type CustomDecorator } from '@nestjs/common';
import { createLocalJWKSet, jwtVerify, type JSONWebKeySet, type JWTVerifyResult } from 'jose';
import { CodedError } from '@lastcopy/kernel';
import type { GatewayConfig } from '../config.js';
import { principalOf, type Permission, type Principal } from './claims.js';
import type { GatewayRequest } from './request-scope.js';

const PERMISSION = 'lastcopy:permission';

const PUBLIC = 'lastcopy:public';

/** A route, or every route of a controller, that anybody may call without a token. */
export const Public = (): CustomDecorator => SetMetadata(PUBLIC, true);

/** Which permission a route asks for. A route that names none and is not public is refused. */
export const Permit = (permission: Permission): MethodDecorator => SetMetadata(PERMISSION, permission);

type Verify = (token: string) => Promise<JWTVerifyResult>;

function verifiers(config: GatewayConfig): Verify[] {
  const expected = { issuer: config.AUTH_ISSUER, audience: config.AUTH_AUDIENCE, requiredClaims: ['exp', 'sub'] };
  const found: Verify[] = [];
  if (config.DEV_TOKEN_SECRET && config.LASTCOPY_ENV === 'development') {
    const secret = new TextEncoder().encode(config.DEV_TOKEN_SECRET);
    found.push((token) => jwtVerify(token, secret, { ...expected, algorithms: ['HS256'] }));
  }
  if (config.AUTH_JWKS_FILE) {
    const keys = createLocalJWKSet(JSON.parse(readFileSync(config.AUTH_JWKS_FILE, 'utf8')) as JSONWebKeySet);
    found.push((token) => jwtVerify(token, keys, { ...expected, algorithms: ['EdDSA', 'ES256', 'RS256', 'PS256'] }));
  }
  return found;
}

function header(request: GatewayRequest, name: string): string {
  const value = request.get(name);
  if (!value) throw new CodedError('TENANT_REQUIRED', `The header ${name} is missing`);
  return value.toLowerCase();
}

/** The tenant is named twice, by the token and by the headers: so a client that mixes two of them up is stopped. */
function refuseOtherTenant(request: GatewayRequest, { tenant }: Principal): void {
  const named = [header(request, 'X-Client-Account-ID'), header(request, 'X-Engagement-ID')];
  if (named[0] !== tenant.client_account_id.toLowerCase() || named[1] !== tenant.engagement_id.toLowerCase()) {
    throw new CodedError('FORBIDDEN', 'The token is for another client account or engagement than the headers name');
  }
}

type Target = Parameters<typeof Reflect.getMetadata>[1];

/** What a route declares: a permission, `public`, or null for nothing, which is refused. */
export function declaredPermission(handler: Target, controller: Target): Permission | 'public' | null {
  if ([handler, controller].some((target) => Reflect.getMetadata(PUBLIC, target) === true)) return 'public';
  return (Reflect.getMetadata(PERMISSION, handler) as Permission | undefined) ?? null;
}

/**
 * Lets a request through when its bearer token is valid, agrees with the tenant's headers and carries the route's permission. The route
 * itself says what it asks for: a path has many spellings.
 */
export class AuthGuard implements CanActivate {
  private readonly verifiers: Verify[];

  constructor(config: GatewayConfig) {
    this.verifiers = verifiers(config);
  }

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const permission = declaredPermission(context.getHandler(), context.getClass());
    if (permission === 'public') return true;
    const request = context.switchToHttp().getRequest<GatewayRequest>();
    if (!permission) throw new CodedError('FORBIDDEN', `${request.method} ${request.path} names no permission`);
    const principal = await this.authenticate(request);
    refuseOtherTenant(request, principal);
    if (!principal.permissions.has(permission)) {
      throw new CodedError('FORBIDDEN', `${principal.actor.name} lacks the permission ${permission}`);
    }
    request.principal = principal;
    return true;
  }

  private async authenticate(request: GatewayRequest): Promise<Principal> {
    const [, token] = /^Bearer (\S+)$/i.exec(request.get('Authorization') ?? '') ?? [];
    if (!token) throw new CodedError('UNAUTHENTICATED', 'The request carries no bearer token');
    let reason = 'nobody can sign in here';
    for (const verify of this.verifiers) {
      try {
        return principalOf((await verify(token)).payload);
      } catch (error) {
        reason = (error as Error).message;
      }
    }
    throw new CodedError('UNAUTHENTICATED', `The bearer token is not valid: ${reason}`);
  }
}
