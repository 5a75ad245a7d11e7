import type { AssignmentAnswer, AssignmentHistoryEntry, PolicyAssigned, RetentionConflictResolved } from '@lastcopy/contracts';
import type { LoggedEvent } from '@lastcopy/eventing';
import { dataOf } from '../records/record-fold.js';
import { openConflicts, type AssignmentRecord } from '../records/assignment-record.js';
import { assignmentView } from './inventory-view.js';

export const assignmentAnswer = (assignment: AssignmentRecord, now: Date): AssignmentAnswer => ({
  ...assignmentView(assignment, now),
  version: assignment.version,
  conflicts_open: openConflicts(assignment).length > 0,
});

export function historyEntry({ type, version, occurred_at, actor, ...event }: LoggedEvent): AssignmentHistoryEntry {
  const entry = { version, at: occurred_at, actor };
  if (type === 'RetentionConflictResolved') {
    const resolved = dataOf<RetentionConflictResolved>(event as LoggedEvent);
    return { ...entry, type, reason: resolved.reason, resolved };
  }
  const assignment = dataOf<PolicyAssigned>(event as LoggedEvent);
  return { ...entry, type: 'PolicyAssigned', reason: assignment.reason ?? null, assignment };
}
