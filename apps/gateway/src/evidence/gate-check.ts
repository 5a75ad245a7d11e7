import type { Blocker, FlowSystem } from '@lastcopy/contracts';
import { winningVerification, type AttemptVerification, type JobRecord } from '../records/job-record.js';
import type { FlowFacts } from './flow-facts.js';

/** One question that the gate asks. Pure; an answer that is not known is a blocker. */
export type GateCheck = (facts: FlowFacts) => Blocker[];

/** The jobs of a system that could hold its archive. */
export const jobsOf = (facts: Pick<FlowFacts, 'jobs'>, system: FlowSystem): JobRecord[] =>
  facts.jobs.filter((job) => job.queued?.system_id === system.system_id);

/** The one job whose archive counts for a system; null when there is none or more than one. */
export function winningJobOf(facts: Pick<FlowFacts, 'jobs'>, system: FlowSystem): JobRecord | null {
  const live = jobsOf(facts, system).filter((job) => job.status !== 'cancelled');
  return live.length === 1 ? live[0]! : null;
}

export interface ArchivedSystem {
  system: FlowSystem;
  job: JobRecord;
  verification: AttemptVerification | null;
}

/** The systems that have a completed job. The others are blocked by `jobsCompleted` already. */
export const archivedSystems = (facts: Pick<FlowFacts, 'flow' | 'jobs'>): ArchivedSystem[] =>
  facts.flow.systems.flatMap((system) => {
    const job = winningJobOf(facts, system);
    return job?.status === 'completed' && job.uploaded ? [{ system, job, verification: winningVerification(job) }] : [];
  });
