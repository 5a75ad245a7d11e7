import type { ConflictResolution, PolicyAssigned, RetentionConflictResolved } from '@lastcopy/contracts';
import { assertNever, DomainError, type Decider, type Event } from '@lastcopy/kernel';
import { assignedTerms, type AssignmentInputs, type WantedOverride } from './assigned-terms.js';
import type { OverridePolicy, PolicyAssignmentCommand, ResetAssignment, ResolveConflict } from './assignment-commands.js';
import { sameConflicts, sameTerms } from './same-terms.js';

export type PolicyAssignmentEvent = Event<'PolicyAssigned', PolicyAssigned> | Event<'RetentionConflictResolved', RetentionConflictResolved>;

export interface PolicyAssignment {
  readonly assigned: PolicyAssigned | null;
  /** How the present conflicts were resolved; null while they are not. */
  readonly resolution: ConflictResolution | null;
  readonly version: number;
}

const resolvers = ['legal', 'compliance'];

function refuseOutdated({ version }: PolicyAssignment, expected: number | null): void {
  if (expected === null || expected === version) return;
  throw new DomainError('PRECONDITION_FAILED', `The assignment is at version ${version}, not at ${expected} as when it was looked at`, {
    version,
  });
}

/** A resolution goes on to hold while the conflicts are the very same. */
function anew(assigned: PolicyAssigned, before: PolicyAssignment, reason: string | null): PolicyAssignmentEvent[] {
  const carried = before.resolution && sameConflicts(before.assigned?.conflicts, assigned.conflicts) ? before.resolution : null;
  const data = { ...assigned, ...(reason ? { reason } : {}), ...(carried ? { resolution: carried } : {}) };
  return [{ type: 'PolicyAssigned', data }];
}

function reassign(inputs: AssignmentInputs, cause: string | null, state: PolicyAssignment): PolicyAssignmentEvent[] {
  const { assigned } = state;
  const override: WantedOverride | null = assigned?.override ?? null;
  const now = assignedTerms(inputs, override && wantedOf(override), assigned?.policy_id ?? null);
  if (assigned && sameTerms(assigned, now)) return [];
  const stays = override ? `. The choice of ${override.overridden_by_name} stays` : '';
  return anew(now, state, cause && `${cause}${stays}`);
}

/**
 * Assigned before conflicts of laws were looked for, it lacks that look alone: nothing else of what was approved moves. A look that found
 * none is written as well: without it, nobody could tell that somebody looked.
 */
function lookForConflicts({ system, conflictsOf }: AssignmentInputs, state: PolicyAssignment): PolicyAssignmentEvent[] {
  const { assigned } = state;
  if (!assigned || assigned.conflicts !== undefined) return [];
  const conflicts = conflictsOf(system, assigned.retention_period_days);
  const found = conflicts.length > 0 ? 'A maximum of one law meets a minimum of another' : 'No maximum of a law meets a minimum of another';
  return anew({ ...assigned, conflicts }, state, `${found}; this assignment was made before such conflicts were looked for`);
}

const wantedOf = (override: WantedOverride): WantedOverride => ({
  policy_id: override.policy_id,
  storage_location: override.storage_location ?? null,
  reason: override.reason,
  overridden_by: override.overridden_by,
  overridden_by_name: override.overridden_by_name,
  overridden_at: override.overridden_at,
});

function override(command: OverridePolicy, state: PolicyAssignment): PolicyAssignmentEvent[] {
  refuseOutdated(state, command.expectedVersion);
  const { policy_id, storage_location, reason, by, asOf } = command;
  const wanted = {
    ...{ policy_id, storage_location, reason },
    ...{ overridden_by: by.user_id, overridden_by_name: by.name, overridden_at: asOf.toISOString() },
  };
  // Chosen by a person anew, a policy under review is not "kept" either.
  const now = assignedTerms(command, wanted, null);
  return state.assigned && sameTerms(state.assigned, now) ? [] : anew(now, state, reason);
}

function reset(command: ResetAssignment, state: PolicyAssignment): PolicyAssignmentEvent[] {
  refuseOutdated(state, command.expectedVersion);
  if (!state.assigned) throw new DomainError('NOT_FOUND', 'The system has no assignment that could be taken back');
  if (!state.assigned.override) return [];
  return anew(assignedTerms(command, null, null), state, `${command.by.name} went back to the suggestion: ${command.reason}`);
}

function resolve({ resolution, reason, by, at, expectedVersion }: ResolveConflict, state: PolicyAssignment): PolicyAssignmentEvent[] {
  refuseOutdated(state, expectedVersion);
  const { assigned } = state;
  if (!assigned) throw new DomainError('NOT_FOUND', 'The system has no assignment');
  if (by.service_account || !by.roles.some((role) => resolvers.includes(role)))
    throw new DomainError(
      'APPROVER_NOT_ALLOWED',
      `${by.name} (${by.user_id}) may not resolve a conflict: a person of legal or compliance does`,
    );
  const conflicts = assigned.conflicts ?? [];
  if (conflicts.length === 0) throw new DomainError('FLOW_STATE', `The assignment of "${assigned.system_name}" has no conflict to resolve`);
  const { assignment_id, flow_id, system_id } = assigned;
  const said = { resolution, reason, resolved_by: by.user_id, resolved_by_name: by.name };
  const standing = state.resolution;
  if (standing && standing.resolution === resolution && standing.reason === reason && standing.resolved_by === by.user_id) return [];
  return [{ type: 'RetentionConflictResolved', data: { assignment_id, flow_id, system_id, ...said, resolved_at: at, conflicts } }];
}

function decide(command: PolicyAssignmentCommand, state: PolicyAssignment): PolicyAssignmentEvent[] {
  switch (command.type) {
    case 'AssignPolicy':
      return state.assigned ? lookForConflicts(command, state) : reassign(command, null, state);
    case 'ReassignPolicy':
      return reassign(command, command.cause, state);
    case 'OverridePolicy':
      return override(command, state);
    case 'ResetAssignment':
      return reset(command, state);
    case 'ResolveConflict':
      return resolve(command, state);
    default:
      return assertNever(command);
  }
}

function evolve(state: PolicyAssignment, event: PolicyAssignmentEvent): PolicyAssignment {
  const version = state.version + 1;
  switch (event.type) {
    case 'PolicyAssigned':
      return { assigned: event.data, resolution: event.data.resolution ?? null, version };
    case 'RetentionConflictResolved': {
      const { resolution, reason, resolved_by, resolved_by_name, resolved_at } = event.data;
      return { ...state, resolution: { resolution, reason, resolved_by, resolved_by_name, resolved_at }, version };
    }
    default:
      return assertNever(event);
  }
}

/** The retention policy of one system in one flow: what the rules suggest, what a person chose instead, how its conflicts were resolved. */
export const policyAssignment: Decider<PolicyAssignmentCommand, PolicyAssignment, PolicyAssignmentEvent> = {
  initial: { assigned: null, resolution: null, version: 0 },
  decide,
  evolve,
};
