import type { ReportTable } from '@lastcopy/contracts';
import type { AttemptVerification, JobRecord } from '../records/job-record.js';
import { commandOn, text, type ReportFacts } from './report-facts.js';

/** The runs of a job, the earliest first, each with its attempt. */
const runsOf = (job: JobRecord): { attempt: string; run: AttemptVerification }[] =>
  Object.entries(job.verifications)
    .map(([attempt, run]) => ({ attempt, run }))
    .sort((a, b) => a.run.at.localeCompare(b.run.at));

const nameOf = (job: JobRecord): string => job.queued?.system_name ?? job.job_id;

/** Only the attempt whose archive counts: the command of another row would check another archive than the row is about. */
const commandOf = (job: JobRecord, attempt: string): string =>
  text(String(job.uploaded?.attempt) === attempt ? commandOn('verify', job) : null);

const checks = ({ jobs }: ReportFacts): ReportTable => ({
  title: 'Checks',
  says: ['What was compared with what, archive by archive.'],
  columns: ['System', 'Attempt', 'Level', 'Check', 'Expected', 'Actual', 'Passed'],
  rows: jobs.flatMap((job) =>
    runsOf(job).flatMap(({ attempt, run }) =>
      run.checks.map(({ name, expected, actual, passed }) => [
        ...[nameOf(job), attempt, run.level, name, text(expected), text(actual), passed ? 'yes' : 'NO'],
      ]),
    ),
  ),
});

const attestations = ({ jobs }: ReportFacts): ReportTable => ({
  title: 'Attestations',
  says: [
    'What was proven stands in a signed statement (JWS, EdDSA), named by its verification. The command checks the archive itself, with a key and without any service.',
  ],
  columns: [
    'System',
    'Attempt',
    'Outcome',
    'Level',
    'Checks passed',
    'At',
    'Verification',
    'SHA-256 of the evidence',
    'Why not',
    'Command',
  ],
  rows: jobs.flatMap((job) =>
    runsOf(job).map(({ attempt, run }) => [
      ...[nameOf(job), attempt, run.outcome, run.level],
      `${run.checks.filter(({ passed }) => passed).length} of ${run.checks.length}`,
      ...[run.at, run.verification_id, text(run.evidence_sha256), text(run.message), commandOf(job, attempt)],
    ]),
  ),
});

const signatures = ({ approvals }: ReportFacts): ReportTable => ({
  title: 'Approvals',
  says: ['A signature holds for the evidence with this digest and for no other.'],
  columns: ['Role', 'Status', 'Signed by', 'At', 'Meaning', 'SHA-256 of the evidence', 'Comment'],
  rows: approvals.map(({ role, status, signature, decided_by, decided_at, evidence_hash, comment, void_reason }) => [
    ...[role.replace('_', ' '), status, text(signature?.name ?? decided_by), text(signature?.signed_at ?? decided_at)],
    ...[text(signature?.meaning), evidence_hash, text(comment ?? void_reason)],
  ]),
});

/** What was verified, with the figures, and who signed. */
export const attestationReport = (facts: ReportFacts): ReportTable[] => [checks(facts), attestations(facts), signatures(facts)];
