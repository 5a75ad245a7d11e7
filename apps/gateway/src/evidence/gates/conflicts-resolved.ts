import type { Blocker, FlowSystem } from '@lastcopy/contracts';
import { openConflicts } from '../../records/assignment-record.js';
import type { FlowFacts } from '../flow-facts.js';

/** Assigned before conflicts were looked for: that none is known says nothing. */
const nobodyLooked = ({ system_id, system_name }: FlowSystem): Blocker => ({
  code: 'CONFLICT_UNRESOLVED',
  message: `Nobody has looked yet whether laws are in conflict on how long the data of "${system_name}" may be kept`,
  hint: 'The policy-service looks by itself, again and again; if this stays, its log says what keeps it from looking.',
  system_id,
});

/** Of every system whose law says both "no longer than" and "no less than", a person has said with a reason what holds. */
export const conflictsResolved = ({ flow, assignments }: Pick<FlowFacts, 'flow' | 'assignments'>): Blocker[] =>
  flow.systems.flatMap((system) => {
    const { system_id, system_name } = system;
    const assignment = assignments.get(system_id);
    if (!assignment) return [];
    if (assignment.conflicts === undefined) return [nobodyLooked(system)];
    const open = openConflicts(assignment);
    if (open.length === 0) return [];
    const message = `How long the data of "${system_name}" may be kept is in conflict: ${open.map(({ statement }) => statement).join(' ')}`;
    const hint = 'Someone of legal or compliance resolves the conflict, with a reason.';
    return [{ code: 'CONFLICT_UNRESOLVED', message, hint, system_id }];
  });
