import type {
  CreateRetentionPolicy,
  EndPolicyReview,
  RetentionPolicyDefined,
  RetireRetentionPolicy,
  ReviseRetentionPolicy,
  StartPolicyReview,
} from '@lastcopy/contracts';
import { decideAndAppend, type CommandAnswer, type CommandContext, type EventStore, type ServiceTransaction } from '@lastcopy/eventing';
import { DomainError } from '@lastcopy/kernel';
import { completeTerms, faultsOfTerms, refuseFaults, type PolicyLimits } from '../domain/policy-terms.js';
import { retentionPolicy } from '../domain/retention-policy.js';
import { policiesOf } from '../projections/policy-catalogue.js';
import { openAssignmentsOf } from '../projections/policy-uses.js';
import { ensureTenantPolicies, isStandardPolicy } from './ensure-tenant-policies.js';

const sameName = (one: string, other: string): boolean => one.trim().toLowerCase() === other.trim().toLowerCase();

/** Names are unique among the policies that are not retired. Throws POLICY_EXISTS. */
export function refuseTakenName(policies: readonly RetentionPolicyDefined[], name: string | null | undefined, ownId: string): void {
  const taken = policies.find(
    ({ policy_id, policy_name, status }) => !!name && status !== 'inactive' && policy_id !== ownId && sameName(policy_name, name),
  );
  if (!taken) return;
  const message = `There is a policy named "${taken.policy_name}" already (${taken.policy_id})`;
  throw new DomainError('POLICY_EXISTS', message, { policy_id: taken.policy_id });
}

/** Errors: VALIDATION_FAILED, POLICY_EXISTS. */
export function createPolicy(
  store: EventStore,
  limits: PolicyLimits,
  context: CommandContext,
  command: CreateRetentionPolicy,
): Promise<CommandAnswer> {
  const { policy_id, terms, reason } = command;
  refuseFaults(faultsOfTerms(terms, limits));
  return store.execute(context, 'CreateRetentionPolicy', command, async (tx) => {
    await ensureTenantPolicies(tx, context);
    refuseTakenName(await policiesOf(tx, context.tenant), terms.policy_name, policy_id);
    const definition = { type: 'DefinePolicy', policy_id, terms: completeTerms(terms, limits.regulations), reason } as const;
    return decideAndAppend(tx, retentionPolicy, 'retention_policy', policy_id, definition);
  });
}

export async function reviseWithin(
  tx: ServiceTransaction,
  limits: PolicyLimits,
  { policy_id, changes, reason, expected_revision }: ReviseRetentionPolicy,
): Promise<CommandAnswer> {
  refuseTakenName(await policiesOf(tx, tx.context.tenant), changes.policy_name, policy_id);
  const standard = isStandardPolicy(tx.context, policy_id);
  const expected = expected_revision ?? null;
  const revision = { type: 'RevisePolicy', changes: { ...changes }, reason, expected, limits, standard } as const;
  return decideAndAppend(tx, retentionPolicy, 'retention_policy', policy_id, revision);
}

/** Errors: NOT_FOUND, PRECONDITION_FAILED, VALIDATION_FAILED, POLICY_EXISTS, POLICY_STATE. */
export const revisePolicy = (
  store: EventStore,
  limits: PolicyLimits,
  context: CommandContext,
  command: ReviseRetentionPolicy,
): Promise<CommandAnswer> => store.execute(context, 'ReviseRetentionPolicy', command, (tx) => reviseWithin(tx, limits, command));

export async function retireWithin(
  tx: ServiceTransaction,
  { policy_id, reason, expected_revision }: RetireRetentionPolicy,
): Promise<CommandAnswer> {
  const assignments = await openAssignmentsOf(tx, tx.context.tenant, policy_id);
  const uses = assignments.map(({ flow_id, system_id, system_name }) => ({ flow_id, system_id, system_name }));
  const standard = isStandardPolicy(tx.context, policy_id);
  const retirement = { type: 'RetirePolicy', reason, expected: expected_revision ?? null, standard, uses } as const;
  return decideAndAppend(tx, retentionPolicy, 'retention_policy', policy_id, retirement);
}

/** Errors: NOT_FOUND, PRECONDITION_FAILED, POLICY_STATE, POLICY_IN_USE with `uses`. */
export const retirePolicy = (store: EventStore, context: CommandContext, command: RetireRetentionPolicy): Promise<CommandAnswer> =>
  store.execute(context, 'RetireRetentionPolicy', command, (tx) => retireWithin(tx, command));

export const reviewWithin = (
  tx: ServiceTransaction,
  type: 'StartReview' | 'EndReview',
  { policy_id, reason, expected_revision }: StartPolicyReview | EndPolicyReview,
): Promise<CommandAnswer> =>
  decideAndAppend(tx, retentionPolicy, 'retention_policy', policy_id, { type, reason, expected: expected_revision ?? null });

/** Errors: NOT_FOUND, PRECONDITION_FAILED, POLICY_STATE. */
export const reviewPolicy = (
  store: EventStore,
  context: CommandContext,
  type: 'StartReview' | 'EndReview',
  command: StartPolicyReview | EndPolicyReview,
): Promise<CommandAnswer> => store.execute(context, type, command, (tx) => reviewWithin(tx, type, command));
