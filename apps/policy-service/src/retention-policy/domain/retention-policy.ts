import type { RetentionPolicyDefined } from '@lastcopy/contracts';
import type { Decider, Event } from '@lastcopy/kernel';
import type { PolicyTerms } from './standard-policies.js';

export type RetentionPolicyEvent = Event<'RetentionPolicyDefined', RetentionPolicyDefined>;
export interface DefinePolicy {
  readonly type: 'DefinePolicy';
  readonly policy_id: string;
  readonly terms: PolicyTerms;
}
export interface RetentionPolicy {
  readonly current: RetentionPolicyDefined | null;
}

/** A policy's versions are immutable; defining one that stands changes nothing. */
export const retentionPolicy: Decider<DefinePolicy, RetentionPolicy, RetentionPolicyEvent> = {
  initial: { current: null },
  decide: (command, policy) =>
    policy.current ? [] : [{ type: 'RetentionPolicyDefined', data: { policy_id: command.policy_id, version: 1, ...command.terms } }],
  evolve: (_policy, event) => ({ current: event.data }),
};
