import type { EventData, FlowSystem, Tenant } from '@lastcopy/contracts';
import { streamId } from '@lastcopy/contracts';
import type { EventStore, LoggedEvent, SqlQuery } from '@lastcopy/eventing';
import type { FlowAct } from '../approval/domain/eligibility.js';
import { dataOf, foldAll } from '../records/record-fold.js';
import { systemFold, type SystemRecord } from '../records/system-record.js';
import type { FlowFacts } from './flow-facts.js';
import { partByContract, readEvents } from './flow-log.js';

export interface SystemsReading {
  /** By system_id, as they are described now. */
  systems: Map<string, SystemRecord>;
  /** Who entered the source that each has now. */
  acts: FlowAct[];
  malformed: LoggedEvent[];
}

const setsSource = (event: LoggedEvent): boolean =>
  event.type === 'SystemRegistered' ||
  (event.type === 'SystemRevised' && dataOf<EventData<'SystemRevised'>>(event).changed.includes('source'));

/** Pure: the systems that their events lead to. */
export function foldSystems(events: readonly LoggedEvent[]): Omit<SystemsReading, 'malformed'> {
  const systems = foldAll(systemFold, events);
  const authors = new Map(events.filter(setsSource).map((event) => [event.aggregate_id, event.actor]));
  const acts = [...authors].map(([system_id, user_id]): FlowAct => {
    return { user_id, act: 'described_source', subject: systems.get(system_id)!.system_name };
  });
  return { systems, acts };
}

/** The systems of a flow straight from the log. They belong to no flow: a system may be in several. */
export async function readSystems(
  query: SqlQuery,
  store: EventStore,
  tenant: Tenant,
  systemIds: readonly string[],
): Promise<SystemsReading> {
  const streams = systemIds.map((id) => streamId('system', id));
  const condition = 'stream_id = any($3::text[]) and client_account_id = $4 and engagement_id = $5';
  const parameters = [streams, tenant.client_account_id, tenant.engagement_id];
  const { sound, malformed } = partByContract(await readEvents(query, store, condition, parameters));
  return { ...foldSystems(sound.filter(({ type }) => (systemFold.types as readonly string[]).includes(type))), malformed };
}

/** The flow's systems with the source that each has now; what was revised since the flow began counts. Their names stay the flow's. */
export const presentSystems = ({ flow, systems }: Pick<FlowFacts, 'flow' | 'systems'>): FlowSystem[] =>
  flow.systems.map((system) => ({ ...system, source: systems.get(system.system_id)?.source ?? system.source }));
