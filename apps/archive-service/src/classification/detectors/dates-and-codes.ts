const isoDate = /^(\d{4})-(\d{2})-(\d{2})(?:[ T]00:00(?::00(?:\.0+)?)?(?:Z|[+-]\d{2}(?::?\d{2})?)?)?$/;
const dayFirst = /^(\d{1,2})[./-](\d{1,2})[./-](\d{4})$/;
const compact = /^(\d{4})(\d{2})(\d{2})$/;
const longestLife = 120;

const isCalendarDay = (year: number, month: number, day: number): boolean => {
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
};

function yearOf(text: string): number | null {
  const [, year, month, day] = isoDate.exec(text) ?? compact.exec(text) ?? [];
  if (year) return isCalendarDay(Number(year), Number(month), Number(day)) ? Number(year) : null;
  const [, first, second, last] = dayFirst.exec(text) ?? [];
  if (!last) return null;
  const real = isCalendarDay(Number(last), Number(second), Number(first)) || isCalendarDay(Number(last), Number(first), Number(second));
  return real ? Number(last) : null;
}

/** A day on which somebody who may be living was born. */
export const isBirthDate =
  (now: Date) =>
  (text: string): boolean => {
    const year = yearOf(text);
    return year !== null && year >= now.getUTCFullYear() - longestLife && year <= now.getUTCFullYear();
  };

/** A date that the text itself calls one of birth: the date is the first group. */
export const birthDateLike =
  /\b(?:born(?: on)?|birth ?date|birthday|date of birth|dob|geboren(?: am)?|geburtsdatum|née? le|nacid[oa] el)\b[\s:="]*(\d{4}-\d{2}-\d{2}|\d{1,2}[./-]\d{1,2}[./-]\d{4})/gi;

/** The shape of ICD-10 and ICD-10-CM; product codes have it too. */
export const isHealthCode = (text: string): boolean => /^[A-TV-Z]\d[0-9AB](?:\.?[0-9A-TV-Z]{1,4})?$/.test(text);

export const isWording = (text: string): boolean => /\p{L}{2}/u.test(text) && text.length <= 200 && !/^[0-9a-f-]{32,}$/i.test(text);
export const isPersonName = (text: string): boolean => /^[\p{L}\p{M}][\p{L}\p{M} .,'’\-()]{0,79}$/u.test(text);
export const isAddress = (text: string): boolean =>
  (/\p{L}{2}/u.test(text) && text.length <= 400) || /^[A-Z]{0,2}-?\d{4,6}(-\d{4})?$/.test(text);
export const isAmount = (text: string): boolean => /^-?\d{1,12}([.,]\d{1,4})?$/.test(text);
export const isAccount = (text: string): boolean =>
  /^(?=.*\d)[A-Z0-9 /-]{5,34}$/i.test(text) || /^[A-Z]{6}[A-Z0-9]{2}([A-Z0-9]{3})?$/.test(text);
