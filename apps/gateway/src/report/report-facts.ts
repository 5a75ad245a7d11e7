import type { ApprovalRecord } from '../records/approval-record.js';
import type { AssignmentRecord } from '../records/assignment-record.js';
import type { FlowRecord } from '../records/flow-record.js';
import type { JobRecord } from '../records/job-record.js';
import type { PolicyRecord } from '../records/policy-record.js';
import { archiveCommands, manifestPlaceOf } from '../views/archive-commands.js';
import { holdsOfJob, type KnownHolds } from '../views/job-holds.js';

/** What a flow's reports are made of. */
export interface ReportFacts {
  readonly flow: FlowRecord;
  readonly assignments: readonly AssignmentRecord[];
  /** By their ids: those that the assignments name. */
  readonly policies: ReadonlyMap<string, PolicyRecord>;
  readonly jobs: readonly JobRecord[];
  readonly approvals: readonly ApprovalRecord[];
  readonly holds: KnownHolds;
}

const none = '–';

export const text = (value: string | number | boolean | null | undefined): string =>
  value === null || value === undefined || value === '' ? none : String(value);

export const jobsBySystem = ({ jobs }: ReportFacts): ReadonlyMap<string, JobRecord> =>
  new Map(jobs.flatMap((job) => (job.queued ? [[job.queued.system_id, job] as const] : [])));

export const assignmentsBySystem = ({ assignments }: ReportFacts): ReadonlyMap<string, AssignmentRecord> =>
  new Map(assignments.map((assignment) => [assignment.system_id, assignment]));

/** The clauses by which the assigned version of the policy keeps data; null when it names none. */
export const legalBasisOf = (assigned: AssignmentRecord | undefined, { policies }: ReportFacts): string | null => {
  const versions = assigned ? policies.get(assigned.policy_id)?.versions : undefined;
  return versions?.find(({ policy }) => policy.version === assigned?.policy_version)?.policy.legal_basis.join('; ') ?? null;
};

/** `s3://bucket/key` of an archive's manifest. */
export const manifestPlace = (job: JobRecord | undefined): string => text(job && manifestPlaceOf(job));

/** The matters of the legal holds that keep an archive, whatever its retention says. */
export const holdsOf = (job: JobRecord | undefined, { holds }: ReportFacts): string =>
  text(
    job &&
      holdsOfJob(job, holds)
        .map(({ matter }) => matter)
        .join('; '),
  );

/** The same command on exactly this archive that its page shows. */
export const commandOn = (verb: 'verify' | 'restore', job: JobRecord | undefined): string | null =>
  (job && archiveCommands(job)?.[verb]) ?? null;
