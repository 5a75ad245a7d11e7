const plain = new Intl.NumberFormat('en');
const oneDigit = new Intl.NumberFormat('en', { maximumFractionDigits: 1 });
const units = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'] as const;

export const count = (value: number): string => plain.format(value);

/** Decimal units, as stores bill them: 1 GB is 10⁹ bytes. */
export function bytes(value: number): string {
  let [size, unit] = [value, 0];
  while (size >= 1000 && unit < units.length - 1) [size, unit] = [size / 1000, unit + 1];
  return `${oneDigit.format(size)} ${units[unit]}`;
}

export const bytesPerSecond = (value: number): string => `${bytes(value)}/s`;

/** "1 system", "3 systems". @param more the plural when it is not the singular with an s */
export const counted = (value: number, one: string, more = `${one}s`): string => `${count(value)} ${value === 1 ? one : more}`;

const parts = [
  ['d', 86_400],
  ['h', 3_600],
  ['min', 60],
  ['s', 1],
] as const;

/** The two largest units: "2 h 5 min". */
export function duration(seconds: number): string {
  if (seconds < 1) return seconds > 0 ? 'under 1 s' : '0 s';
  let rest = Math.round(seconds);
  const said: string[] = [];
  for (const [unit, size] of parts) {
    if (rest < size && (said.length === 0 || unit === 's') && !(unit === 's' && said.length === 0)) continue;
    if (said.length === 2) break;
    const n = Math.floor(rest / size);
    rest -= n * size;
    if (n > 0) said.push(`${n} ${unit}`);
  }
  return said.join(' ');
}

const calendarUnits = { Y: 'year', M: 'month', W: 'week', D: 'day' } as const;

/** "P7Y" as "7 years". */
export function isoDuration(value: string): string {
  const [, amount, unit] = /^P(\d+)([YMWD])$/.exec(value) ?? [];
  return amount ? counted(Number(amount), calendarUnits[unit as keyof typeof calendarUnits]) : value;
}

/** Retention in words that people plan with; the days stay beside it. */
export function retention(days: number): string {
  const years = days / 365;
  return Number.isInteger(years) && years >= 1 ? `${counted(days, 'day')} (${counted(years, 'year')})` : counted(days, 'day');
}
