import type {
  PolicyChanges,
  RetentionPolicyDefined,
  RetentionPolicyRetired,
  RetentionPolicyReviewEnded,
  RetentionPolicyReviewStarted,
  RetentionPolicyRevised,
} from '@lastcopy/contracts';
import { assertNever, DomainError, type Decider, type Event } from '@lastcopy/kernel';
import {
  changedFields,
  completeTerms,
  faultsOfTerms,
  inputOf,
  refuseFaults,
  versionIn,
  withChanges,
  type PolicyLimits,
} from './policy-terms.js';
import type { PolicyTerms } from './standard-policies.js';

export type RetentionPolicyEvent =
  | Event<'RetentionPolicyDefined', RetentionPolicyDefined>
  | Event<'RetentionPolicyRevised', RetentionPolicyRevised>
  | Event<'RetentionPolicyRetired', RetentionPolicyRetired>
  | Event<'RetentionPolicyReviewStarted', RetentionPolicyReviewStarted>
  | Event<'RetentionPolicyReviewEnded', RetentionPolicyReviewEnded>;

/** A system of an open flow whose assignment rests on the policy. */
export interface PolicyUse {
  readonly flow_id: string;
  readonly system_id: string;
  readonly system_name: string;
}

interface Decision {
  readonly reason: string;
  /** The revision that was looked at; null for whichever it is. */
  readonly expected: number | null;
}

export interface DefinePolicy {
  readonly type: 'DefinePolicy';
  readonly policy_id: string;
  readonly terms: PolicyTerms;
  readonly reason?: string;
}

export type RetentionPolicyCommand =
  | DefinePolicy
  | (Decision & {
      readonly type: 'RevisePolicy';
      readonly changes: PolicyChanges;
      readonly limits: PolicyLimits;
      /** Whether a rule of the assignment names this policy. */
      readonly standard: boolean;
    })
  | (Decision & { readonly type: 'RetirePolicy'; readonly standard: boolean; readonly uses: readonly PolicyUse[] })
  | (Decision & { readonly type: 'StartReview' })
  | (Decision & { readonly type: 'EndReview' });

export interface RetentionPolicy {
  /** The latest version with the status as it is now. */
  readonly current: RetentionPolicyDefined | null;
  /** Events so far: what two editors must agree on. */
  readonly revision: number;
}

type Existing = RetentionPolicyDefined;
type Command<T extends RetentionPolicyCommand['type']> = Extract<RetentionPolicyCommand, { type: T }>;

const mentioned = 5;

function standingPolicy({ expected }: Decision, { current, revision }: RetentionPolicy): Existing {
  if (!current) throw new DomainError('NOT_FOUND', 'There is no such retention policy');
  if (expected !== null && expected !== revision) {
    const message = `Policy "${current.policy_name}" is at revision ${revision}; you looked at ${expected}`;
    throw new DomainError('PRECONDITION_FAILED', message, { revision });
  }
  return current;
}

function revise(command: Command<'RevisePolicy'>, policy: Existing): RetentionPolicyEvent[] {
  const terms = withChanges(policy, command.changes);
  refuseFaults(faultsOfTerms(terms, command.limits));
  // A revision is what a review comes to: the new version is in force.
  const next = completeTerms(terms, command.limits.regulations);
  const changed = changedFields(inputOf(policy), inputOf({ ...policy, ...next }));
  if (changed.length === 0) return [];
  if (policy.status === 'inactive') throw new DomainError('POLICY_STATE', `Policy "${policy.policy_name}" is retired; create another one`);
  if (command.standard && changed.includes('policy_name')) {
    const detail = `"${policy.policy_name}" keeps its name: the rules of assignment look it up by that`;
    refuseFaults([{ pointer: '/policy_name', detail }]);
  }
  const { policy_id, version } = policy;
  return [{ type: 'RetentionPolicyRevised', data: { policy_id, version: version + 1, ...next, changed, reason: command.reason } }];
}

function retire(command: Command<'RetirePolicy'>, policy: Existing): RetentionPolicyEvent[] {
  if (policy.status === 'inactive') return [];
  if (command.standard) {
    const message = `"${policy.policy_name}" cannot be retired: the rules of assignment name it. Revise it instead.`;
    throw new DomainError('POLICY_STATE', message);
  }
  const { uses } = command;
  if (uses.length > 0) {
    const named = uses.slice(0, mentioned).map(({ system_name, flow_id }) => `"${system_name}" in flow ${flow_id}`);
    const more = uses.length > mentioned ? ` and ${uses.length - mentioned} more` : '';
    const message = `Policy "${policy.policy_name}" is assigned in open flows: ${named.join(', ')}${more}`;
    throw new DomainError('POLICY_IN_USE', message, { uses });
  }
  return [{ type: 'RetentionPolicyRetired', data: factOf(policy, command.reason) }];
}

const factOf = ({ policy_id, version, policy_name }: Existing, reason: string) => ({ policy_id, version, policy_name, reason });

function startReview({ reason }: Decision, policy: Existing): RetentionPolicyEvent[] {
  if (policy.status === 'inactive') throw new DomainError('POLICY_STATE', `Policy "${policy.policy_name}" is retired`);
  return policy.status === 'under_review' ? [] : [{ type: 'RetentionPolicyReviewStarted', data: factOf(policy, reason) }];
}

function endReview({ reason }: Decision, policy: Existing): RetentionPolicyEvent[] {
  if (policy.status === 'inactive') throw new DomainError('POLICY_STATE', `Policy "${policy.policy_name}" is retired`);
  return policy.status === 'active' ? [] : [{ type: 'RetentionPolicyReviewEnded', data: factOf(policy, reason) }];
}

function define({ policy_id, terms, reason }: DefinePolicy): RetentionPolicyEvent[] {
  return [{ type: 'RetentionPolicyDefined', data: { policy_id, version: 1, ...terms, ...(reason ? { reason } : {}) } }];
}

function decide(command: RetentionPolicyCommand, policy: RetentionPolicy): RetentionPolicyEvent[] {
  switch (command.type) {
    case 'DefinePolicy':
      return policy.current ? [] : define(command);
    case 'RevisePolicy':
      return revise(command, standingPolicy(command, policy));
    case 'RetirePolicy':
      return retire(command, standingPolicy(command, policy));
    case 'StartReview':
      return startReview(command, standingPolicy(command, policy));
    case 'EndReview':
      return endReview(command, standingPolicy(command, policy));
    default:
      return assertNever(command);
  }
}

function evolved(current: RetentionPolicyDefined | null, event: RetentionPolicyEvent): RetentionPolicyDefined | null {
  switch (event.type) {
    case 'RetentionPolicyDefined':
    case 'RetentionPolicyRevised':
      return versionIn(event.data);
    case 'RetentionPolicyRetired':
      return current && { ...current, status: 'inactive' };
    case 'RetentionPolicyReviewStarted':
      return current && { ...current, status: 'under_review' };
    case 'RetentionPolicyReviewEnded':
      return current && { ...current, status: 'active' };
    default:
      return assertNever(event);
  }
}

/** A policy's versions are immutable; a change makes the next one, and what changes nothing makes none. */
export const retentionPolicy: Decider<RetentionPolicyCommand, RetentionPolicy, RetentionPolicyEvent> = {
  initial: { current: null, revision: 0 },
  decide,
  evolve: ({ current, revision }, event) => ({ current: evolved(current, event), revision: revision + 1 }),
};
