import path from 'node:path';
import { createLocalKeyFileProvider, type KeyProvider } from '@lastcopy/archive-format';
import { CodedError } from '@lastcopy/kernel';

export type ArtifactKeysOf = (clientAccountId: string) => Promise<{ tenant: KeyProvider; escrow: KeyProvider }>;

/**
 * The wrapping keys of documents, in a folder that is not that of the archives: what faces the network must not open archives.
 * Files are for development; production refuses them.
 */
export const localArtifactKeys =
  (dir: string, environment: 'development' | 'production'): ArtifactKeysOf =>
  async (clientAccountId) => {
    if (!/^[A-Za-z0-9][A-Za-z0-9_-]{0,127}$/.test(clientAccountId)) {
      throw new CodedError('VALIDATION_FAILED', `${JSON.stringify(clientAccountId)} cannot name a key file.`);
    }
    const provider = (name: string) => createLocalKeyFileProvider(path.join(dir, `${name}.key`), { nodeEnv: environment, create: true });
    const [tenant, escrow] = await Promise.all([provider(`artifact-tenant-${clientAccountId}`), provider('artifact-escrow')]);
    return { tenant, escrow };
  };
