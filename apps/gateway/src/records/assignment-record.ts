import type { PolicyAssigned } from '@lastcopy/contracts';
import { dataOf, type RecordFold } from './record-fold.js';
import { typesOf } from './record-of-event.js';

export interface AssignmentRecord extends PolicyAssigned {
  assigned_at: string;
}

/** The latest assignment of a system in a flow. */
export const assignmentFold: RecordFold<AssignmentRecord> = {
  name: 'assignments',
  types: typesOf('assignment'),
  keyOf: (event) => event.aggregate_id,
  begin: (event) => ({ ...dataOf<PolicyAssigned>(event), assigned_at: event.occurred_at }),
  apply: (_assignment, event) => ({ ...dataOf<PolicyAssigned>(event), assigned_at: event.occurred_at }),
};
