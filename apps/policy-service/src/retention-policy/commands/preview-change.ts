import { previewPage, type PolicyChangePreview, type PreviewedSystem, type PreviewPolicyChange } from '@lastcopy/contracts';
import type { CommandContext, EventStore, ServiceTransaction } from '@lastcopy/eventing';
import { CodedError, isCodedError, type Clock } from '@lastcopy/kernel';
import { foldAssignment, inputsOf } from '../../assignment/commands/decide-assignment.js';
import { policyAssignment } from '../../assignment/domain/policy-assignment.js';
import { openSystemsUnder, type FlowSystemRow } from '../../assignment/projections/flow-systems.js';
import { changedFields, inputOf, withChanges, type PolicyLimits } from '../domain/policy-terms.js';
import { policiesOf } from '../projections/policy-catalogue.js';
import { retireWithin, reviewWithin, reviseWithin } from './change-policy.js';

interface PreviewParts {
  readonly store: EventStore;
  readonly clock: Clock;
  readonly limits: PolicyLimits;
}

/** Carries the answer out of a transaction that must leave nothing behind. */
class OnlyLooked extends Error {
  constructor(readonly preview: PolicyChangePreview) {
    super('Only looked at');
  }
}

const reason = 'weighed before it is made';

async function makeChange(
  tx: ServiceTransaction,
  limits: PolicyLimits,
  { policy_id, action, changes }: PreviewPolicyChange,
): Promise<void> {
  if (action === 'revise') await reviseWithin(tx, limits, { policy_id, reason, changes: changes ?? {} });
  else if (action === 'retire') await retireWithin(tx, { policy_id, reason });
  else await reviewWithin(tx, 'StartReview', { policy_id, reason });
}

async function refusalOf(change: () => Promise<void>): Promise<PolicyChangePreview['refusal']> {
  try {
    await change();
    return null;
  } catch (error) {
    if (!isCodedError(error) || error.code === 'NOT_FOUND') throw error;
    return { code: error.code, message: error.message };
  }
}

type Policies = Awaited<ReturnType<typeof policiesOf>>;

/** Asks the very rules that follow a revision. */
async function reassigned(tx: ServiceTransaction, row: FlowSystemRow, policies: Policies, asOf: Date): Promise<PreviewedSystem> {
  const { flow_id, system_id, system } = row;
  const ids = { flow_id, system_id, system_name: system.system_name };
  const inputs = inputsOf(row, policies, asOf);
  const { events } = await tx.load('policy_assignment', inputs.assignment_id);
  const state = foldAssignment(events);
  try {
    const [decided] = policyAssignment.decide({ type: 'ReassignPolicy', cause: reason, ...inputs }, state);
    if (decided?.type !== 'PolicyAssigned') return { ...ids, outcome: 'unchanged', after: null };
    return { ...ids, outcome: 'reassigned', after: { ...decided.data, explanation: [], considered: [] } };
  } catch (error) {
    if (!isCodedError(error) || error.code !== 'POLICY_UNKNOWN') throw error;
    // The reaction leaves an assignment alone that no policy could take the place of.
    return { ...ids, outcome: 'unassigned', after: null };
  }
}

const untouched = ({ flow_id, system_id, system }: FlowSystemRow): PreviewedSystem => ({
  ...{ flow_id, system_id, system_name: system.system_name },
  ...{ outcome: 'unchanged', after: null },
});

/**
 * What a change would do: it is made, the assignments are decided on it, and all of it is rolled back. The same code decides as when the
 * change is made, so that nothing is guessed. Errors: NOT_FOUND.
 */
export async function previewChange(
  { store, clock, limits }: PreviewParts,
  context: CommandContext,
  command: PreviewPolicyChange,
): Promise<PolicyChangePreview> {
  const { policy_id, action, changes, offset } = command;
  try {
    return await store.transact(context, async (tx): Promise<never> => {
      const before = (await policiesOf(tx, context.tenant)).find((policy) => policy.policy_id === policy_id);
      if (!before) throw new CodedError('NOT_FOUND', `There is no retention policy ${policy_id}`);
      const changed = action === 'revise' ? changedFields(inputOf(before), withChanges(before, changes ?? {})) : ['status'];
      const refusal = await refusalOf(() => makeChange(tx, limits, command));
      const rows = await openSystemsUnder(tx.query.bind(tx), context.tenant, policy_id);
      const policies = await policiesOf(tx, context.tenant);
      const policy = policies.find((candidate) => candidate.policy_id === policy_id)!;
      const follows = action === 'revise' && refusal === null && changed.length > 0;
      const systems: PreviewedSystem[] = [];
      for (const row of rows.slice(offset, offset + previewPage)) {
        systems.push(follows ? await reassigned(tx, row, policies, clock.now()) : untouched(row));
      }
      throw new OnlyLooked({ changed, refusal, policy, systems, total: rows.length });
    });
  } catch (error) {
    if (error instanceof OnlyLooked) return error.preview;
    throw error;
  }
}
