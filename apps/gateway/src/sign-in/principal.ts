import type { Actor, Tenant } from '@lastcopy/contracts';
import { CodedError } from '@lastcopy/kernel';
import type { Identity } from './claims.js';
import type { Permission } from './permissions.js';

/** Who asks, for which tenant, and what they may do. */
export interface Principal {
  actor: Actor;
  tenant: Tenant;
  permissions: ReadonlySet<Permission>;
  email: string | null;
}

/**
 * The tenant is named twice, by the token and by the headers: so a client that mixes two of them up is stopped.
 * @throws FORBIDDEN when the token is for another client account, or for other engagements alone
 */
export function principalFor(identity: Identity, named: Tenant): Principal {
  const { actor, permissions, email } = identity;
  const tenant = { client_account_id: named.client_account_id.toLowerCase(), engagement_id: named.engagement_id.toLowerCase() };
  if (tenant.client_account_id !== identity.client_account_id || !identity.engagement_ids.includes(tenant.engagement_id)) {
    throw new CodedError('FORBIDDEN', 'The token is for another client account or engagement than the headers name');
  }
  return { actor, tenant, permissions, email };
}
