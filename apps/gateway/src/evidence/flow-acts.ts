import type { LoggedEvent } from '@lastcopy/eventing';
import type { FlowAct } from '../approval/domain/eligibility.js';
import type { EventData } from '@lastcopy/contracts';
import type { AssignmentRecord } from '../records/assignment-record.js';
import { dataOf } from '../records/record-fold.js';

/** Pure: who chose a policy against the rules, resolved a conflict, or ordered an archive, as far as it counts now. */
export function flowActs(assignments: Iterable<AssignmentRecord>, events: readonly LoggedEvent[]): FlowAct[] {
  const chosen = [...assignments].flatMap(({ system_name: subject, assigned_by, resolution }): FlowAct[] => [
    ...(assigned_by ? [{ user_id: assigned_by, act: 'overrode_assignment' as const, subject }] : []),
    ...(resolution ? [{ user_id: resolution.resolved_by, act: 'resolved_conflict' as const, subject }] : []),
  ]);
  const ordered = events
    .filter(({ type, actor }) => type === 'ArchiveJobQueued' && !actor.startsWith('service:'))
    .map((event): FlowAct => {
      return { user_id: event.actor, act: 'started_migration', subject: dataOf<EventData<'ArchiveJobQueued'>>(event).system_name };
    });
  return [...chosen, ...ordered];
}
