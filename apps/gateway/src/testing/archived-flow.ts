import { createHash } from 'node:crypto';
import { CompactSign, importJWK } from 'jose';
import {
  archiveJobId,
  assignmentId,
  attestationType,
  verificationId,
  type Attestation,
  type EventData,
  type FlowSystem,
  type ManifestLocation,
  type PolicyAssigned,
  type Tenant,
} from '@lastcopy/contracts';
import { canonicalJson, deterministicId } from '@lastcopy/eventing';
import { signingKey } from '@lastcopy/platform';

/** What the other services say about one archived system, as they say it. */
export const archivedAt = '2026-11-22T12:00:00.000Z';
export const retainUntil = '2034-11-22T12:00:00.000Z';

const digest = (text: string) => createHash('sha256').update(text).digest('hex');

export const assignmentOf = (flowId: string, system: Pick<FlowSystem, 'system_id' | 'system_name'>): PolicyAssigned => ({
  assignment_id: assignmentId(flowId, system.system_id),
  flow_id: flowId,
  system_id: system.system_id,
  system_name: system.system_name,
  policy_id: deterministicId('policy'),
  policy_version: 1,
  policy_name: 'Business Critical Data',
  rule: 'sensitivity',
  explanation: [{ rule: 'sensitivity', outcome: 'chosen', reason: 'Holds PII' }],
  retention_period_days: 2555,
  minima: [{ duration: 'P7Y', requirement: 'SOX', clause: '17 CFR 210.2-06(a)' }],
  verification_level: 'restored',
  storage_location: 's3://archive-bucket/business-critical/',
  encryption_required: true,
  compliance_requirements: ['SOX'],
  data_classification: ['PII'],
  conflicts: [],
});

export interface AttemptOf {
  tenant: Tenant;
  flow_id: string;
  system_id: string;
  attempt?: number;
}

export function uploadedOf({ flow_id, system_id, attempt = 1 }: AttemptOf): EventData<'ArchiveUploaded'> {
  const job_id = archiveJobId(flow_id, system_id);
  const key = `business-critical/${job_id}/attempt-${attempt}/manifest.json`;
  const manifest: ManifestLocation = { bucket: 'archive-bucket', key, version_id: `version-${attempt}` };
  const figures = { parts: 3, rows: 22_000, bytes: 4_000_000_000, stored_bytes: 1_000_000_000, duration_ms: 60_000 };
  return {
    ...{
      job_id,
      flow_id,
      attempt,
      system_id,
      source_kind: 'postgresql',
      location: `s3://archive-bucket/${key.replace(/manifest.json$/, '')}`,
    },
    ...{ manifest, manifest_sha256: digest(`${job_id}#${attempt}`), verification_level: 'restored', ...figures },
    ...{ archived_at: archivedAt, retain_until: retainUntil },
  };
}

/** A verdict with the real signature of the key in `keysDir`. */
export async function verifiedOf(
  keysDir: string,
  of: AttemptOf & { run?: number },
  changes: Partial<Attestation> = {},
): Promise<EventData<'IntegrityVerified'>> {
  const { job_id, flow_id, attempt, system_id, manifest, manifest_sha256 } = uploadedOf(of);
  const verification_id = verificationId(job_id, attempt, of.run ?? 1);
  const attestation: Attestation = {
    ...{ attestation_version: 1, verification_id, ...of.tenant, flow_id, system_id, job_id, attempt, level: 'restored' },
    ...{ manifest: { ...manifest }, manifest_sha256, objects: 9, rows: 22_000, bytes: 4_000_000_000, keys: { tenant: true, escrow: true } },
    ...{ checks: { count: 1, sha256: digest('checks') }, verified_at: '2026-11-22T12:30:00.000Z' },
    verifier: { service: 'integrity-service', version: '0.1.0' },
    ...changes,
  };
  const key = await signingKey(keysDir, 'integrity-signing', { create: false });
  const payload = canonicalJson(attestation);
  const header = { alg: 'EdDSA', typ: attestationType, kid: key.kid! };
  const jws = await new CompactSign(new TextEncoder().encode(payload)).setProtectedHeader(header).sign(await importJWK(key, 'EdDSA'));
  const checks = [{ name: 'restored: table 1 rows', passed: true, expected: '22000', actual: '22000' }];
  const verdict = { verification_id, job_id, flow_id, attempt, level: 'restored' as const, manifest_sha256, checks };
  return { ...verdict, evidence_sha256: digest(payload), attestation: jws };
}

export function failedOf(of: AttemptOf & { run?: number }): EventData<'IntegrityFailed'> {
  const { job_id, flow_id, attempt } = uploadedOf(of);
  return {
    ...{ verification_id: verificationId(job_id, attempt, of.run ?? 1), job_id, flow_id, attempt, level: 'restored' },
    ...{
      checks: [],
      evidence_sha256: digest('failed'),
      code: 'ARCHIVE_OBJECT_DAMAGED',
      message: 'data/t-0001/part-00001 is not what was written',
    },
  };
}

export function retentionOf(of: AttemptOf): EventData<'RetentionVerified'> {
  const { job_id, flow_id, attempt } = uploadedOf(of);
  const verification_id = verificationId(job_id, attempt);
  return { verification_id, job_id, flow_id, attempt, mode: 'COMPLIANCE', retain_until: retainUntil, versions: 9 };
}
