import { addDays, addDuration } from '@lastcopy/kernel';
import type { EventData } from '@lastcopy/contracts';
import { collecting } from '../invariant.js';

export const retentionLongEnough = collecting(
  'retention-long-enough',
  "Retention is never shorter than the policy's days and every legal minimum, and is never shortened",
  () => {
    const orders = new Map<string, EventData<'ArchiveJobQueued'>>();
    const untilOf = new Map<string, string>();
    return {
      observe(event, violate) {
        if (event.type === 'ArchiveJobQueued')
          orders.set((event.data as EventData<'ArchiveJobQueued'>).job_id, event.data as EventData<'ArchiveJobQueued'>);
        if (event.type === 'ArchiveUploaded') {
          const upload = event.data as EventData<'ArchiveUploaded'>;
          const order = orders.get(upload.job_id);
          if (!order) return violate(`Job ${upload.job_id} uploaded without having been queued`);
          const start = new Date(upload.archived_at);
          const ends = [
            addDays(start, order.retention_period_days),
            ...order.minima.map((minimum) => addDuration(start, minimum.duration)),
          ];
          const least = new Date(Math.max(...ends.map((end) => end.getTime()))).toISOString();
          if (new Date(upload.retain_until) < new Date(least))
            violate(`Job ${upload.job_id} is kept until ${upload.retain_until}, which is before ${least}`);
          untilOf.set(`${upload.job_id}#${upload.attempt}`, upload.retain_until);
        }
        if (event.type === 'ArchiveLocked' || event.type === 'RetentionVerified') {
          const locked = event.data as EventData<'ArchiveLocked'>;
          const until = untilOf.get(`${locked.job_id}#${locked.attempt}`);
          if (until && new Date(locked.retain_until) < new Date(until))
            violate(`${event.type} of job ${locked.job_id} holds until ${locked.retain_until}, not ${until}`);
        }
      },
    };
  },
);
