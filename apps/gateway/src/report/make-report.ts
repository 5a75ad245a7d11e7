import type { ReportAnswer, ReportKind, ReportTable } from '@lastcopy/contracts';
import { archivalReport } from './archival-report.js';
import { attestationReport } from './attestation-report.js';
import { recoveryReport } from './recovery-report.js';
import type { ReportFacts } from './report-facts.js';

export const reportTitles: Record<ReportKind, string> = {
  archival: 'Archival report',
  attestation: 'Attestation report',
  recovery: 'Recovery report',
};

const tablesOf: Record<ReportKind, (facts: ReportFacts) => ReportTable[]> = {
  archival: archivalReport,
  attestation: attestationReport,
  recovery: recoveryReport,
};

/** Pure: the report of a flow as these facts give it. */
export function makeReport(kind: ReportKind, facts: ReportFacts, now: Date): ReportAnswer {
  const { flow_id, flow_name } = facts.flow;
  return { kind, title: reportTitles[kind], flow_id, flow_name, generated_at: now.toISOString(), tables: tablesOf[kind](facts) };
}
