import {
  approvalRoles,
  type PolicyAnswer,
  type PolicyFieldChange,
  type PolicyVersionAnswer,
  type RetentionPolicyDefined,
  type Tenant,
} from '@lastcopy/contracts';
import { addDays, addDuration } from '@lastcopy/kernel';
import type { PolicyRecord, PolicyVersionRecord } from '../records/policy-record.js';

/** Until when an archive that is made now would be kept, by the policy's own days and by the minimum of each requirement that it names. */
function datesOf(policy: RetentionPolicyDefined, now: Date) {
  const own = addDays(now, policy.retention_period_days);
  const minima = (policy.minima ?? []).map((minimum) => {
    const end = addDuration(now, minimum.duration);
    return { ...minimum, retain_until_if_archived_now: end.toISOString(), lengthens: end > own };
  });
  return { retain_until_if_archived_now: own.toISOString(), minima };
}

const termsView = (policy: RetentionPolicyDefined, tenant: Tenant, now: Date) => ({
  ...policy,
  ...tenant,
  retention_starts: policy.retention_starts ?? ('manifest_timestamp' as const),
  required_approvals: policy.required_approvals ?? [...approvalRoles],
  ...datesOf(policy, now),
});

export function policyView(record: PolicyRecord, tenant: Tenant, now: Date): PolicyAnswer {
  const { versions, revision, created_at, updated_at, changed_by, change_reason, ...terms } = record;
  const policy: RetentionPolicyDefined = { ...terms, version: versions.at(-1)!.policy.version };
  return { ...termsView(policy, tenant, now), revision, created_at, updated_at, changed_by, change_reason };
}

export function policyVersionView(record: PolicyRecord, version: PolicyVersionRecord, tenant: Tenant, now: Date): PolicyVersionAnswer {
  const { policy, changed, reason, made_by, made_at } = version;
  const { created_at, updated_at, revision, changed_by, change_reason } = record;
  return {
    ...termsView(policy, tenant, now),
    revision,
    created_at,
    updated_at,
    changed_by,
    change_reason,
    changed,
    reason,
    made_by,
    made_at,
  };
}

const versionFields = ['version', 'status'];

/** The fields in which two versions differ, with both values. */
export function policyDiff(before: RetentionPolicyDefined, after: RetentionPolicyDefined): PolicyFieldChange[] {
  const json = (policy: RetentionPolicyDefined, field: string) => JSON.stringify(policy[field as keyof RetentionPolicyDefined] ?? null);
  const fields = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter((field) => !versionFields.includes(field)).sort();
  return fields
    .map((field) => ({ field, before: json(before, field), after: json(after, field) }))
    .filter(({ before: one, after: other }) => one !== other);
}
