import { verificationLevels, type Blocker, type VerificationLevel } from '@lastcopy/contracts';
import type { FlowFacts } from '../flow-facts.js';
import { archivedSystems, type ArchivedSystem, type GateCheck } from '../gate-check.js';

const rank = (level: VerificationLevel) => verificationLevels.indexOf(level);

function problemOf({ system, job, verification }: ArchivedSystem, facts: FlowFacts): string | null {
  const required = facts.assignments.get(system.system_id)?.verification_level;
  if (!required) return 'the level that its policy requires is not known';
  if (!verification || verification.outcome === 'requested') return 'it is not verified';
  if (verification.outcome === 'failed') return `the last verification failed with ${verification.code}: ${verification.message}`;
  if (rank(verification.level) < rank(required)) return `it is proven as ${verification.level}, and its policy requires ${required}`;
  const failed = verification.checks.find((check) => !check.passed);
  if (failed) return `the check "${failed.name}" did not pass`;
  return verification.manifest_sha256 === job.uploaded!.manifest_sha256 ? null : 'what was verified is not what was uploaded';
}

/** Every archive is proven at least at the level that its policy requires, and it is that archive which was proven. */
export const archivesVerified: GateCheck = (facts) =>
  archivedSystems(facts).flatMap((archived): Blocker[] => {
    const problem = problemOf(archived, facts);
    if (!problem) return [];
    const { system, job } = archived;
    const message = `The archive of "${system.system_name}" does not count: ${problem}.`;
    const hint = 'Verify it again. If that fails, archive the system again; do not shut it down.';
    return [{ code: 'NOT_VERIFIED', message, hint, system_id: system.system_id, job_id: job.job_id }];
  });
