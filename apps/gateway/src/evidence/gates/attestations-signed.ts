import type { Blocker } from '@lastcopy/contracts';
import { archivedSystems, type GateCheck } from '../gate-check.js';

/** That an event arrived proves nothing: the integrity-service's own signature over this very archive does. */
export const attestationsSigned: GateCheck = (facts) =>
  archivedSystems(facts).flatMap(({ system, job, verification }): Blocker[] => {
    if (verification?.outcome !== 'verified') return [];
    const verdict = facts.attestations.get(verification.verification_id) ?? { valid: false as const, reason: 'it was not checked' };
    if (verdict.valid) return [];
    const message = `The attestation of "${system.system_name}" is not valid: ${verdict.reason}.`;
    const hint = "Check the integrity-service's public keys and who publishes its events; then verify the archive again.";
    return [{ code: 'ATTESTATION_INVALID', message, hint, system_id: system.system_id, job_id: job.job_id }];
  });
