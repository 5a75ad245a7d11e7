import { CodedError } from '@lastcopy/kernel';

const refuse = (pointer: string, what: string): never => {
  throw new CodedError('EVENT_MALFORMED', `${pointer || '/'} holds ${what}, which JSON in the event log cannot carry unchanged`);
};

function checkedText(value: string, pointer: string): string {
  if (/\p{Surrogate}/u.test(value)) return refuse(pointer, 'a lone surrogate');
  if (value.includes('\u0000')) return refuse(pointer, 'a NUL character');
  return value;
}

function checkedObject(value: object, pointer: string, ancestors: readonly object[]): unknown {
  if (ancestors.includes(value)) return refuse(pointer, 'a reference to itself');
  const path = [...ancestors, value];
  if (Array.isArray(value)) return Array.from(value, (item, index) => checkedValue(item, `${pointer}/${index}`, path));
  if (Object.prototype.toString.call(value) !== '[object Object]' || 'toJSON' in value) {
    return refuse(pointer, `a ${value.constructor?.name ?? 'foreign object'}`);
  }
  const present = Object.entries(value).filter(([, item]) => item !== undefined);
  return Object.fromEntries(present.map(([key, item]) => [checkedText(key, pointer), checkedValue(item, `${pointer}/${key}`, path)]));
}

function checkedValue(value: unknown, pointer: string, ancestors: readonly object[]): unknown {
  if (value === null || typeof value === 'boolean') return value;
  if (typeof value === 'string') return checkedText(value, pointer);
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) return refuse(pointer, String(value));
    return value === 0 ? 0 : value;
  }
  if (typeof value === 'object') return checkedObject(value, pointer, ancestors);
  return refuse(pointer, `a value of type ${typeof value}`);
}

/**
 * A copy of `value` that PostgreSQL's jsonb and JSON text give back exactly as it is. Absent (undefined) fields of an object are left out.
 * Throws EVENT_MALFORMED with the JSON pointer of anything else: dates, maps, functions, NaN, NUL, lone surrogates, cycles.
 */
export const plainJson = <T>(value: T): T => checkedValue(value, '', []) as T;
