import type { VerificationLevel } from './vocabulary.js';

/** Protected `typ` of an attestation's JWS. */
export const attestationType = 'lastcopy-attestation';

/**
 * What the integrity-service signs when an archive is proven: the payload (RFC 8785 bytes) of the compact JWS (EdDSA) in `IntegrityVerified.attestation`.
 * `IntegrityVerified.evidence_sha256` is the SHA-256 of those bytes.
 */
export interface Attestation {
  attestation_version: 1;
  verification_id: string;
  client_account_id: string;
  engagement_id: string;
  flow_id: string;
  system_id: string;
  job_id: string;
  attempt: number;
  /** The highest level that was proven; it includes the ones before it. */
  level: VerificationLevel;
  manifest: { bucket: string; key: string; version_id: string };
  manifest_sha256: string;
  /** Stored objects that were proven: data, metadata, manifest, signature, key wraps. */
  objects: number;
  rows: number;
  /** Plain-text bytes. */
  bytes: number;
  /** Which key paths were proven to unwrap the archive key from the stored wraps. */
  keys: { tenant: boolean; escrow: boolean };
  /** All checks that were made; the event may list fewer. SHA-256 over their RFC 8785 bytes. */
  checks: { count: number; sha256: string };
  /** ISO 8601 UTC. */
  verified_at: string;
  verifier: { service: 'integrity-service'; version: string };
}
