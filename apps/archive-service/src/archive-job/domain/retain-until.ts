import type { RetentionMinimum } from '@lastcopy/contracts';
import { addDuration } from '@lastcopy/kernel';

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
