import { reportFormats, reportKinds, type FlowReport, type ReportKind } from '@lastcopy/contracts';
import type { FlowRecord } from '../records/flow-record.js';
import { winningVerification, type JobRecord } from '../records/job-record.js';
import { reportTitles } from './make-report.js';

const isProven = (job: JobRecord): boolean => winningVerification(job)?.outcome === 'verified';
const isArchived = ({ uploaded }: JobRecord): boolean => uploaded !== null;

/** What has to stand of a system before the report says of it what it is for. */
const needed: Record<ReportKind, { says: string; of(job: JobRecord): boolean }> = {
  archival: { says: 'no archive', of: isArchived },
  attestation: { says: 'no archive that was proven', of: isProven },
  recovery: { says: 'no archive', of: isArchived },
};

function lackOf(kind: ReportKind, systems: FlowRecord['systems'], jobs: readonly JobRecord[]): string | null {
  const { says, of } = needed[kind];
  const done = new Set(jobs.filter(of).map(({ queued }) => queued?.system_id));
  const without = systems.filter(({ system_id }) => !done.has(system_id)).length;
  if (systems.length === 0) return 'The flow has no systems yet.';
  return without === 0 ? null : `${without} of ${systems.length} systems have ${says} yet.`;
}

/** Pure: the reports of a flow, in the order of their kinds, with a link for each format. */
export const reportsOfFlow = ({ flow_id, systems }: Pick<FlowRecord, 'flow_id' | 'systems'>, jobs: readonly JobRecord[]): FlowReport[] =>
  reportKinds.map((kind) => {
    const lacks = lackOf(kind, systems, jobs);
    const path = `/api/v1/decommission-flow/${flow_id}/reports/${kind}`;
    const downloads = reportFormats.map((format) => ({ format, href: `${path}?format=${format}` }));
    return { kind, title: reportTitles[kind], complete: lacks === null, lacks, downloads };
  });
