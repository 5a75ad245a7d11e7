import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Tenant } from '@lastcopy/contracts';
import { CodedError } from '@lastcopy/kernel';
import { Secret, type SecretsProvider } from '../ports/secrets-provider.js';
import { assertSecretName } from './secret-name.js';

/** Secrets as files: `<dir>/<client_account_id>/<secret_ref>`, as orchestrators mount them. One newline at the end does not count. */
export class FileSecrets implements SecretsProvider {
  constructor(private readonly dir: string) {}

  async read(tenant: Tenant, secretRef: string): Promise<Secret> {
    assertSecretName(tenant, secretRef);
    const file = path.join(this.dir, tenant.client_account_id, secretRef);
    try {
      return new Secret((await readFile(file, 'utf8')).replace(/\r?\n$/, ''));
    } catch (cause) {
      throw new CodedError('SECRET_UNKNOWN', `Secret ${secretRef} cannot be read from ${file}: ${(cause as NodeJS.ErrnoException).code}`, {
        cause,
      });
    }
  }
}
