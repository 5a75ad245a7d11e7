import type { ApprovalRecord } from '../records/approval-record.js';
import type { AssignmentRecord } from '../records/assignment-record.js';
import type { FlowRecord } from '../records/flow-record.js';
import type { JobRecord } from '../records/job-record.js';
import { archiveCommands, manifestPlaceOf } from '../views/archive-commands.js';
import { holdsOfJob, type KnownHolds } from '../views/job-holds.js';

/** What a flow's reports are made of. */
export interface ReportFacts {
  readonly flow: FlowRecord;
  readonly assignments: readonly AssignmentRecord[];
  readonly jobs: readonly JobRecord[];
  readonly approvals: readonly ApprovalRecord[];
  readonly holds: KnownHolds;
}

const none = '–';

export const text = (value: string | number | boolean | null | undefined): string =>
  value === null || value === undefined || value === '' ? none : String(value);

export const jobOf = ({ jobs }: ReportFacts, systemId: string): JobRecord | undefined =>
  jobs.find(({ queued }) => queued?.system_id === systemId);

export const assignmentOf = ({ assignments }: ReportFacts, systemId: string): AssignmentRecord | undefined =>
  assignments.find(({ system_id }) => system_id === systemId);

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
