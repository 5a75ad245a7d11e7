import type { Blocker } from '@lastcopy/contracts';
import { openConflicts } from '../../records/assignment-record.js';
import type { FlowFacts } from '../flow-facts.js';

/** Of every system whose law says both "no longer than" and "no less than", a person has said with a reason what holds. */
export const conflictsResolved = ({ flow, assignments }: Pick<FlowFacts, 'flow' | 'assignments'>): Blocker[] =>
  flow.systems.flatMap(({ system_id, system_name }) => {
    const assignment = assignments.get(system_id);
    const open = assignment ? openConflicts(assignment) : [];
    if (open.length === 0) return [];
    const message = `How long the data of "${system_name}" may be kept is in conflict: ${open.map(({ statement }) => statement).join(' ')}`;
    const hint = 'Someone of legal or compliance resolves the conflict, with a reason.';
    return [{ code: 'CONFLICT_UNRESOLVED', message, hint, system_id }];
  });
