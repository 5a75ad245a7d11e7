import type { Actor, ConflictResolutionKind } from '@lastcopy/contracts';
import type { AssignmentInputs } from './assigned-terms.js';

/** A person's word on an assignment. */
interface Decided {
  readonly reason: string;
  readonly by: Actor;
  /** The version that the person looked at; null for whichever it is. */
  readonly expectedVersion: number | null;
}

/** The rules assign a system that has no policy yet, and look for conflicts where nobody has. */
export type AssignPolicy = { readonly type: 'AssignPolicy' } & AssignmentInputs;
/** Policy or system were revised; `cause` says which and why. */
export type ReassignPolicy = { readonly type: 'ReassignPolicy'; readonly cause: string } & AssignmentInputs;
export type OverridePolicy = {
  readonly type: 'OverridePolicy';
  readonly policy_id: string;
  readonly storage_location: string | null;
} & Decided &
  AssignmentInputs;
export type ResetAssignment = { readonly type: 'ResetAssignment' } & Decided & AssignmentInputs;
export type ResolveConflict = {
  readonly type: 'ResolveConflict';
  readonly resolution: ConflictResolutionKind;
  /** ISO 8601 UTC. */
  readonly at: string;
} & Decided;

export type PolicyAssignmentCommand = AssignPolicy | ReassignPolicy | OverridePolicy | ResetAssignment | ResolveConflict;
