import type { EventType } from '@lastcopy/contracts';
import type { LoggedEvent, SqlQuery } from '../store/event-rows.js';

/**
 * A read model: a pure fold of events into tables. `apply` does no I/O but SQL through `tx`, naming its tables as `"<schema>".table`;
 * it may be given an event again only when a rebuild starts over empty tables.
 */
export interface Projection {
  kind: 'projection';
  /** [a-z][a-z0-9_]*: names the PostgreSQL schema `<name>_v<version>`. */
  name: string;
  /** Raised when the tables or the fold change: the new tables are filled beside the old ones, then swapped. */
  version: number;
  /** DDL of the tables in `schema`. */
  tables(schema: string): string;
  /** Without it, every event of every service. */
  types?: readonly EventType[];
  /** At most 500 events, oldest first, in one transaction with the checkpoint. */
  apply(tx: { query: SqlQuery }, events: LoggedEvent[], schema: string): Promise<void>;
}

/** Effects that follow from events, at least once each: commands with `contextFromEvent` make a repeat harmless. */
export interface Reactor {
  kind: 'reactor';
  name: string;
  types: readonly EventType[];
  /** A reactor sees the whole log. @default 'beginning' */
  startAt?: 'beginning';
  /** Throws a transient error to be called again; any other error parks the aggregate. */
  react(event: LoggedEvent): Promise<void>;
}

export type Subscription = Projection | Reactor;

export const schemaOf = (projection: Pick<Projection, 'name' | 'version'>): string => `${projection.name}_v${projection.version}`;
