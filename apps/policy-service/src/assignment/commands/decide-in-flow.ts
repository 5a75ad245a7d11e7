import type {
  AssignmentDecision,
  AssignmentPreview,
  OverrideAssignment,
  ResetAssignment,
  ResolveRetentionConflict,
  StreamToken,
} from '@lastcopy/contracts';
import type { CommandContext, EventStore, SqlQuery } from '@lastcopy/eventing';
import { CodedError, type Clock } from '@lastcopy/kernel';
import type { AssignmentInputs } from '../domain/assigned-terms.js';
import type { PolicyAssignmentCommand } from '../domain/assignment-commands.js';
import { flowSystem, type FlowSystemRow } from '../projections/flow-systems.js';
import { decideAssignment } from './decide-assignment.js';
import { previewAssignment } from './preview-assignments.js';

export interface AssignmentParts {
  store: EventStore;
  clock: Clock;
  /** Where archives may go; null for every bucket. */
  buckets: readonly string[] | null;
}
type CommandOf = (inputs: AssignmentInputs) => PolicyAssignmentCommand;

async function openSystem(query: SqlQuery, context: CommandContext, { flow_id, system_id }: AssignmentDecision): Promise<FlowSystemRow> {
  const found = await flowSystem(query, context.tenant, flow_id, system_id);
  if (!found) throw new CodedError('NOT_FOUND', `Flow ${flow_id} has no system ${system_id}`);
  if (!found.open) throw new CodedError('FLOW_STATE', `Flow ${flow_id} is over; its assignments do not change any more`);
  return found;
}

function decideInFlow(
  { store, clock }: AssignmentParts,
  context: CommandContext,
  name: string,
  command: AssignmentDecision,
  commandOf: CommandOf,
): Promise<StreamToken> {
  return store.execute(context, name, command, async (tx) => {
    const found = await openSystem(tx.query.bind(tx), context, command);
    return decideAssignment(tx, clock, found, commandOf);
  });
}

const decisionOf = ({ reason, expected_version }: AssignmentDecision, { actor }: CommandContext) => ({
  reason,
  by: actor,
  expectedVersion: expected_version ?? null,
});

function refuseBucket(buckets: AssignmentParts['buckets'], location: string | null): void {
  const bucket = location && new URL(location).hostname;
  if (!bucket || !buckets || buckets.includes(bucket)) return;
  const detail = `storage_location names the bucket ${bucket}, which archives may not go to; allowed: ${buckets.join(', ')}`;
  throw new CodedError('VALIDATION_FAILED', detail, { details: { errors: [{ pointer: '/storage_location', detail }] } });
}

/** Chooses another policy than the suggested one, or with `dry_run` says what that would lead to. */
export async function overrideAssignment(
  parts: AssignmentParts,
  context: CommandContext,
  command: OverrideAssignment,
): Promise<{ token: StreamToken | null; answer: AssignmentPreview | null }> {
  const { policy_id, storage_location = null } = command;
  refuseBucket(parts.buckets, storage_location);
  const commandOf: CommandOf = (inputs) => ({
    ...{ type: 'OverridePolicy', policy_id, storage_location, ...decisionOf(command, context), ...inputs },
  });
  if (!command.dry_run) return { token: await decideInFlow(parts, context, 'OverrideAssignment', command, commandOf), answer: null };
  const found = await openSystem(parts.store.within(context.tenant), context, command);
  return { token: null, answer: await previewAssignment(parts, context.tenant, found, commandOf) };
}

export const resetAssignment = (parts: AssignmentParts, context: CommandContext, command: ResetAssignment): Promise<StreamToken> =>
  decideInFlow(parts, context, 'ResetAssignment', command, (inputs) => ({
    ...{ type: 'ResetAssignment', ...decisionOf(command, context), ...inputs },
  }));

export const resolveConflict = (parts: AssignmentParts, context: CommandContext, command: ResolveRetentionConflict): Promise<StreamToken> =>
  decideInFlow(parts, context, 'ResolveRetentionConflict', command, ({ asOf }) => ({
    ...{ type: 'ResolveConflict', resolution: command.resolution, at: asOf.toISOString(), ...decisionOf(command, context) },
  }));
