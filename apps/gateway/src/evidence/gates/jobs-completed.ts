import type { Blocker, FlowSystem } from '@lastcopy/contracts';
import type { JobRecord } from '../../records/job-record.js';
import type { FlowFacts } from '../flow-facts.js';
import { jobsOf, winningJobOf, type GateCheck } from '../gate-check.js';
import { changedSinceOrder } from '../policy-terms-held.js';

function withoutWinner(system: FlowSystem, jobs: readonly JobRecord[]): Blocker {
  const { system_id, system_name } = system;
  const live = jobs.filter((job) => job.status !== 'cancelled').length;
  if (live > 1) {
    const message = `System "${system_name}" has ${live} archive jobs; which one counts is unknown.`;
    return { code: 'JOB_AMBIGUOUS', message, hint: 'Cancel all but one of them.', system_id };
  }
  const cancelled = jobs[0];
  if (!cancelled) {
    return { code: 'JOB_MISSING', message: `System "${system_name}" has no archive job.`, hint: 'Start the migration.', system_id };
  }
  const message = `The archive job of "${system_name}" was cancelled.`;
  const hint = 'Retry the job, or leave this system out in a new flow.';
  return { code: 'JOB_CANCELLED', message, hint, system_id, job_id: cancelled.job_id };
}

function unfinished(system: FlowSystem, job: JobRecord): Blocker {
  const ids = { system_id: system.system_id, job_id: job.job_id };
  if (job.status === 'failed') {
    const why = job.failure ? `${job.failure.code}: ${job.failure.message}` : 'for a reason that is not known';
    const hint = job.failure ? `${job.failure.hint} Then retry the job.` : 'Retry the job.';
    return { code: 'JOB_FAILED', message: `The archive job of "${system.system_name}" failed, ${why}`, hint, ...ids };
  }
  const message = `The archive job of "${system.system_name}" is ${job.status}, not completed.`;
  return { code: 'JOB_UNFINISHED', message, hint: 'Wait until it is completed.', ...ids };
}

type PolicyFacts = Pick<FlowFacts, 'flow' | 'jobs' | 'assignments' | 'policies'>;

function differsFromAssignment(facts: PolicyFacts, system: FlowSystem, job: JobRecord): Blocker[] {
  const assignment = facts.assignments.get(system.system_id);
  const { queued } = job;
  if (!assignment || !queued) return [];
  const difference = changedSinceOrder(facts, assignment, queued);
  if (!difference) return [];
  const message = `The archive of "${system.system_name}" ${difference}.`;
  const hint = 'Archive the system again under the present policy.';
  return [{ code: 'POLICY_CHANGED', message, hint, system_id: system.system_id, job_id: job.job_id }];
}

/** The archives were ordered by the terms that are assigned now. A revision that changes nothing of an archive leaves it as good as it was. */
export const policyUnchanged = (facts: PolicyFacts): Blocker[] =>
  facts.flow.systems.flatMap((system) => {
    const job = winningJobOf(facts, system);
    return job ? differsFromAssignment(facts, system, job) : [];
  });

function checkSystem(facts: FlowFacts, system: FlowSystem): Blocker[] {
  const job = winningJobOf(facts, system);
  if (!job) return [withoutWinner(system, jobsOf(facts, system))];
  const blockers = differsFromAssignment(facts, system, job);
  if (job.paused) {
    const message = `The archive job of "${system.system_name}" is paused.`;
    blockers.push({ code: 'JOB_PAUSED', message, hint: 'Resume the job.', system_id: system.system_id, job_id: job.job_id });
  }
  if (job.status !== 'completed' || !job.uploaded) blockers.push(unfinished(system, job));
  return blockers;
}

/** Every system has exactly one archive job, completed and not paused, made under the policy that is assigned. */
export const jobsCompleted: GateCheck = (facts) => facts.flow.systems.flatMap((system) => checkSystem(facts, system));
