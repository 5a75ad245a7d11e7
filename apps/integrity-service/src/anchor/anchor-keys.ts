import type { JSONWebKeySet, JWK } from 'jose';
import { isCodedError } from '@lastcopy/kernel';
import { trustedKeys } from '@lastcopy/platform';

interface KeyFolders {
  KEYS_DIR: string;
  PUBLIC_KEYS_DIR?: string;
}

/** Where keys are provided, the public set may lie with those who verify and not here. */
async function published({ KEYS_DIR, PUBLIC_KEYS_DIR }: KeyFolders): Promise<JSONWebKeySet> {
  try {
    return await trustedKeys(PUBLIC_KEYS_DIR ?? KEYS_DIR, 'integrity-signing');
  } catch (error) {
    if (isCodedError(error) && (error.cause as NodeJS.ErrnoException | undefined)?.code === 'ENOENT') return { keys: [] };
    throw error;
  }
}

/** Public keys that anchors may be signed with: of the key that signs now, and of those before it that are still published. */
export async function anchorKeys(folders: KeyFolders, { kty, crv, x }: JWK): Promise<JWK[]> {
  return [{ kty, crv, x } as JWK, ...(await published(folders)).keys];
}
