import type { AuditEntry } from '@lastcopy/contracts';
import { CodedError } from '@lastcopy/kernel';
import type { AuditFilter } from './audit-queries.js';

const longest = 255;

function refuse(name: string, detail: string): never {
  throw new CodedError('VALIDATION_FAILED', `The query parameter ${name} is not valid`, {
    details: { errors: [{ pointer: `/${name}`, detail: `${name} ${detail}` }] },
  });
}

function textIn(query: Record<string, unknown>, name: string): string | undefined {
  const value = query[name];
  if (value === undefined || value === '') return undefined;
  if (typeof value !== 'string' || value.length > longest || value.includes('\u0000'))
    refuse(name, `must be one text of at most ${longest} characters`);
  return value;
}

function timeIn(query: Record<string, unknown>, name: string): string | undefined {
  const value = textIn(query, name);
  if (value === undefined) return undefined;
  const time = new Date(value);
  if (Number.isNaN(time.getTime())) refuse(name, 'must be an ISO 8601 date or time');
  return time.toISOString();
}

/** What a request asks of the trail. Throws VALIDATION_FAILED. */
export function auditFilterOf(query: Record<string, unknown>): AuditFilter {
  const outcome = textIn(query, 'outcome');
  if (outcome !== undefined && outcome !== 'done' && outcome !== 'refused') refuse('outcome', 'must be done or refused');
  const filter: { [K in keyof AuditFilter]: AuditFilter[K] | undefined } = {
    ...{ flow_id: textIn(query, 'flow_id')?.toLowerCase(), system_id: textIn(query, 'system_id')?.toLowerCase() },
    ...{ job_id: textIn(query, 'job_id')?.toLowerCase(), actor: textIn(query, 'actor'), type: textIn(query, 'type'), outcome },
    ...{ from: timeIn(query, 'from'), to: timeIn(query, 'to'), text: textIn(query, 'text') },
  };
  return Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined)) as AuditFilter;
}

/** Where the next page begins; opaque to clients. */
export const nextCursor = (entries: readonly AuditEntry[]): string | null => {
  const last = entries.at(-1);
  return last ? Buffer.from(`before ${last.seq}`).toString('base64url') : null;
};

/** @returns undefined for the first page */
export function cursorOf(cursor: unknown): number | undefined {
  if (cursor === undefined || cursor === '') return undefined;
  const text = typeof cursor === 'string' ? Buffer.from(cursor, 'base64url').toString() : '';
  const [, seq] = /^before (\d{1,15})$/.exec(text) ?? [];
  return seq === undefined ? refuse('cursor', 'must be an X-Next-Cursor of this list') : Number(seq);
}
