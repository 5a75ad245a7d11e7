import type { AuditEntry } from '@lastcopy/contracts';
import { CodedError } from '@lastcopy/kernel';

function refuse(name: string, detail: string): never {
  throw new CodedError('VALIDATION_FAILED', `The query parameter ${name} is not valid`, {
    details: { errors: [{ pointer: `/${name}`, detail: `${name} ${detail}` }] },
  });
}

/** Entries keep coming at the front: counted from there, a page would repeat or skip some. */
export function refuseOffset(offset: number): void {
  if (offset > 0) refuse('offset', 'does not work for a trail that grows meanwhile; go on with cursor, from X-Next-Cursor');
}

/** Where the next page begins; opaque to clients. */
export const nextCursor = (entries: readonly AuditEntry[]): string | null => {
  const last = entries.at(-1);
  return last ? Buffer.from(`before ${last.seq}`).toString('base64url') : null;
};

/** @returns undefined for the first page */
export function cursorOf(cursor: string | undefined): number | undefined {
  if (cursor === undefined) return undefined;
  const text = Buffer.from(cursor, 'base64url').toString();
  const [, seq] = /^before (\d{1,15})$/.exec(text) ?? [];
  return seq === undefined ? refuse('cursor', 'must be an X-Next-Cursor of this list') : Number(seq);
}
