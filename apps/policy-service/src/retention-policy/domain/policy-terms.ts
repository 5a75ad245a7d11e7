import type {
  ApprovalRole,
  FieldFault,
  PolicyChanges,
  PolicyTermsInput,
  RetentionPolicyDefined,
  RetentionPolicyRevised,
  VerificationLevel,
} from '@lastcopy/contracts';
import { DomainError } from '@lastcopy/kernel';
import type { PolicyTerms } from './standard-policies.js';

const leastDays = 365;
/** A hundred years: what a store can lock in one go. */
const mostDays = 36_500;
const locationForm = /^s3:\/\/[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]\/(?:[^/\s]+\/)*$/;
/** Records, so that a role or a level that is new does not compile until it has its place here. */
const approvers = Object.keys({ data_owner: 1, compliance: 1, legal: 1 } satisfies Record<ApprovalRole, 1>) as ApprovalRole[];
const proves: Record<VerificationLevel, number> = { stored: 1, fixity: 2, readable: 3, restored: 4, reconciled: 5 };

/** What the law says about how long data of a requirement is kept at least. */
export interface LegalMinimum {
  readonly requirement: string;
  /** ISO 8601 duration; null where there is none. */
  readonly minimum: string | null;
  readonly clause: string;
}

/** What the deployment allows, and the law that its versions are made under. */
export interface PolicyLimits {
  /** Buckets that archives may go to; null for every bucket. */
  readonly buckets: readonly string[] | null;
  readonly regulations: readonly LegalMinimum[];
}

type Input = PolicyTermsInput;
type Check = (terms: Input, limits: PolicyLimits) => string | null;

const below = (level: VerificationLevel, least: VerificationLevel): boolean => proves[level] < proves[least];

const checks: Partial<Record<keyof Input, Check>> = {
  policy_name: ({ policy_name }) => (policy_name.trim() === '' ? 'policy_name must say how people call the policy' : null),
  retention_period_days: ({ retention_period_days: days }) =>
    days < leastDays || days > mostDays
      ? `retention_period_days must be from ${leastDays} to ${mostDays}: no archive is kept for less than a year`
      : null,
  storage_location: ({ storage_location }, { buckets }) => {
    if (!locationForm.test(storage_location) || /\/\.{1,2}\//.test(storage_location))
      return 'storage_location must be s3://bucket/prefix/, with the slash at its end';
    const bucket = storage_location.split('/')[2]!;
    if (!buckets || buckets.includes(bucket)) return null;
    return `storage_location names the bucket ${bucket}, which archives may not go to; allowed: ${buckets.join(', ')}`;
  },
  encryption_required: ({ encryption_required }) =>
    encryption_required ? null : 'encryption_required must be true: every archive is encrypted, and a policy cannot say otherwise',
  verification_level: ({ verification_level: level }) =>
    below(level, 'readable') ? `verification_level must be readable or more: "${level}" does not prove that files can be opened` : null,
  database_verification_level: ({ database_verification_level: level }) =>
    below(level, 'restored')
      ? `database_verification_level must be restored or reconciled: "${level}" does not prove that a database comes back`
      : null,
  required_approvals: ({ required_approvals }) => {
    const missing = approvers.filter((role) => !required_approvals.includes(role));
    return missing.length > 0
      ? `required_approvals must name all of ${approvers.join(', ')}: a policy may not take the word from ${missing.join(', ')}`
      : null;
  },
};

/** What is wrong with the terms, by JSON pointer; nothing when they may stand. */
export const faultsOfTerms = (terms: Input, limits: PolicyLimits): FieldFault[] =>
  Object.entries(checks).flatMap(([field, check]) => {
    const detail = check(terms, limits);
    return detail === null ? [] : [{ pointer: `/${field}`, detail }];
  });

/** Throws VALIDATION_FAILED that lists every fault. */
export function refuseFaults(faults: readonly FieldFault[]): void {
  if (faults.length === 0) return;
  throw new DomainError('VALIDATION_FAILED', `The policy is not valid: ${faults.map(({ detail }) => detail).join('; ')}`, {
    errors: faults,
  });
}

const once = <T extends string>(values: readonly T[]): T[] => [...new Set(values)];

/** The terms as a version holds them: names trimmed, nothing twice, and the legal minima of the requirements beside them. */
export function completeTerms(input: Input, regulations: readonly LegalMinimum[]): PolicyTerms {
  const compliance_requirements = once(input.compliance_requirements);
  return {
    policy_name: input.policy_name.trim(),
    description: input.description,
    retention_period_days: input.retention_period_days,
    compliance_requirements,
    data_types: once(input.data_types),
    storage_location: input.storage_location,
    encryption_required: input.encryption_required,
    verification_level: input.verification_level,
    database_verification_level: input.database_verification_level,
    legal_basis: once(input.legal_basis),
    status: 'active',
    retention_starts: input.retention_starts,
    required_approvals: approvers.filter((role) => input.required_approvals.includes(role)),
    minima: regulations
      .filter(({ requirement, minimum }) => minimum !== null && compliance_requirements.includes(requirement))
      .map(({ requirement, minimum, clause }) => ({ duration: minimum!, requirement, clause })),
  };
}

/** The version that an event carries, without why it was made. */
export function versionIn(event: RetentionPolicyDefined | RetentionPolicyRevised): RetentionPolicyDefined {
  const policy: Partial<RetentionPolicyDefined & { changed: string[] }> = { ...event };
  delete policy.reason;
  delete policy.changed;
  return policy as RetentionPolicyDefined;
}

/** A version as a person would write it again. */
export const inputOf = (policy: RetentionPolicyDefined): PolicyTermsInput => ({
  policy_name: policy.policy_name,
  description: policy.description,
  retention_period_days: policy.retention_period_days,
  retention_starts: policy.retention_starts ?? 'manifest_timestamp',
  compliance_requirements: policy.compliance_requirements,
  data_types: policy.data_types,
  storage_location: policy.storage_location,
  encryption_required: policy.encryption_required,
  verification_level: policy.verification_level,
  database_verification_level: policy.database_verification_level,
  required_approvals: policy.required_approvals ?? [...approvers],
  legal_basis: policy.legal_basis,
});

/** The terms with the changes in place; what is absent or null stays. */
export function withChanges(policy: RetentionPolicyDefined, changes: PolicyChanges): PolicyTermsInput {
  const given = Object.entries(changes).filter(([, value]) => value !== undefined && value !== null);
  return { ...inputOf(policy), ...Object.fromEntries(given) };
}

/** Names of the fields in which two sets of terms differ; the order of a list counts for nothing. */
export function changedFields(before: PolicyTermsInput, after: PolicyTermsInput): string[] {
  const plain = (value: unknown) => JSON.stringify(Array.isArray(value) ? [...value].sort() : value);
  return Object.keys(after).filter((field) => plain(before[field as keyof Input]) !== plain(after[field as keyof Input]));
}
