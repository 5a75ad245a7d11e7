import { addDays, addDuration } from '@lastcopy/kernel';
import type { FlowFacts } from '../evidence/flow-facts.js';

/** Until when a document of the flow is kept: as long as the archive that is kept longest, and never less than the deployment's least. */
export function documentRetention(facts: Pick<FlowFacts, 'assignments'>, leastDays: number, from: Date): Date {
  const ends = [...facts.assignments.values()].flatMap(({ retention_period_days, minima }) => [
    addDays(from, retention_period_days),
    ...minima.map(({ duration }) => addDuration(from, duration)),
  ]);
  return [addDays(from, leastDays), ...ends].reduce((latest, end) => (end > latest ? end : latest));
}
