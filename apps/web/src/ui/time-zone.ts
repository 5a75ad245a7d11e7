import { useLocalStorage } from '@mantine/hooks';

export type TimeZone = 'local' | 'utc';

/** Whether times are shown in UTC or in the zone of this machine; kept for the next visit. */
export const useTimeZone = () =>
  useLocalStorage<TimeZone>({ key: 'lastcopy.time-zone', defaultValue: 'local', getInitialValueInEffect: false });

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(zone: TimeZone, detail: 'day' | 'minute' | 'second'): Intl.DateTimeFormat {
  const key = `${zone} ${detail}`;
  const clock = { hour: '2-digit', minute: '2-digit', hour12: false, timeZoneName: 'short' } as const;
  const found = formats.get(key);
  if (found) return found;
  const made = new Intl.DateTimeFormat('en-GB', {
    ...{ year: 'numeric', month: 'short', day: '2-digit' },
    ...(detail === 'day' ? {} : clock),
    ...(detail === 'second' ? { second: '2-digit' } : {}),
    ...(zone === 'utc' ? { timeZone: 'UTC' } : {}),
  });
  formats.set(key, made);
  return made;
}

export const formatMoment = (iso: string, zone: TimeZone, detail: 'day' | 'minute' | 'second' = 'minute'): string =>
  formatOf(zone, detail).format(new Date(iso));

const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto', style: 'short' });
const steps = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
  ['second', 1],
] as const;

/** "3 min. ago", "in 2 days". */
export function fromNow(iso: string, nowMs: number): string {
  const seconds = (new Date(iso).getTime() - nowMs) / 1000;
  const [unit, size] = steps.find(([, each]) => Math.abs(seconds) >= each) ?? steps[3];
  return relative.format(Math.trunc(seconds / size), unit);
}
