import type { ConflictResolution, PolicyAssigned, RetentionConflict, RetentionConflictResolved } from '@lastcopy/contracts';
import type { LoggedEvent } from '@lastcopy/eventing';
import { assertNever } from '@lastcopy/kernel';
import { dataOf, type RecordFold } from './record-fold.js';
import { typeIn, typesOf } from './record-of-event.js';

export interface AssignmentRecord extends PolicyAssigned {
  assigned_at: string;
  /** Version of the assignment's stream. */
  version: number;
  /** How a person resolved the present conflicts; null while nobody has. */
  resolution: ConflictResolution | null;
}

/** The assignment itself says whether an earlier resolution goes on to hold. */
const assigned = (event: LoggedEvent): AssignmentRecord => {
  const data = dataOf<PolicyAssigned>(event);
  return { ...data, assigned_at: event.occurred_at, version: event.version, resolution: data.resolution ?? null };
};

function resolved(assignment: AssignmentRecord, event: LoggedEvent): AssignmentRecord {
  const { resolution, reason, resolved_by, resolved_by_name, resolved_at } = dataOf<RetentionConflictResolved>(event);
  return { ...assignment, version: event.version, resolution: { resolution, reason, resolved_by, resolved_by_name, resolved_at } };
}

/** The latest assignment of a system in a flow. */
export const assignmentFold: RecordFold<AssignmentRecord> = {
  name: 'assignments',
  types: typesOf('assignment'),
  keyOf: (event) => event.aggregate_id,
  begin: assigned,
  apply(assignment, event) {
    const type = typeIn('assignment', event.type);
    switch (type) {
      case null:
        return assignment;
      case 'PolicyAssigned':
        return assigned(event);
      case 'RetentionConflictResolved':
        return resolved(assignment, event);
      default:
        return assertNever(type);
    }
  },
};

/** The conflicts of a maximum with a minimum that nobody has resolved. */
export const openConflicts = ({ conflicts = [], resolution }: Pick<AssignmentRecord, 'conflicts' | 'resolution'>): RetentionConflict[] =>
  resolution ? [] : conflicts;
