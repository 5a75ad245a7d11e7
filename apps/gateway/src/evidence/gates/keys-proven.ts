import type { Blocker } from '@lastcopy/contracts';
import { archivedSystems, type GateCheck } from '../gate-check.js';

const words = { tenant: "the tenant's", escrow: 'the escrow' } as const;
const names = Object.keys(words) as (keyof typeof words)[];

/** An archive that only one key opens is lost with that key: the attestation must say that either of the two opened it. */
export const keysProven: GateCheck = (facts) =>
  archivedSystems(facts).flatMap(({ system, job, verification }): Blocker[] => {
    const verdict = verification && facts.attestations.get(verification.verification_id);
    // An attestation that is not there or not valid is blocked by `attestationsSigned` already.
    if (!verdict?.valid) return [];
    const unproven = names.filter((name) => verdict.keys?.[name] !== true);
    if (unproven.length === 0) return [];
    const message = `That ${unproven.map((name) => words[name]).join(' and ')} key opens the archive of "${system.system_name}" is not proven.`;
    const hint = 'Provide the key to the integrity-service and verify the archive again; both keys must open it.';
    return [{ code: 'KEYS_UNPROVEN', message, hint, system_id: system.system_id, job_id: job.job_id }];
  });
