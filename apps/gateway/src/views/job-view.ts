import type { JobAnswer, JobDetailAnswer, JobProgress, JobSubStatus, ProvenJobAnswer, Tenant } from '@lastcopy/contracts';
import { archiveCommands } from './archive-commands.js';
import { holdsOfJob, type KnownHolds } from './job-holds.js';
import { winningRetention, winningVerification, type JobRecord } from '../records/job-record.js';
import { possibleActions } from '../records/possible-job-actions.js';

const gigabyte = 1_000_000_000;
/** Exporting fills the bar to here; then the manifest stands; then the archive is proven. */
const exportShare = 80;
const manifestShare = 90;

const gigabytes = (bytes: number) => Math.round((bytes / gigabyte) * 1e6) / 1e6;

const isDue = (job: JobRecord, now: Date) => job.retry !== null && new Date(job.retry.due_at) <= now;

/** A failed attempt shows as failed until its retry is due, then as queued. */
const shownStatus = (job: JobRecord, now: Date): JobAnswer['status'] =>
  job.status === 'failed' && isDue(job, now) ? 'queued' : job.status;

function subStatus(job: JobRecord, now: Date): JobSubStatus | null {
  if (job.status === 'in_progress') return job.step === 'locked' ? 'locking' : job.step === 'uploaded' ? 'verifying' : 'exporting';
  if (job.status !== 'failed') return null;
  if (job.retry && !isDue(job, now)) return 'retry_scheduled';
  return job.failure?.error_class === 'integrity' ? 'integrity_failed' : null;
}

function percentage(job: JobRecord, progress: JobProgress | null): number {
  if (job.status === 'completed') return 100;
  if (job.status !== 'in_progress') return 0;
  if (job.step !== 'exporting') return winningVerification(job)?.outcome === 'verified' ? 100 : manifestShare;
  if (!progress?.expected_bytes) return 0;
  return Math.min(exportShare, Math.floor((exportShare * progress.bytes) / progress.expected_bytes));
}

function estimatedCompletion(job: JobRecord, progress: JobProgress | null): string | null {
  if (job.step !== 'exporting' || !progress?.expected_bytes || progress.bytes_per_second <= 0) return null;
  const leftMs = (Math.max(0, progress.expected_bytes - progress.bytes) / progress.bytes_per_second) * 1000;
  return new Date(new Date(progress.at).getTime() + leftMs).toISOString();
}

/** How far it is and how big. */
function measures(job: JobRecord, progress: JobProgress | null) {
  const bytes = job.uploaded?.bytes ?? progress?.expected_bytes ?? null;
  return {
    data_size_gb: bytes === null ? null : gigabytes(bytes),
    progress_percentage: percentage(job, progress),
    bytes_per_second: job.step === 'exporting' ? (progress?.bytes_per_second ?? null) : null,
    estimated_completion: estimatedCompletion(job, progress),
  };
}

function proof(job: JobRecord) {
  const verification = winningVerification(job);
  return {
    archive_location: job.uploaded?.location ?? null,
    integrity_verified: verification?.outcome === 'verified',
    verification_outcome: verification?.outcome ?? null,
    verification_checksum: job.checksum ?? job.uploaded?.manifest_sha256 ?? null,
    verification_level: verification?.outcome === 'verified' ? verification.level : (job.queued?.verification_level ?? null),
    retain_until: winningRetention(job)?.retain_until ?? job.retain_until,
  };
}

function trouble(job: JobRecord, now: Date) {
  const shown = shownStatus(job, now) === 'failed' ? job.failure : null;
  return {
    error_message: shown?.message ?? null,
    error_code: shown?.code ?? null,
    error_hint: shown?.hint ?? null,
    retry_count: job.retry_count,
    retry_due_at: job.retry && !isDue(job, now) ? job.retry.due_at : null,
  };
}

/** The job as the API shows it; null while the archive-service has told nothing of it yet. */
export function jobView(job: JobRecord, tenant: Tenant, holds: KnownHolds, progress: JobProgress | null, now: Date): JobAnswer | null {
  if (!job.queued) return null;
  const { job_id, flow_id, paused, attempt, scheduled_start, actual_start, actual_completion, created_at, updated_at } = job;
  const { policy_id, system_id, system_name } = job.queued;
  return {
    ...{ job_id, flow_id, policy_id, ...tenant, system_id, system_name },
    ...{ status: shownStatus(job, now), sub_status: subStatus(job, now), paused, attempt },
    ...measures(job, progress),
    ...proof(job),
    ...trouble(job, now),
    legal_holds: holdsOfJob(job, holds),
    ...{ scheduled_start, actual_start, actual_completion, created_at, updated_at },
  };
}

/** With every verdict on every attempt, and the commands for its archive. */
export function provenJobView(
  job: JobRecord,
  tenant: Tenant,
  holds: KnownHolds,
  progress: JobProgress | null,
  now: Date,
): ProvenJobAnswer | null {
  const view = jobView(job, tenant, holds, progress, now);
  if (!view) return null;
  const verifications = Object.entries(job.verifications).map(([attempt, verification]) => ({
    attempt: Number(attempt),
    verification_id: verification.verification_id,
    outcome: verification.outcome,
    level: verification.level,
    checks: verification.checks,
    evidence_sha256: verification.evidence_sha256,
    attestation: verification.attestation,
    code: verification.code,
    message: verification.message,
    at: verification.at,
  }));
  return { ...view, verifications, archive_commands: archiveCommands(job) };
}

/** With what can be done with the job now. */
export function jobDetailView(...[job, ...rest]: Parameters<typeof provenJobView>): JobDetailAnswer | null {
  const view = provenJobView(job, ...rest);
  return view && { ...view, possible_actions: possibleActions(job) };
}
