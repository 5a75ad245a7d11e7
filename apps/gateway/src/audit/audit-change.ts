import type { LoggedEvent } from '@lastcopy/eventing';
import { canonicalJson, sha256Hex } from '@lastcopy/eventing';

/** What a stream has said so far, field by field; `state` is the last event's type. */
export type StreamState = Record<string, unknown>;

export interface AuditChange {
  /** The fields that the event changed, as they were; null for the first event of a stream. */
  before: StreamState | null;
  after: StreamState;
}

const longestField = 2_000;

/** Long fields (attestations, lists of checks) stand as their digest: the event itself has them in full. */
function abbreviated(value: unknown): unknown {
  const text = canonicalJson(value ?? null);
  return text.length <= longestField ? value : { sha256: sha256Hex(text), characters: text.length };
}

const same = (one: unknown, other: unknown): boolean => canonicalJson(one ?? null) === canonicalJson(other ?? null);

/** Pure: what an event changed in what its stream had said, and what the stream says after it. */
export function changeOf(
  known: StreamState | undefined,
  event: Pick<LoggedEvent, 'type' | 'data'>,
): { state: StreamState; change: AuditChange } {
  const said: StreamState = { state: event.type };
  for (const [name, value] of Object.entries(event.data)) said[name] = abbreviated(value);
  const state = { ...known, ...said };
  if (!known) return { state, change: { before: null, after: said } };
  const changed = Object.keys(said).filter((name) => !same(known[name], said[name]));
  return {
    state,
    change: {
      before: Object.fromEntries(changed.map((name) => [name, known[name] ?? null])),
      after: Object.fromEntries(changed.map((name) => [name, said[name]])),
    },
  };
}
