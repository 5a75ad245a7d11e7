import type { Tenant } from '@lastcopy/contracts';
import { CodedError } from '@lastcopy/kernel';

const secretRefPattern = /^[a-z0-9][a-z0-9._-]{0,127}$/;
const clientPattern = /^[A-Za-z0-9][A-Za-z0-9_-]{0,127}$/;

/** Both parts become a file name or a variable name: neither may lead anywhere else. */
export function assertSecretName(tenant: Tenant, secretRef: string): void {
  if (secretRefPattern.test(secretRef) && clientPattern.test(tenant.client_account_id)) return;
  throw new CodedError('SECRET_UNKNOWN', `${JSON.stringify(secretRef)} is not the name of a secret of this tenant.`);
}
