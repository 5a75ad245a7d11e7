import { DomainError } from '@lastcopy/kernel';

const daysOf = { Y: 365, M: 365 / 12, D: 1 } as const;

/** An ISO 8601 duration (`P7Y`, `P24M`, `P30D`) as days of common years: to compare durations with each other, never to find a date. */
export function nominalDays(duration: string): number {
  const [, amount, unit] = /^P(\d+)([YMD])$/.exec(duration) ?? [];
  if (!amount) throw new DomainError('VALIDATION_FAILED', `Duration ${duration} is not of the form P7Y, P18M or P2555D.`);
  return Math.floor(Number(amount) * daysOf[unit as keyof typeof daysOf]);
}
