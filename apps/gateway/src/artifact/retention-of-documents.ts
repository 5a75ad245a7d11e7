import { addDays, addDuration } from '@lastcopy/kernel';
import type { FlowFacts } from '../evidence/flow-facts.js';
import { archivedSystems } from '../evidence/gate-check.js';
import { winningRetention } from '../records/job-record.js';

/** Until when a document of the flow is kept: as long as the archive that is kept longest, and never less than the deployment's least. */
export function documentRetention(facts: Pick<FlowFacts, 'assignments'>, leastDays: number, from: Date): Date {
  const ends = [...facts.assignments.values()].flatMap(({ retention_period_days, minima }) => [
    addDays(from, retention_period_days),
    ...minima.map(({ duration }) => addDuration(from, duration)),
  ]);
  return [addDays(from, leastDays), ...ends].reduce((latest, end) => (end > latest ? end : latest));
}

/** Until when the store keeps the completed archives of the flow, as it was read back; the latest of them, null without any. */
export function latestArchiveEnd(facts: Pick<FlowFacts, 'flow' | 'jobs'>): Date | null {
  const ends = archivedSystems(facts).flatMap(({ job }) => winningRetention(job)?.retain_until ?? []);
  return ends.length > 0 ? new Date(Math.max(...ends.map((end) => Date.parse(end)))) : null;
}

/** Until when a document that stands is to be kept now: no archive of its flow outlasts it, and what it was promised is never shortened. */
export function documentRetentionNow(
  facts: Pick<FlowFacts, 'flow' | 'jobs' | 'assignments'>,
  leastDays: number,
  { uploadedAt, promised }: { uploadedAt: Date; promised: Date },
): Date {
  const ends = [promised, documentRetention(facts, leastDays, uploadedAt), latestArchiveEnd(facts) ?? promised];
  return ends.reduce((latest, end) => (end > latest ? end : latest));
}
