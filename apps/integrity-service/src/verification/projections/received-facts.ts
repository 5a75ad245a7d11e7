import { streamId, type ArchiveLocked } from '@lastcopy/contracts';
import type { SqlQuery } from '@lastcopy/eventing';

interface ReceivedEvent {
  type: string;
  data: object;
}

/** What the archive-service has said about a job, as far as it has arrived here; freshest, because it is the log itself. */
async function receivedOfJob(query: SqlQuery, jobId: string): Promise<ReceivedEvent[]> {
  return query<ReceivedEvent>(
    `select type, data from received_events where source = 'archive-service' and stream_id = $1 order by version`,
    [streamId('archive_job', jobId)],
  );
}

/** The lock of this attempt, or undefined while none was reported. */
export async function reportedLock(query: SqlQuery, jobId: string, attempt: number): Promise<ArchiveLocked | undefined> {
  const locks = (await receivedOfJob(query, jobId)).filter(({ type }) => type === 'ArchiveLocked').map(({ data }) => data as ArchiveLocked);
  return locks.filter((lock) => lock.attempt === attempt).at(-1);
}

/** Whether anybody relies on this attempt as a finished copy. */
export async function isCompleted(query: SqlQuery, jobId: string, attempt: number): Promise<boolean> {
  const received = await receivedOfJob(query, jobId);
  return received.some(({ type, data }) => type === 'ArchiveJobCompleted' && (data as { attempt: number }).attempt === attempt);
}

/** After the transition the flow's seal has done its work: later proofs of the archive must not be held back by it. */
export async function isTransitioned(query: SqlQuery, flowId: string): Promise<boolean> {
  const rows = await query(
    `select 1 from received_events where source = 'gateway' and stream_id = $1 and type = 'PhaseTransitioned'
        and data ->> 'to_phase' = 'system_shutdown' limit 1`,
    [streamId('decommission_flow', flowId)],
  );
  return rows.length > 0;
}
