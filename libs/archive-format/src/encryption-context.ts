import type { ArchiveIdentity } from './layout.js';

/** The readable, authenticated part of a message: whose it is and where it belongs. Ids only. */
export type EncryptionContext = Readonly<Record<string, string>>;

/** `path` is the object's path below the job's prefix, `attempt-1/…`: the storage location itself may be moved as a whole. */
export function encryptionContext(identity: ArchiveIdentity, path: string): EncryptionContext {
  return {
    client_account_id: identity.client_account_id,
    engagement_id: identity.engagement_id,
    flow_id: identity.flow_id,
    system_id: identity.system_id,
    job_id: identity.job_id,
    attempt: String(identity.attempt),
    path,
  };
}

/** Names of the entries that differ, missing and additional ones included; empty when both are exactly equal. */
export function contextDifferences(expected: EncryptionContext, actual: EncryptionContext): string[] {
  const names = new Set([...Object.keys(expected), ...Object.keys(actual)]);
  return [...names].filter((name) => !Object.hasOwn(actual, name) || !Object.hasOwn(expected, name) || expected[name] !== actual[name]);
}
