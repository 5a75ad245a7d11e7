import { addDays, DomainError } from '@lastcopy/kernel';

/** How long people have. Days may be fractions. */
export interface DeadlineTerms {
  readonly dueDays: number;
  /** How long before the due date somebody is reminded. */
  readonly remindDays: number;
  /** How long after the due date the second level is told. */
  readonly escalateAgainDays: number;
  /** From the request on; a request with a later due date has as much longer. */
  readonly expiresDays: number;
}

/** ISO 8601 UTC. */
export interface Deadlines {
  due_at: string;
  remind_at: string;
  expires_at: string;
}

const latestDueDays = 90;

/** Pure: the dates of a request made at `now`, or set anew then. Throws VALIDATION_FAILED for a due date that is past or too far off. */
export function deadlinesOf(now: Date, terms: DeadlineTerms, dueAt?: string | null): Deadlines {
  const due = dueAt ? new Date(dueAt) : addDays(now, terms.dueDays);
  if (Number.isNaN(due.getTime()) || due <= now || due > addDays(now, Math.max(latestDueDays, terms.dueDays))) {
    throw new DomainError('VALIDATION_FAILED', `due_at must lie in the next ${latestDueDays} days`);
  }
  const remind = addDays(due, -terms.remindDays);
  const expires = addDays(due, Math.max(terms.expiresDays - terms.dueDays, 0));
  const dates = { due_at: due, remind_at: remind > now ? remind : now, expires_at: expires };
  return Object.fromEntries(Object.entries(dates).map(([name, date]) => [name, date.toISOString()])) as unknown as Deadlines;
}
