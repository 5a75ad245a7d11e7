import { access } from 'node:fs/promises';
import path from 'node:path';
import { createLocalKeyFileProvider } from '@lastcopy/archive-format';
import { CodedError } from '@lastcopy/kernel';
import type { KeyPaths } from './proof.js';

const exists = (file: string): Promise<boolean> =>
  access(file).then(
    () => true,
    () => false,
  );

/**
 * Wrapping keys as files in this service's own folder: `tenant-<client_account_id>.key` and `escrow.key`. For development: production
 * refuses them. They are read anew for each proof, so that a rotated key counts at once, and never made here.
 */
export const localKeys =
  (dir: string, environment: 'development' | 'production') =>
  async (clientAccountId: string): Promise<KeyPaths> => {
    if (!/^[A-Za-z0-9_-]{1,200}$/.test(clientAccountId)) {
      throw new CodedError('VALIDATION_FAILED', `'${clientAccountId}' cannot be the id of a client account`);
    }
    const options = { nodeEnv: environment, create: false };
    const escrowFile = path.join(dir, 'escrow.key');
    return {
      tenant: await createLocalKeyFileProvider(path.join(dir, `tenant-${clientAccountId}.key`), options),
      escrow: (await exists(escrowFile)) ? await createLocalKeyFileProvider(escrowFile, options) : null,
    };
  };
