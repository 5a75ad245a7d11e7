import { IsArray, IsNotEmpty, IsString, IsUUID } from 'class-validator';
import { parseAs, type Actor, type Tenant } from '@lastcopy/contracts';
import { CodedError } from '@lastcopy/kernel';
import { permissionsOfRoles } from '../sign-in/permissions.js';

export type { Permission } from '../sign-in/permissions.js';

class Claims {
  @IsString()
  @IsNotEmpty()
  sub: string;

  @IsString()
  @IsNotEmpty()
  name: string;

  @IsArray()
  @IsString({ each: true })
  roles: string[];

  @IsUUID()
  client_account_id: string;

  @IsUUID()
  engagement_id: string;
}

export interface Principal {
  actor: Actor;
  tenant: Tenant;
  permissions: ReadonlySet<string>;
}

/** A NumericDate (seconds since 1970) as ISO 8601; null when it is none. */
const timeOf = (seconds: unknown): string | null =>
  typeof seconds === 'number' && Number.isFinite(seconds) ? new Date(seconds * 1000).toISOString() : null;

/** A token that a client got for itself: no person signed in. */
const isServiceAccount = ({ sub, client_id, azp, gty }: Record<string, unknown>): boolean =>
  gty === 'client-credentials' || client_id === sub || azp === sub;

/** Who a verified token's payload names. Throws UNAUTHENTICATED when a claim is missing. */
export function principalOf(payload: Record<string, unknown>): Principal {
  const { sub, name, roles, client_account_id, engagement_id } = payload;
  let claims: Claims;
  try {
    claims = parseAs(Claims, { sub, name, roles, client_account_id, engagement_id }, 'The token');
  } catch (cause) {
    throw new CodedError('UNAUTHENTICATED', (cause as Error).message, { cause });
  }
  return {
    actor: {
      ...{ user_id: claims.sub, name: claims.name, roles: claims.roles },
      ...{ authenticated_at: timeOf(payload.auth_time), service_account: isServiceAccount(payload) },
    },
    tenant: { client_account_id: claims.client_account_id, engagement_id: claims.engagement_id },
    permissions: permissionsOfRoles(claims.roles),
  };
}
