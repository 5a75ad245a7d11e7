import type { ReportTable } from '@lastcopy/contracts';
import { winningRetention, winningVerification } from '../records/job-record.js';
import { assignmentsBySystem, holdsOf, jobsBySystem, legalBasisOf, manifestPlace, text, type ReportFacts } from './report-facts.js';

function totals({ flow, jobs }: ReportFacts): string {
  const uploads = jobs.flatMap(({ uploaded }) => uploaded ?? []);
  const sum = (of: (upload: (typeof uploads)[number]) => number) => uploads.reduce((total, upload) => total + of(upload), 0);
  const figures = `${sum(({ rows }) => rows)} rows, ${sum(({ bytes }) => bytes)} bytes, ${sum(({ stored_bytes }) => stored_bytes)} stored bytes`;
  return `${uploads.length} of ${flow.systems.length} systems have an archive: ${figures}.`;
}

const archives = (facts: ReportFacts, jobs = jobsBySystem(facts)): ReportTable => ({
  title: 'Archives',
  says: [
    totals(facts),
    'Bytes are of the data before compression. Proven is the level at which the archive was last read back; whether it is the one that the policy requires, the readiness of the flow says.',
    'A legal hold keeps an archive for as long as it stands, also after the retention has ended.',
  ],
  columns: [
    ...['System', 'Status', 'Attempt', 'Manifest', 'Version', 'SHA-256 of the manifest', 'Rows', 'Bytes', 'Stored bytes'],
    ...['Proven', 'Lock', 'Kept until', 'Legal holds', 'Archived at'],
  ],
  rows: facts.flow.systems.map(({ system_id, system_name }) => {
    const job = jobs.get(system_id);
    const [uploaded, retention] = [job?.uploaded, job ? winningRetention(job) : null];
    const verification = job ? winningVerification(job) : null;
    return [
      ...[system_name, text(job?.status ?? 'no job yet'), text(uploaded?.attempt), manifestPlace(job), text(uploaded?.manifest.version_id)],
      ...[text(uploaded?.manifest_sha256), text(uploaded?.rows), text(uploaded?.bytes), text(uploaded?.stored_bytes)],
      verification?.outcome === 'verified' ? verification.level : 'no',
      ...[text(retention?.mode), text(retention?.retain_until), holdsOf(job, facts), text(uploaded?.archived_at)],
    ];
  }),
});

const policies = (facts: ReportFacts, assignments = assignmentsBySystem(facts)): ReportTable => ({
  title: 'Retention policies',
  says: [
    'Which policy keeps each system’s data, by which rule, and for which laws: the clauses that the policy itself names, and those that its regulations require.',
  ],
  columns: ['System', 'Data', 'Policy', 'Version', 'Rule', 'Days', 'Legal basis', 'Minima', 'Place', 'Why'],
  rows: facts.flow.systems.map(({ system_id, system_name, data_classification }) => {
    const assigned = assignments.get(system_id);
    const minima = (assigned?.minima ?? []).map(({ requirement, duration, clause }) => `${requirement} ${duration} (${clause})`);
    const why = assigned?.explanation.find(({ outcome }) => outcome === 'chosen')?.reason ?? assigned?.override?.reason;
    return [
      ...[
        system_name,
        text(data_classification.join(', ')),
        text(assigned?.policy_name),
        text(assigned?.policy_version),
        text(assigned?.rule),
      ],
      ...[
        text(assigned?.retention_period_days),
        text(legalBasisOf(assigned, facts)),
        text(minima.join('; ')),
        text(assigned?.storage_location),
        text(why),
      ],
    ];
  }),
});

const conflicts = ({ assignments }: ReportFacts): ReportTable => ({
  title: 'Conflicts of laws',
  says: [],
  columns: ['System', 'Conflict', 'Resolved by', 'Resolution', 'Reason'],
  rows: assignments.flatMap(({ system_name, conflicts: found, resolution }) =>
    (found ?? []).map(({ statement }) => [
      ...[system_name, statement, text(resolution?.resolved_by_name), text(resolution?.resolution), text(resolution?.reason)],
    ]),
  ),
});

/** Every system with its archive, its policy and its law. */
export const archivalReport = (facts: ReportFacts): ReportTable[] => [archives(facts), policies(facts), conflicts(facts)];
