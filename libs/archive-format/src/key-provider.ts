import type { FlattenedJWE } from 'jose';
import type { ArchiveIdentity } from './layout.js';

/** Whose archive key a wrap holds. One key serves all attempts of a job. */
export type WrapContext = Omit<ArchiveIdentity, 'attempt'> & { readonly wrap_id: string };

/** What is stored as `keys/<wrap_id>.json`: a flattened JWE (RFC 7516) whose protected header names the key and the context. */
export type WrapDocument = FlattenedJWE;

/** A key that wraps archive keys: of the tenant, or of the escrow. The wrapping key never leaves its provider. */
export interface KeyProvider {
  /** Names the wrapping key and its version; stands in the manifest, so it must not be secret or personal. */
  readonly keyId: string;
  wrap(archiveKey: Uint8Array, context: WrapContext): Promise<WrapDocument>;
  /**
   * The 32 bytes of the archive key; the caller wipes them.
   * @throws ARCHIVE_KEY_UNAVAILABLE when this provider's key did not make the wrap or the wrap was damaged
   * @throws ARCHIVE_OBJECT_MISPLACED when the wrap was made for another job or wrap id
   */
  unwrap(document: WrapDocument, context: WrapContext): Promise<Uint8Array>;
}

const FIELDS = [
  'client_account_id',
  'engagement_id',
  'flow_id',
  'system_id',
  'job_id',
  'wrap_id',
] as const satisfies readonly (keyof WrapContext)[];

/** Only these fields, so that nothing else of a larger object enters a header. */
export const wrapHeader = (context: WrapContext): Record<string, string> =>
  Object.fromEntries(FIELDS.map((field) => [field, context[field]]));

/** Names of the fields in which a wrap's header is not of this context. */
export const wrapDifferences = (header: Readonly<Record<string, unknown>>, context: WrapContext): string[] =>
  FIELDS.filter((field) => header[field] !== context[field]);
