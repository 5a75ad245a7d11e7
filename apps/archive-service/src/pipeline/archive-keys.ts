import type { KeyProvider } from '@lastcopy/archive-format';
import type { WrapPurpose } from './wrap-id.js';

/** Who can open an archive later: its tenant, and the escrow should the tenant's key be lost. */
export interface ArchiveKeys {
  /** Errors: CONFIGURATION_INVALID when the key is not to be had. */
  providers(clientAccountId: string): Promise<Record<WrapPurpose, KeyProvider>>;
}
