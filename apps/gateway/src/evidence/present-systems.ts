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
  /** Who entered the source that each has now, who named its policy, and who decided how its data is classified. */
  acts: FlowAct[];
  malformed: LoggedEvent[];
}

const sets = (event: LoggedEvent, field: EventData<'SystemRevised'>['changed'][number]): boolean =>
  event.type === 'SystemRegistered' ||
  (event.type === 'SystemRevised' && dataOf<EventData<'SystemRevised'>>(event).changed.includes(field));

/** What each of these decides of a system stands until the next one of the same list decides it anew. */
const decisions: readonly { act: FlowAct['act']; decides: (event: LoggedEvent) => boolean; stands?: (system: SystemRecord) => boolean }[] =
  [
    { act: 'described_source', decides: (event) => sets(event, 'source') },
    // The rules take the policy that a system's description names before any other.
    {
      act: 'named_policy',
      decides: (event) => sets(event, 'retention_policy_id'),
      stands: (system) => Boolean(system.retention_policy_id),
    },
    { act: 'classified_data', decides: (event) => sets(event, 'data_classification') },
    { act: 'classified_data', decides: (event) => sets(event, 'compliance_requirements') },
    // To dismiss a suggestion is to say that the labels are right as they are.
    { act: 'classified_data', decides: ({ type }) => type === 'ClassificationAccepted' || type === 'ClassificationDismissed' },
  ];

/** Pure: the systems that their events lead to. */
export function foldSystems(events: readonly LoggedEvent[]): Omit<SystemsReading, 'malformed'> {
  const systems = foldAll(systemFold, events);
  const acts = decisions.flatMap(({ act, decides, stands = () => true }) => {
    const deciders = new Map(events.filter(decides).map((event) => [event.aggregate_id, event.actor]));
    return [...deciders].flatMap(([system_id, user_id]): FlowAct[] => {
      const system = systems.get(system_id)!;
      return stands(system) ? [{ user_id, act, subject: system.system_name }] : [];
    });
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
  return { ...foldSystems(sound), malformed };
}

/** The flow's systems with the source that each has now; what was revised since the flow began counts. Their names stay the flow's. */
export const presentSystems = ({ flow, systems }: Pick<FlowFacts, 'flow' | 'systems'>): FlowSystem[] =>
  flow.systems.map((system) => ({ ...system, source: systems.get(system.system_id)?.source ?? system.source }));
