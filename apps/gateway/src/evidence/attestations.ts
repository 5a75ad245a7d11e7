import { compactVerify, createLocalJWKSet, errors, type JSONWebKeySet } from 'jose';
import { attestationType, type Attestation, type Tenant } from '@lastcopy/contracts';
import { canonicalJson, sha256Hex } from '@lastcopy/eventing';
import { winningVerification, type AttemptVerification, type JobRecord } from '../records/job-record.js';
import type { AttestationVerdict } from './flow-facts.js';

/** The integrity-service's public keys, read anew when a signature names one that is not known. */
export type AttestationKeys = (options?: { reload: boolean }) => Promise<JSONWebKeySet>;

const invalid = (reason: string): AttestationVerdict => ({ valid: false, reason });

/** Which claims of the attestation are not those of the archive. */
function differences(claims: Attestation, tenant: Tenant, job: JobRecord, verification: AttemptVerification): string[] {
  const expected: Partial<Record<keyof Attestation, unknown>> = {
    attestation_version: 1,
    client_account_id: tenant.client_account_id,
    engagement_id: tenant.engagement_id,
    flow_id: job.flow_id,
    system_id: job.queued?.system_id,
    job_id: job.job_id,
    attempt: job.uploaded?.attempt,
    verification_id: verification.verification_id,
    level: verification.level,
    manifest_sha256: job.uploaded?.manifest_sha256,
    manifest: job.uploaded?.manifest,
  };
  const same = (name: keyof Attestation) => canonicalJson(claims[name] ?? null) === canonicalJson(expected[name] ?? null);
  return (Object.keys(expected) as (keyof Attestation)[]).filter((name) => !same(name));
}

async function signedPayload(jws: string, keys: AttestationKeys): Promise<Uint8Array> {
  const options = { algorithms: ['EdDSA'] };
  const verify = async (reload: boolean) => {
    const { payload, protectedHeader } = await compactVerify(jws, createLocalJWKSet(await keys({ reload })), options);
    if (protectedHeader.typ !== attestationType) throw new Error(`it is a signature of type ${protectedHeader.typ ?? 'unknown'}`);
    return payload;
  };
  try {
    return await verify(false);
  } catch (error) {
    if (error instanceof errors.JWKSNoMatchingKey) return verify(true);
    throw error;
  }
}

/** Verdicts by the keys and the record that they are of: neither ever changes, another record is another object. */
const checked = new WeakMap<JSONWebKeySet, WeakMap<JobRecord, AttestationVerdict>>();

/** As `checkAttestation`, once for each record of a job while the keys stay the same. */
export async function knownAttestation(tenant: Tenant, job: JobRecord, keys: AttestationKeys): Promise<AttestationVerdict> {
  const present = await keys().catch(() => null);
  const known = present && checked.get(present)?.get(job);
  if (known) return known;
  const verdict = await checkAttestation(tenant, job, keys);
  // A verdict that found other keys than these, or none, is not theirs.
  if (verdict.valid && present && present === (await keys().catch(() => null))) {
    if (!checked.has(present)) checked.set(present, new WeakMap());
    checked.get(present)!.set(job, verdict);
  }
  return verdict;
}

/** Checks the signature of the winning attempt's attestation, and that it speaks of this archive and no other. */
export async function checkAttestation(tenant: Tenant, job: JobRecord, keys: AttestationKeys): Promise<AttestationVerdict> {
  const verification = winningVerification(job);
  if (!verification?.attestation) return invalid('there is none');
  try {
    const payload = await signedPayload(verification.attestation, keys);
    if (sha256Hex(payload) !== verification.evidence_sha256) return invalid('its digest is not the one that was announced');
    const claims = JSON.parse(new TextDecoder().decode(payload)) as Attestation;
    const wrong = differences(claims, tenant, job, verification);
    if (wrong.length > 0) return invalid(`it is for another archive (${wrong.join(', ')})`);
    return { valid: true, level: claims.level, keys: claims.keys };
  } catch (error) {
    return invalid((error as Error).message);
  }
}
