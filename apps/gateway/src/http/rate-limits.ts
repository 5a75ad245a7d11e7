import { SetMetadata, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { ThrottlerStorageService } from '@nestjs/throttler';
import { CodedError } from '@lastcopy/kernel';
import type { SignInConfig } from '../sign-in/sign-in-config.js';
import type { GatewayRequest } from './request-scope.js';

const minuteMs = 60_000;
const UNLIMITED = 'lastcopy:unlimited';

/** A route, or every route of a controller, that no limit counts. */
export const Unlimited = (): ClassDecorator & MethodDecorator => SetMetadata(UNLIMITED, true);

/** `retry_after_s` becomes the answer's Retry-After. */
const tooMany = (what: string, retryAfterS: number): CodedError =>
  new CodedError('RATE_LIMITED', `${what}; try again in ${retryAfterS} s`, { details: { retry_after_s: retryAfterS } });

/** Counts by a key over the last minute. */
export class MinuteLimit {
  private constructor(
    private readonly storage: ThrottlerStorageService,
    private readonly most: number,
    private readonly what: string,
  ) {}

  /** Loaded only now: the package requires the framework's ES modules, which must be there before it. */
  static async of(most: number, what: string): Promise<MinuteLimit> {
    const { ThrottlerStorageService: Storage } = await import('@nestjs/throttler');
    return new MinuteLimit(new Storage(), most, what);
  }

  /** Throws RATE_LIMITED once there were more than the limit allows, until a minute has passed. */
  async count(key: string): Promise<void> {
    const { isBlocked, timeToBlockExpire } = await this.storage.increment(key, minuteMs, this.most, minuteMs, 'minute');
    if (isBlocked) throw tooMany(this.what, Math.max(1, timeToBlockExpire));
  }

  stop(): void {
    this.storage.onApplicationShutdown();
  }
}

/** Counts requests by whom they come from, over all routes; a request from nobody in particular passes. */
class RateLimitGuard implements CanActivate {
  constructor(
    private readonly limit: MinuteLimit,
    private readonly from: (request: GatewayRequest) => string | undefined,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const targets = [context.getHandler(), context.getClass()];
    if (targets.some((target) => Reflect.getMetadata(UNLIMITED, target) === true)) return true;
    const key = this.from(context.switchToHttp().getRequest<GatewayRequest>());
    if (key !== undefined) await this.limit.count(key);
    return true;
  }
}

const principalKey = ({ principal }: GatewayRequest): string | undefined =>
  principal && JSON.stringify([principal.tenant.client_account_id, principal.tenant.engagement_id, principal.actor.user_id]);

export interface RateLimits {
  /** Before sign-in. */
  readonly byAddress: CanActivate;
  /** After it. */
  readonly byPrincipal: CanActivate;
  /**
   * Refused tokens of an address. A token that holds is never refused for the failures of others: many people share one address, and one
   * forgotten browser tab must not lock them out.
   */
  readonly failedSignIns: MinuteLimit;
  stop(): void;
}

export async function rateLimits(
  config: Pick<SignInConfig, 'RATE_LIMIT_PER_ADDRESS' | 'RATE_LIMIT_PER_MINUTE' | 'FAILED_SIGN_INS_PER_MINUTE'>,
): Promise<RateLimits> {
  const ofAddress = await MinuteLimit.of(config.RATE_LIMIT_PER_ADDRESS, 'Too many requests from this address');
  const ofPrincipal = await MinuteLimit.of(config.RATE_LIMIT_PER_MINUTE, 'Too many requests in your name');
  const failedSignIns = await MinuteLimit.of(config.FAILED_SIGN_INS_PER_MINUTE, 'Too many refused sign-ins from this address');
  return {
    byAddress: new RateLimitGuard(ofAddress, ({ ip }) => ip ?? 'unknown'),
    byPrincipal: new RateLimitGuard(ofPrincipal, principalKey),
    failedSignIns,
    stop: () => [ofAddress, ofPrincipal, failedSignIns].forEach((limit) => limit.stop()),
  };
}
