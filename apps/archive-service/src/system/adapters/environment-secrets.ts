import type { Tenant } from '@lastcopy/contracts';
import { CodedError } from '@lastcopy/kernel';
import { Secret, type SecretsProvider } from '../ports/secrets-provider.js';
import { assertSecretName } from './secret-name.js';

/** Characters that a variable's name cannot hold are written as `_` and their code, so that no two references share a name. */
const variablePart = (text: string): string => text.replace(/[^a-z0-9]/gi, (each) => `_${each.charCodeAt(0).toString(16)}_`).toUpperCase();

/** `LASTCOPY_SECRET_<CLIENT>__<REF>`; a client's capital and small letters are told apart by nobody, so its id should not differ in them alone. */
export const secretVariable = (tenant: Tenant, secretRef: string): string =>
  `LASTCOPY_SECRET_${variablePart(tenant.client_account_id)}__${variablePart(secretRef)}`;

/** Secrets as variables of the environment, handed in by the configuration. */
export class EnvironmentSecrets implements SecretsProvider {
  constructor(private readonly variables: ReadonlyMap<string, string>) {}

  async read(tenant: Tenant, secretRef: string): Promise<Secret> {
    assertSecretName(tenant, secretRef);
    const name = secretVariable(tenant, secretRef);
    const value = this.variables.get(name);
    if (value === undefined) throw new CodedError('SECRET_UNKNOWN', `Secret ${secretRef} is not set: variable ${name} is missing.`);
    return new Secret(value);
  }
}
