import type { Tenant } from '@lastcopy/contracts';
import type { EventStore, LoggedEvent, SqlQuery } from '@lastcopy/eventing';
import type { FlowAct } from '../approval/domain/eligibility.js';
import { alertFold } from '../records/alert-record.js';
import type { LegalHoldRecord } from '../records/legal-hold-record.js';
import type { PolicyRecord } from '../records/policy-record.js';
import { foldAll } from '../records/record-fold.js';
import type { SystemRecord } from '../records/system-record.js';
import { assignedPolicies } from './assigned-policies.js';
import type { LogFaults } from './flow-facts.js';
import { flowlessAlerts, partByContract } from './flow-log.js';
import { isIntegrityAlert } from './gates/no-open-alert.js';
import { readSystems } from './present-systems.js';
import { standingHolds } from './standing-holds.js';

/** What of a flow says which of the things around it matter. */
export interface Place {
  readonly systems: readonly string[];
  readonly policies: readonly string[];
  /** All streams of the flow. */
  readonly streams: readonly string[];
}

/** What a flow's facts hold that belongs to no flow. */
export interface Surroundings {
  readonly systems: ReadonlyMap<string, SystemRecord>;
  readonly acts: readonly FlowAct[];
  readonly policies: ReadonlyMap<string, PolicyRecord>;
  readonly holds: readonly LegalHoldRecord[];
  readonly faults: LogFaults;
}

/** An event that nobody understands counts as one that a subscription could not digest. */
export const unreadable = ({ stream_id }: LoggedEvent) => ({ stream_id, subscription: 'the gate', code: 'EVENT_MALFORMED' });

/** Straight from the log, and what is wrong with the logs. */
export async function readSurroundings(query: SqlQuery, store: EventStore, tenant: Tenant, place: Place): Promise<Surroundings> {
  const faults = await faultsOf(query, store, tenant, place.streams);
  const { holds, malformed: badHolds } = await standingHolds(query, store, tenant, place.systems);
  const { systems, acts, malformed: badSystems } = await readSystems(query, store, tenant, place.systems);
  const { policies, malformed: badPolicies } = await assignedPolicies(query, store, tenant, place.policies);
  const parked = [...faults.parked, ...[...badHolds, ...badSystems, ...badPolicies].map(unreadable)];
  return { systems, acts, policies, holds, faults: { ...faults, parked } };
}

async function faultsOf(query: SqlQuery, store: EventStore, tenant: Tenant, streams: readonly string[]): Promise<LogFaults> {
  const forks = await query<{ source: string; reason: string }>('select source, reason from event_forks order by source');
  const parked = await query<{ stream_id: string; subscription: string; code: string }>(
    'select distinct on (stream_id, subscription) stream_id, subscription, code from parked_events where stream_id = any($1)',
    [streams],
  );
  const { sound, malformed } = partByContract(await flowlessAlerts(query, store, tenant));
  const alerts = [...foldAll(alertFold, sound).values()].filter(isIntegrityAlert);
  return { forks, parked: [...parked, ...malformed.map(unreadable)], alerts };
}

/** The surroundings as they were read for a place. */
export class KnownSurroundings {
  constructor(
    private readonly place: Place,
    private readonly surroundings: Surroundings,
  ) {}

  /**
   * Null for another place. Streams that are new since do not make it another one: a stream that cannot be digested is new among the
   * surroundings too.
   */
  stillOf({ systems, policies }: Place): Surroundings | null {
    const same = (before: readonly string[], now: readonly string[]) =>
      before.length === now.length && now.every((id) => before.includes(id));
    return same(this.place.systems, systems) && same(this.place.policies, policies) ? this.surroundings : null;
  }
}
