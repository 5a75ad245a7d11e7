import type { ReportAnswer, ReportKind, ReportTable } from '@lastcopy/contracts';
import { archivalReport } from './archival-report.js';
import { attestationReport } from './attestation-report.js';
import { recoveryReport } from './recovery-report.js';
import type { ReportFacts } from './report-facts.js';

const reports: Record<ReportKind, { title: string; tables(facts: ReportFacts): ReportTable[] }> = {
  archival: { title: 'Archival report', tables: archivalReport },
  attestation: { title: 'Attestation report', tables: attestationReport },
  recovery: { title: 'Recovery report', tables: recoveryReport },
};

/** Pure: the report of a flow as these facts give it. */
export function makeReport(kind: ReportKind, facts: ReportFacts, now: Date): ReportAnswer {
  const { flow_id, flow_name } = facts.flow;
  const { title, tables } = reports[kind];
  return { kind, title, flow_id, flow_name, generated_at: now.toISOString(), tables: tables(facts) };
}
