import type { TimelineEntry } from '@lastcopy/contracts';
import type { LoggedEvent } from '@lastcopy/eventing';

const traceIdOf = (traceparent: string | null) => traceparent?.split('-')[1] ?? null;

export const timelineEntry = (event: LoggedEvent): TimelineEntry => ({
  seq: event.log_seq,
  occurred_at: event.occurred_at,
  type: event.type,
  source: event.source,
  stream_id: event.stream_id,
  version: event.version,
  actor: event.actor,
  job_id: (event.data as { job_id?: string }).job_id ?? null,
  trace_id: traceIdOf(event.traceparent),
  data: event.data,
});
