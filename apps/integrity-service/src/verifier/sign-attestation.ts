import { CompactSign, importJWK, type JWK } from 'jose';
import { attestationType, type Attestation } from '@lastcopy/contracts';
import { canonicalBytes, sha256OfJson } from '../verification/evidence.js';

export interface SignedAttestation {
  /** Compact JWS (EdDSA); its payload is the RFC 8785 bytes of the attestation. */
  readonly jws: string;
  /** SHA-256 of those bytes. */
  readonly evidenceSha256: string;
}

/** `key` is the private Ed25519 JWK of this service, with its `kid`. */
export async function signAttestation(attestation: Attestation, key: JWK): Promise<SignedAttestation> {
  const payload = canonicalBytes(attestation);
  const header = { alg: 'EdDSA', typ: attestationType, ...(key.kid ? { kid: key.kid } : {}) };
  const jws = await new CompactSign(payload).setProtectedHeader(header).sign(await importJWK(key, 'EdDSA'));
  return { jws, evidenceSha256: sha256OfJson(attestation) };
}
