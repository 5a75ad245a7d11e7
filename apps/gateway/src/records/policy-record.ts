import type { EventData, RetentionPolicyDefined } from '@lastcopy/contracts';
import type { LoggedEvent } from '@lastcopy/eventing';
import { assertNever } from '@lastcopy/kernel';
import { dataOf, type RecordFold } from './record-fold.js';
import { typeIn, typesOf } from './record-of-event.js';

export interface PolicyVersionRecord {
  policy: RetentionPolicyDefined;
  changed: string[];
  reason: string | null;
  made_by: string;
  made_at: string;
}

/** A policy as it is now: its latest version, its status, and all versions, the first one first. */
export interface PolicyRecord extends RetentionPolicyDefined {
  /** Counts everything that happened to the policy: a change of its status too. */
  revision: number;
  versions: PolicyVersionRecord[];
  /** Who changed it last, and why. */
  changed_by: string;
  change_reason: string | null;
  created_at: string;
  updated_at: string;
}

function versionOf(event: LoggedEvent): PolicyVersionRecord {
  const { reason, changed, ...policy } = dataOf<RetentionPolicyDefined & { reason?: string | null; changed?: string[] }>(event);
  return { policy, changed: changed ?? [], reason: reason ?? null, made_by: event.actor, made_at: event.occurred_at };
}

function defined(event: LoggedEvent): PolicyRecord {
  const version = versionOf(event);
  return {
    ...version.policy,
    ...{ revision: event.version, versions: [version], changed_by: event.actor, change_reason: version.reason },
    ...{ created_at: event.occurred_at, updated_at: event.occurred_at },
  };
}

function changed(policy: PolicyRecord, event: LoggedEvent): PolicyRecord {
  const type = typeIn('policy', event.type);
  switch (type) {
    // Null is an event of another record; the first event was taken in by `defined`.
    case null:
    case 'RetentionPolicyDefined':
      return policy;
    case 'RetentionPolicyRevised': {
      const version = versionOf(event);
      return { ...policy, ...version.policy, versions: [...policy.versions, version] };
    }
    case 'RetentionPolicyRetired':
      return { ...policy, status: 'inactive' };
    case 'RetentionPolicyReviewStarted':
      return { ...policy, status: 'under_review' };
    case 'RetentionPolicyReviewEnded':
      return { ...policy, status: 'active' };
    default:
      return assertNever(type);
  }
}

export const policyFold: RecordFold<PolicyRecord> = {
  name: 'policies',
  types: typesOf('policy'),
  keyOf: (event) => event.aggregate_id,
  begin: defined,
  apply: (policy, event) => ({
    ...changed(policy, event),
    revision: event.version,
    changed_by: event.actor,
    change_reason: dataOf<Partial<EventData<'RetentionPolicyRevised'>>>(event).reason ?? null,
    updated_at: event.occurred_at,
  }),
};
