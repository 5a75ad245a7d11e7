import { isCodedError } from '@lastcopy/kernel';
import { ApiError, NotReadableYet } from '../api-client.js';

/** What went wrong, where, and what to do, for a person at a terminal. */
export function describeError(error: unknown): string {
  if (error instanceof ApiError) {
    const { code, hint, trace_id, errors = [], blockers = [] } = error.problem;
    const lines = [`${code ?? error.status}: ${error.message}`];
    // The gateway lists blockers among its faults too, for clients that know only those.
    for (const fault of blockers.length > 0 ? [] : errors) lines.push(`  ${fault.pointer ?? ''} ${fault.detail}`.trimEnd());
    for (const blocker of blockers) lines.push(`  ${blocker.code}: ${blocker.message} ${blocker.hint}`);
    if (hint) lines.push(hint);
    if (trace_id) lines.push(`trace ${trace_id}`);
    return lines.join('\n');
  }
  if (error instanceof NotReadableYet) return error.message;
  if (isCodedError(error)) return `${error.code}: ${error.message}\n${error.hint}`;
  return (error as Error).stack ?? String(error);
}
