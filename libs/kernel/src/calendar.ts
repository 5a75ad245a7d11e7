import { DomainError } from './coded-error.js';

const dayMs = 86_400_000;

/** Calendar months on, in UTC. A day that the month lacks becomes the first of the next one: never a day too early. */
function addMonths(start: Date, months: number): Date {
  const target = new Date(start);
  target.setUTCMonth(start.getUTCMonth() + months);
  if (target.getUTCDate() !== start.getUTCDate()) target.setUTCDate(1);
  return target;
}

export const addDays = (start: Date, days: number): Date => new Date(start.getTime() + days * dayMs);

/** The moment that an ISO 8601 duration (`P7Y`, `P24M`, `P30D`) leads to, by the UTC calendar. Throws VALIDATION_FAILED for any other form. */
export function addDuration(start: Date, duration: string): Date {
  const [, amount, unit] = /^P(\d+)([YMD])$/.exec(duration) ?? [];
  if (!amount) throw new DomainError('VALIDATION_FAILED', `Duration ${duration} is not of the form P7Y, P18M or P2555D.`);
  if (unit === 'D') return addDays(start, Number(amount));
  return addMonths(start, Number(amount) * (unit === 'Y' ? 12 : 1));
}

export const isoDate = (date: Date): string => date.toISOString().slice(0, 10);
