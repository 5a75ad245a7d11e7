import type { ApprovalRecord } from '../records/approval-record.js';
import type { AssignmentRecord } from '../records/assignment-record.js';
import type { FlowRecord } from '../records/flow-record.js';
import type { JobRecord } from '../records/job-record.js';

/** What a flow's reports are made of. */
export interface ReportFacts {
  readonly flow: FlowRecord;
  readonly assignments: readonly AssignmentRecord[];
  readonly jobs: readonly JobRecord[];
  readonly approvals: readonly ApprovalRecord[];
}

const none = '–';

export const text = (value: string | number | boolean | null | undefined): string =>
  value === null || value === undefined || value === '' ? none : String(value);

export const jobOf = ({ jobs }: ReportFacts, systemId: string): JobRecord | undefined =>
  jobs.find(({ queued }) => queued?.system_id === systemId);

export const assignmentOf = ({ assignments }: ReportFacts, systemId: string): AssignmentRecord | undefined =>
  assignments.find(({ system_id }) => system_id === systemId);

/** `s3://bucket/key` of an archive's manifest. */
export const manifestPlace = (job: JobRecord | undefined): string =>
  job?.uploaded ? `s3://${job.uploaded.manifest.bucket}/${job.uploaded.manifest.key}` : none;
