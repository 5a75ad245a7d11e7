import type { RetentionMinimum } from '@lastcopy/contracts';
import { DomainError } from '@lastcopy/kernel';

const dayMs = 86_400_000;

/** Calendar months on, in UTC. A day that the month lacks becomes the first of the next one: never a day too early. */
function addMonths(start: Date, months: number): Date {
  const target = new Date(start);
  target.setUTCMonth(start.getUTCMonth() + months);
  if (target.getUTCDate() !== start.getUTCDate()) target.setUTCDate(1);
  return target;
}

function addDuration(start: Date, duration: string): Date {
  const [, amount, unit] = /^P(\d+)([YMD])$/.exec(duration) ?? [];
  if (!amount) throw new DomainError('VALIDATION_FAILED', `Duration ${duration} is not of the form P7Y, P18M or P2555D.`);
  if (unit === 'D') return new Date(start.getTime() + Number(amount) * dayMs);
  return addMonths(start, Number(amount) * (unit === 'Y' ? 12 : 1));
}

/**
 * The last moment up to which an archive must be kept: the later of the policy's days and every legal minimum, counted from `archivedAt`
 * (seven years are 2556 or 2557 days, so a policy of 2555 days alone would fall short). Rounded up to whole seconds, as stores keep them.
 */
export function retainUntil(archivedAt: Date, retentionPeriodDays: number, minima: readonly Pick<RetentionMinimum, 'duration'>[]): Date {
  const ends = [`P${retentionPeriodDays}D`, ...minima.map(({ duration }) => duration)].map((each) =>
    addDuration(archivedAt, each).getTime(),
  );
  return new Date(Math.ceil(Math.max(...ends) / 1000) * 1000);
}
