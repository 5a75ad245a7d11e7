import type {
  ArchiveJobCancelled,
  ArchiveJobCompleted,
  ArchiveJobFailed,
  ArchiveJobPaused,
  ArchiveJobQueued,
  ArchiveJobResumed,
  ArchiveJobStarted,
  ArchiveLocked,
  ArchiveLocking,
  ArchiveRetryScheduled,
  ArchiveUploaded,
} from '@lastcopy/contracts';
import type { Event } from '@lastcopy/kernel';

export type ArchiveJobEvent =
  | Event<'ArchiveJobQueued', ArchiveJobQueued>
  | Event<'ArchiveJobStarted', ArchiveJobStarted>
  | Event<'ArchiveUploaded', ArchiveUploaded>
  | Event<'ArchiveLocking', ArchiveLocking>
  | Event<'ArchiveLocked', ArchiveLocked>
  | Event<'ArchiveJobCompleted', ArchiveJobCompleted>
  | Event<'ArchiveJobFailed', ArchiveJobFailed>
  | Event<'ArchiveRetryScheduled', ArchiveRetryScheduled>
  | Event<'ArchiveJobPaused', ArchiveJobPaused>
  | Event<'ArchiveJobResumed', ArchiveJobResumed>
  | Event<'ArchiveJobCancelled', ArchiveJobCancelled>;
