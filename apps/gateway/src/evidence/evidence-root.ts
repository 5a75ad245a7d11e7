import { winningRetention, winningVerification } from '../records/job-record.js';
import type { FlowFacts } from './flow-facts.js';
import { presentSystems } from './present-systems.js';

/** How far a service's log reached when the gate decided. */
export interface JournalHead {
  source: string;
  epoch: string;
  position: number;
  hash: string;
}

/** What the transition rests on, as one document. */
export function evidenceOf(facts: FlowFacts, gateNo: number, heads: readonly JournalHead[]): object {
  const { flow } = facts;
  return {
    flow_id: flow.flow_id,
    gate_no: gateNo,
    systems: presentSystems(facts),
    policies: [...facts.assignments.values()].toSorted((a, b) => (a.system_id < b.system_id ? -1 : 1)),
    jobs: facts.jobs
      .filter((job) => job.uploaded)
      .map((job) => ({
        job_id: job.job_id,
        status: job.status,
        uploaded: job.uploaded,
        attestation: winningVerification(job),
        retention: winningRetention(job),
      }))
      .toSorted((a, b) => (a.job_id < b.job_id ? -1 : 1)),
    artifacts: facts.artifacts.toSorted((a, b) => (a.artifact_id < b.artifact_id ? -1 : 1)),
    requirements: facts.requirements,
    approvals: facts.approvals.toSorted((a, b) => (a.approval_id < b.approval_id ? -1 : 1)),
    journals: heads.toSorted((a, b) => (a.source < b.source ? -1 : 1)),
  };
}
