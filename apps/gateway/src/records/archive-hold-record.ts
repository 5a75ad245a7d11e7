import type { EventData } from '@lastcopy/contracts';
import { dataOf, type RecordFold } from './record-fold.js';
import { typesOf } from './record-of-event.js';

/** Whether the store itself keeps the objects of a job's archive under legal hold, as the archive-service last set it. */
export interface ArchiveHoldRecord {
  job_id: string;
  attempt: number;
  held: boolean;
  versions: number;
  at: string;
}

export const archiveHoldFold: RecordFold<ArchiveHoldRecord> = {
  name: 'archive_holds',
  types: typesOf('archive_hold'),
  keyOf: (event) => event.aggregate_id,
  begin: (event) => ({ ...dataOf<EventData<'ArchiveHoldSet'>>(event), at: event.occurred_at }),
  apply: (_before, event) => ({ ...dataOf<EventData<'ArchiveHoldSet'>>(event), at: event.occurred_at }),
};
