import { verificationLevels, type EventData, type EventEnvelope, type VerificationLevel } from '@lastcopy/contracts';

/** What changed the status of a job, in the order of its stream. */
export interface JobStep {
  version: number;
  type: string;
  attempt: number;
}

/** One word of the integrity-service about an attempt's archive; the level is null when it failed. */
export interface Verdict {
  stream_id: string;
  version: number;
  position: number;
  level: VerificationLevel | null;
}

export interface JobHistory {
  job_id: string;
  flow_id: string;
  /** '' for a job that was never queued. */
  system_id: string;
  steps: JobStep[];
  /** The level that each attempt's upload asks for. */
  required: Map<number, VerificationLevel>;
}

const stepTypes = [
  'ArchiveJobQueued',
  'ArchiveJobStarted',
  'ArchiveRetryScheduled',
  'ArchiveJobCompleted',
  'ArchiveJobFailed',
  'ArchiveJobCancelled',
];

const attemptKey = (jobId: string, attempt: number): string => `${jobId}#${attempt}`;
const rank = (level: VerificationLevel): number => verificationLevels.indexOf(level);

/** Whether a verdict proves what is required. */
export const proves = (verdict: Verdict | undefined, required: VerificationLevel): boolean =>
  verdict?.level != null && rank(verdict.level) >= rank(required);

export const levelOf = (verdict: Verdict | undefined): string =>
  verdict?.level ?? (verdict ? 'nothing: its last check failed' : 'no level');

/** What the logs of the archive-service and the integrity-service say of jobs and of the proofs of their attempts. */
export class JobHistories {
  readonly jobs = new Map<string, JobHistory>();
  private readonly verdicts = new Map<string, Verdict[]>();

  observe(event: EventEnvelope): void {
    if (event.aggregate === 'archive_job') this.observeJob(event);
    if (event.type === 'IntegrityVerified' || event.type === 'IntegrityFailed') this.observeVerdict(event);
  }

  /** Verdicts about an attempt, oldest first. */
  verdictsOn(jobId: string, attempt: number): readonly Verdict[] {
    return this.verdicts.get(attemptKey(jobId, attempt)) ?? [];
  }

  private observeJob(event: EventEnvelope): void {
    const { stream_id, version, type } = event;
    const { attempt = 0, job_id, flow_id } = event.data as { attempt?: number; job_id: string; flow_id: string };
    const job: JobHistory = this.jobs.get(stream_id) ?? { job_id, flow_id, system_id: '', steps: [], required: new Map() };
    this.jobs.set(stream_id, job);
    if (type === 'ArchiveJobQueued') job.system_id = (event.data as EventData<'ArchiveJobQueued'>).system_id;
    if (type === 'ArchiveUploaded') job.required.set(attempt, (event.data as EventData<'ArchiveUploaded'>).verification_level);
    if (stepTypes.includes(type)) job.steps.push({ version, type, attempt });
  }

  private observeVerdict({ stream_id, version, position, type, data }: EventEnvelope): void {
    const { job_id, attempt, level } = data as EventData<'IntegrityVerified'>;
    const key = attemptKey(job_id, attempt);
    const verdict = { stream_id, version, position, level: type === 'IntegrityVerified' ? level : null };
    const known = this.verdicts.get(key);
    if (known) known.push(verdict);
    else this.verdicts.set(key, [verdict]);
  }
}
