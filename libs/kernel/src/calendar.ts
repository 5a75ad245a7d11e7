const dayMs = 86_400_000;

/** The date that an ISO 8601 duration (`P7Y`, `P24M`, `P30D`) leads to, by the UTC calendar; the 29th of February becomes the 28th where there is none. */
export function addDuration(start: Date, duration: string): Date {
  const match = /^P(\d+)([YMD])$/.exec(duration);
  if (!match) throw new Error(`Not a duration of years, months or days: ${duration}`);
  const amount = Number(match[1]);
  if (match[2] === 'D') return new Date(start.getTime() + amount * dayMs);
  const months = match[2] === 'Y' ? amount * 12 : amount;
  const end = new Date(start);
  end.setUTCDate(1);
  end.setUTCMonth(end.getUTCMonth() + months);
  const lastDay = new Date(Date.UTC(end.getUTCFullYear(), end.getUTCMonth() + 1, 0)).getUTCDate();
  end.setUTCDate(Math.min(start.getUTCDate(), lastDay));
  return end;
}

export const addDays = (start: Date, days: number): Date => new Date(start.getTime() + days * dayMs);
export const isoDate = (date: Date): string => date.toISOString().slice(0, 10);
