import { SignJWT } from 'jose';
import type { Actor, Tenant } from '@lastcopy/contracts';
import { CodedError } from '@lastcopy/kernel';
import type { GatewayConfig } from '../config.js';

export interface DevTokenOptions {
  /** As jose reads it. @default '12h' */
  lifetime?: string;
  /** When the person proved who they are. @default now */
  authenticatedAt?: Date;
}

/** Signs people in without an identity provider. Refuses to be made in production. */
export class DevTokens {
  private readonly secret: Uint8Array;

  constructor(private readonly config: Pick<GatewayConfig, 'LASTCOPY_ENV' | 'DEV_TOKEN_SECRET' | 'AUTH_ISSUER' | 'AUTH_AUDIENCE'>) {
    if (config.LASTCOPY_ENV === 'production' || !config.DEV_TOKEN_SECRET) {
      throw new CodedError('CONFIGURATION_INVALID', 'Development tokens need DEV_TOKEN_SECRET and never exist in production');
    }
    this.secret = new TextEncoder().encode(config.DEV_TOKEN_SECRET);
  }

  /** A bearer token of someone who signed in just now, unless the options say otherwise. */
  issue(
    person: Actor & { email?: string },
    tenant: Tenant,
    { lifetime = '12h', authenticatedAt = new Date() }: DevTokenOptions = {},
  ): Promise<string> {
    const { name, email, roles } = person;
    const auth_time = Math.floor(authenticatedAt.getTime() / 1000);
    return new SignJWT({ name, ...(email ? { email } : {}), roles, auth_time, ...tenant })
      .setProtectedHeader({ alg: 'HS256' })
      .setSubject(person.user_id)
      .setIssuer(this.config.AUTH_ISSUER)
      .setAudience(this.config.AUTH_AUDIENCE)
      .setIssuedAt()
      .setExpirationTime(lifetime)
      .sign(this.secret);
  }
}
