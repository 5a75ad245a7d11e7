import type { EventType } from '@lastcopy/contracts';
import type { LoggedEvent } from '@lastcopy/eventing';

/** How the events of one kind of thing fold into its record. Pure; used by the read model and by the gate alike. */
export interface RecordFold<R extends object> {
  /** Name of the read model's table. */
  readonly name: string;
  readonly types: readonly EventType[];
  /** Columns beside the record, by name: type and expression of `record`. What many rows are asked for is read without their records. */
  readonly columns?: Readonly<Record<string, string>>;
  /** The record that an event belongs to; null when it says nothing about one. */
  keyOf(event: LoggedEvent): string | null;
  begin(event: LoggedEvent): R;
  apply(record: R, event: LoggedEvent): R;
}

/** A record with the versions of the streams that are in it: an event that it holds already changes nothing. */
export interface Folded<R extends object> {
  readonly record: R;
  readonly versions: Readonly<Record<string, number>>;
  /** Order of creation. */
  readonly firstSeq: number;
  readonly client_account_id: string;
  readonly engagement_id: string;
}

/** Folds one event in. A record belongs to the tenant of its first event; another tenant's event never reaches it. */
export function foldInto<R extends object>(fold: RecordFold<R>, before: Folded<R> | undefined, event: LoggedEvent): Folded<R> {
  const { client_account_id, engagement_id } = event;
  if (before && (before.client_account_id !== client_account_id || before.engagement_id !== engagement_id)) return before;
  if (before && (before.versions[event.stream_id] ?? 0) >= event.version) return before;
  return {
    record: fold.apply(before?.record ?? fold.begin(event), event),
    versions: { ...before?.versions, [event.stream_id]: event.version },
    firstSeq: before?.firstSeq ?? event.log_seq,
    client_account_id,
    engagement_id,
  };
}

/** What `events` make of the records that stand already; those stay as they were. */
export function foldOnto<R extends object>(
  fold: RecordFold<R>,
  before: ReadonlyMap<string, Folded<R>>,
  events: readonly LoggedEvent[],
): ReadonlyMap<string, Folded<R>> {
  const own = events.filter(({ type }) => (fold.types as readonly string[]).includes(type));
  if (own.length === 0) return before;
  const folded = new Map(before);
  for (const event of own) {
    const key = fold.keyOf(event);
    if (key !== null) folded.set(key, foldInto(fold, folded.get(key), event));
  }
  return folded;
}

/** The records by key, in order of their first event. */
export const recordsOf = <R extends object>(folded: ReadonlyMap<string, Folded<R>>): Map<string, R> =>
  new Map([...folded].map(([key, { record }]) => [key, record]));

/** All records that `events` lead to, by key, in order of their first event. */
export const foldAll = <R extends object>(fold: RecordFold<R>, events: readonly LoggedEvent[]): Map<string, R> =>
  recordsOf(foldOnto(fold, new Map(), events));

export const dataOf = <D extends object>(event: LoggedEvent): D => event.data as D;
