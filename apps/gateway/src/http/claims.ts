import { IsArray, IsNotEmpty, IsString, IsUUID } from 'class-validator';
import { parseAs, type Actor, type Tenant } from '@lastcopy/contracts';
import { CodedError } from '@lastcopy/kernel';

export const permissions = ['decommission.read', 'decommission.write', 'decommission.execute', 'decommission.approve'] as const;
export type Permission = (typeof permissions)[number];

/** What each role may do. A token may also carry permissions themselves among its roles. */
const granted: Record<string, readonly Permission[]> = {
  operator: ['decommission.read', 'decommission.write', 'decommission.execute'],
  data_owner: ['decommission.read', 'decommission.approve'],
  compliance: ['decommission.read', 'decommission.approve'],
  legal: ['decommission.read', 'decommission.approve'],
};

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
    actor: { user_id: claims.sub, name: claims.name, roles: claims.roles },
    tenant: { client_account_id: claims.client_account_id, engagement_id: claims.engagement_id },
    permissions: new Set(claims.roles.flatMap((role) => [role, ...(Object.hasOwn(granted, role) ? granted[role]! : [])])),
  };
}
