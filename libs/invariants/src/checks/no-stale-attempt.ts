import { collecting } from '../invariant.js';

const ofWorkers = ['ArchiveUploaded', 'ArchiveLocked', 'ArchiveJobCompleted'];

export const noStaleAttempt = collecting('no-stale-attempt', 'An attempt that was superseded changes nothing', () => {
  const current = new Map<string, number>();
  return {
    observe(event, violate) {
      if (event.aggregate !== 'archive_job') return;
      const { attempt } = event.data as { attempt?: number };
      const now = current.get(event.stream_id) ?? 0;
      if (event.type === 'ArchiveJobStarted') {
        if (attempt !== now + 1) violate(`${event.stream_id} started attempt ${attempt} after attempt ${now}`);
        current.set(event.stream_id, attempt!);
      } else if (ofWorkers.includes(event.type) && attempt !== now) {
        violate(`${event.stream_id}: ${event.type} by attempt ${attempt} while ${now} was the current one`);
      }
    },
  };
});
