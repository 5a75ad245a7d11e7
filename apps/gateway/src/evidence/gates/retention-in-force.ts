import type { Blocker } from '@lastcopy/contracts';
import { addDays, addDuration } from '@lastcopy/kernel';
import type { AssignmentRecord } from '../../records/assignment-record.js';
import { winningRetention, type JobRecord } from '../../records/job-record.js';
import type { FlowFacts } from '../flow-facts.js';
import { archivedSystems } from '../gate-check.js';

/** The moment until which policy and law require the archive, counted from the manifest's timestamp. */
function requiredUntil(job: JobRecord, assignment: AssignmentRecord): Date {
  const start = new Date(job.uploaded!.archived_at);
  const ends = assignment.minima.map(({ duration }) => addDuration(start, duration));
  return [addDays(start, assignment.retention_period_days), ...ends].reduce((latest, end) => (end > latest ? end : latest));
}

function problemOf(job: JobRecord, assignment: AssignmentRecord | undefined): string | null {
  const proof = winningRetention(job);
  if (!proof) return 'that the store holds its retention was not read back';
  if (!assignment) return 'the retention that its policy requires is not known';
  const required = requiredUntil(job, assignment);
  const inForce = new Date(proof.retain_until);
  return inForce >= required ? null : `it is kept until ${inForce.toISOString()}, and ${required.toISOString()} is required`;
}

/** The store keeps every archive as long as policy and law require, as the integrity-service read back. */
export const retentionInForce = (facts: Pick<FlowFacts, 'flow' | 'jobs' | 'assignments'>): Blocker[] =>
  archivedSystems(facts).flatMap(({ system, job }): Blocker[] => {
    const problem = problemOf(job, facts.assignments.get(system.system_id));
    if (!problem) return [];
    const message = `The retention of the archive of "${system.system_name}" is not in force: ${problem}.`;
    const hint = 'Use a bucket with Object Lock and verify the archive again.';
    return [{ code: 'RETENTION_NOT_VERIFIED', message, hint, system_id: system.system_id, job_id: job.job_id }];
  });
