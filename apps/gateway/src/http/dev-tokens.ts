import { SignJWT } from 'jose';
import type { Actor, Tenant } from '@lastcopy/contracts';
import { CodedError } from '@lastcopy/kernel';
import type { GatewayConfig } from '../config.js';

/** An operator who runs the phase, and the three who decide. */
export const demoPeople: readonly Actor[] = [
  { user_id: 'olga', name: 'Olga Operator', roles: ['operator'] },
  { user_id: 'dana', name: 'Dana Data-Owner', roles: ['data_owner'] },
  { user_id: 'carl', name: 'Carl Compliance', roles: ['compliance'] },
  { user_id: 'lena', name: 'Lena Legal', roles: ['legal'] },
];

/** Signs people in without an identity provider. Refuses to be made in production. */
export class DevTokens {
  private readonly secret: Uint8Array;

  constructor(private readonly config: Pick<GatewayConfig, 'LASTCOPY_ENV' | 'DEV_TOKEN_SECRET' | 'AUTH_ISSUER' | 'AUTH_AUDIENCE'>) {
    if (config.LASTCOPY_ENV === 'production' || !config.DEV_TOKEN_SECRET) {
      throw new CodedError('CONFIGURATION_INVALID', 'Development tokens need DEV_TOKEN_SECRET and never exist in production');
    }
    this.secret = new TextEncoder().encode(config.DEV_TOKEN_SECRET);
  }

  /** A bearer token. @param lifetime as jose reads it @default '12h' */
  issue(person: Actor, tenant: Tenant, lifetime = '12h'): Promise<string> {
    return new SignJWT({ name: person.name, roles: person.roles, ...tenant })
      .setProtectedHeader({ alg: 'HS256' })
      .setSubject(person.user_id)
      .setIssuer(this.config.AUTH_ISSUER)
      .setAudience(this.config.AUTH_AUDIENCE)
      .setIssuedAt()
      .setExpirationTime(lifetime)
      .sign(this.secret);
  }
}
