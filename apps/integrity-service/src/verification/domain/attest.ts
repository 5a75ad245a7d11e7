import type { Attestation, VerificationLevel, VerificationRequested } from '@lastcopy/contracts';

/** What a run has proven, before it is signed. */
export interface ProvenArchive {
  readonly level: VerificationLevel;
  readonly objects: number;
  readonly rows: number;
  readonly bytes: number;
  readonly keys: { readonly tenant: boolean; readonly escrow: boolean };
  readonly checks: { readonly count: number; readonly sha256: string };
}

/** The statement that the integrity-service signs. */
export const attestationOf = (
  request: VerificationRequested,
  tenant: { client_account_id: string; engagement_id: string },
  proven: ProvenArchive,
  at: Date,
  version: string,
): Attestation => ({
  attestation_version: 1,
  verification_id: request.verification_id,
  client_account_id: tenant.client_account_id,
  engagement_id: tenant.engagement_id,
  flow_id: request.flow_id,
  system_id: request.system_id,
  job_id: request.job_id,
  attempt: request.attempt,
  level: proven.level,
  manifest: { bucket: request.manifest.bucket, key: request.manifest.key, version_id: request.manifest.version_id },
  manifest_sha256: request.manifest_sha256,
  objects: proven.objects,
  rows: proven.rows,
  bytes: proven.bytes,
  keys: { ...proven.keys },
  checks: { ...proven.checks },
  verified_at: at.toISOString(),
  verifier: { service: 'integrity-service', version },
});
