import path from 'node:path';
import { createLocalKeyFileProvider } from '@lastcopy/archive-format';
import { CodedError } from '@lastcopy/kernel';
import type { ArchiveKeys } from '../archive-keys.js';

/** `tenant-<client_account_id>.key` and `escrow.key` in one folder: development only, made when absent. */
export class LocalArchiveKeys implements ArchiveKeys {
  constructor(
    private readonly dir: string,
    private readonly environment: 'development' | 'production',
  ) {}

  async providers(clientAccountId: string) {
    if (!/^[A-Za-z0-9][A-Za-z0-9_-]{0,127}$/.test(clientAccountId)) {
      throw new CodedError('VALIDATION_FAILED', `${JSON.stringify(clientAccountId)} cannot name a key file.`);
    }
    const [tenant, escrow] = await Promise.all([this.provider(`tenant-${clientAccountId}`), this.provider('escrow')]);
    return { tenant, escrow };
  }

  private provider(name: string) {
    return createLocalKeyFileProvider(path.join(this.dir, `${name}.key`), { nodeEnv: this.environment, create: true });
  }
}
