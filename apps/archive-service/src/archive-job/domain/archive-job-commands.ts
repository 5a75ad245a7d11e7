import type { ArchiveJobFailed, ArchiveJobQueued, ArchiveLocked, ArchiveUploaded } from '@lastcopy/contracts';

/** What was ordered for one system; the attempt is the aggregate's to count. */
export type JobOrder = Omit<ArchiveJobQueued, 'attempt' | 'reason'>;
/** What an attempt failed with. */
export type Failure = Pick<ArchiveJobFailed, 'code' | 'error_class' | 'message' | 'hint'>;

export type ArchiveJobCommand =
  | { type: 'Queue'; order: JobOrder }
  /** A person wants the archive made again, whether or not there is one. */
  | { type: 'Rearchive'; order: JobOrder; reason: string }
  /** A worker takes the job. `now` is the database's clock; `leaseLapsed` says that the present attempt's worker is gone. */
  | { type: 'Start'; workerId: string; now: string; leaseLapsed: boolean; takeoverCap: number }
  | { type: 'RecordUploaded'; uploaded: ArchiveUploaded }
  /** The worker of `attempt` gives up. Delays are those of the automatic retries, in seconds. */
  | { type: 'RecordFailure'; attempt: number; failure: Failure; now: string; retryDelaysS: readonly number[] }
  /** The worker of `attempt` stops cleanly: the next attempt is due at once, and neither a retry nor a takeover is counted. */
  | { type: 'GiveBack'; attempt: number; now: string }
  /** Said before the first object version of the attempt gets its retention. */
  | { type: 'BeginLocking'; attempt: number }
  | { type: 'RecordLocked'; locked: ArchiveLocked }
  /** The retention that was read back from the store. */
  | { type: 'Complete'; attempt: number; retainUntil: string }
  /** The copy of `attempt` did not pass a check, before or after completion. */
  | { type: 'RecordIntegrityFailure'; attempt: number; failure: Failure }
  | { type: 'Retry'; reason: string; now: string }
  | { type: 'Pause'; reason: string }
  | { type: 'Resume'; reason: string }
  | { type: 'Cancel'; reason: string };
