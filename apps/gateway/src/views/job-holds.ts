import type { JobLegalHold } from '@lastcopy/contracts';
import type { ArchiveHoldRecord } from '../records/archive-hold-record.js';
import type { JobRecord } from '../records/job-record.js';
import type { LegalHoldRecord } from '../records/legal-hold-record.js';

export interface KnownHolds {
  standing: readonly LegalHoldRecord[];
  /** By job_id. */
  inStore: ReadonlyMap<string, ArchiveHoldRecord>;
}

const concerns = ({ scope }: LegalHoldRecord, job: JobRecord): boolean =>
  scope.kind === 'archive' ? scope.job_id === job.job_id : scope.system_id === job.queued?.system_id;

/** The legal holds that keep a job's archive, and whether the store itself has been told. */
export function holdsOfJob(job: JobRecord, { standing, inStore }: KnownHolds): JobLegalHold[] {
  const set = inStore.get(job.job_id);
  const set_in_store = set?.held === true && set.attempt === job.uploaded?.attempt;
  return standing
    .filter((hold) => concerns(hold, job))
    .map(({ hold_id, matter, scope, placed_at }) => ({ hold_id, matter, scope: scope.kind, placed_at, set_in_store }));
}
