import type { Shape } from '../../api/client.js';

type Event = Shape<'TimelineEntry'>;

export interface Step {
  attempt: number;
  what: string;
  /** ISO 8601. */
  from: string;
  /** Null while it goes on. */
  to: string | null;
  state: 'completed' | 'running' | 'failed';
  says?: string;
}

const attemptOf = ({ data }: Event): number => Number((data as { attempt?: number }).attempt ?? 1);
const codeOf = ({ data }: Event): string => {
  const { code, message } = data as { code?: string; message?: string };
  return [code, message].filter(Boolean).join(': ');
};

/** What begins with an event, and which events end it. */
const begun: Record<string, { what: string; ends: readonly string[] }> = {
  ArchiveJobQueued: { what: 'Waiting for a worker', ends: ['ArchiveJobStarted'] },
  ArchiveJobStarted: { what: 'Exporting, compressing, encrypting, uploading', ends: ['ArchiveUploaded'] },
  VerificationRequested: { what: 'Verifying by reading it back', ends: ['IntegrityVerified', 'IntegrityFailed'] },
  ArchiveLocking: { what: 'Locking every object', ends: ['ArchiveLocked'] },
  ArchiveLocked: { what: 'Reading the lock back', ends: ['RetentionVerified', 'IntegrityFailed'] },
};

const failures = ['ArchiveJobFailed', 'IntegrityFailed', 'ArchiveJobCancelled', 'ArchiveAttemptFailed'];
const isFailure = (event: Event): boolean => failures.includes(event.type);

function endOf(start: Event, ends: readonly string[], later: readonly Event[]): Event | undefined {
  const attempt = attemptOf(start);
  const sameAttempt = (event: Event) => start.type === 'ArchiveJobQueued' || attemptOf(event) === attempt;
  return later.find((event) => (ends.includes(event.type) || isFailure(event)) && sameAttempt(event));
}

/** The steps of every attempt, oldest first, from the job's events. */
export function stepsOf(events: readonly Event[]): Step[] {
  const ordered = [...events].sort((a, b) => a.seq - b.seq);
  return ordered.flatMap((event, index): Step[] => {
    const kind = begun[event.type];
    if (!kind) return [];
    const end = endOf(event, kind.ends, ordered.slice(index + 1));
    const state = !end ? 'running' : isFailure(end) ? 'failed' : 'completed';
    return [
      {
        ...{ attempt: attemptOf(event), what: kind.what, from: event.occurred_at, to: end?.occurred_at ?? null, state },
        ...(end && state === 'failed' ? { says: codeOf(end) } : {}),
      },
    ];
  });
}
