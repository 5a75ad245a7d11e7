import type { RetentionPolicyDefined } from '@lastcopy/contracts';
import { dataOf, type RecordFold } from './record-fold.js';
import { typesOf } from './record-of-event.js';

export interface PolicyRecord extends RetentionPolicyDefined {
  created_at: string;
  updated_at: string;
}

/** The latest version of a policy. */
export const policyFold: RecordFold<PolicyRecord> = {
  name: 'policies',
  types: typesOf('policy'),
  keyOf: (event) => event.aggregate_id,
  begin: (event) => ({ ...dataOf<RetentionPolicyDefined>(event), created_at: event.occurred_at, updated_at: event.occurred_at }),
  apply: (policy, event) => ({
    ...dataOf<RetentionPolicyDefined>(event),
    created_at: policy.created_at,
    updated_at: event.occurred_at,
  }),
};
