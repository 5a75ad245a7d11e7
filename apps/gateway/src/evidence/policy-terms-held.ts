import { retentionStarts, type RetentionPolicyDefined } from '@lastcopy/contracts';
import { canonicalJson } from '@lastcopy/eventing';
import type { AssignmentRecord } from '../records/assignment-record.js';
import type { JobRecord } from '../records/job-record.js';
import type { FlowFacts } from './flow-facts.js';

type Terms = Pick<
  RetentionPolicyDefined,
  'retention_period_days' | 'retention_starts' | 'minima' | 'encryption_required' | 'verification_level' | 'database_verification_level'
>;

/**
 * The terms of a version that an archive is made by: how long it is kept from when on, how it is encrypted, and how it is proven. The place
 * is the assignment's, which may have chosen another.
 */
const shaping: { [Field in keyof Required<Terms>]: (terms: Terms) => unknown } = {
  retention_period_days: (terms) => terms.retention_period_days,
  retention_starts: (terms) => terms.retention_starts ?? retentionStarts[0],
  minima: ({ minima }) => (minima ?? []).map(({ requirement, duration }) => `${requirement} ${duration}`).sort(),
  encryption_required: (terms) => terms.encryption_required,
  verification_level: (terms) => terms.verification_level,
  database_verification_level: (terms) => terms.database_verification_level,
};

const differing = (one: Terms, other: Terms): string[] =>
  Object.entries(shaping).flatMap(([field, of]) => (canonicalJson(of(one)) === canonicalJson(of(other)) ? [] : field.replaceAll('_', ' ')));

/** Pure: in words, what the archive was ordered under that is no longer assigned; null while it is the same. What is unknown differs. */
export function changedSinceOrder(
  { policies }: Pick<FlowFacts, 'policies'>,
  { policy_id, policy_version, storage_location }: AssignmentRecord,
  queued: NonNullable<JobRecord['queued']>,
): string | null {
  if (queued.policy_id !== policy_id) return 'was made under another policy than the one that is assigned now';
  if (queued.destination !== storage_location) return 'was stored in another place than the one that is assigned now';
  if (queued.policy_version === policy_version) return null;
  const version = (number: number) => policies.get(policy_id)?.versions.find(({ policy }) => policy.version === number)?.policy;
  const [before, now] = [version(queued.policy_version), version(policy_version)];
  const versions = `was made under version ${queued.policy_version} of its policy, and version ${policy_version} is assigned now`;
  if (!before || !now) return `${versions}; how they differ is not known`;
  const changed = differing(before, now);
  return changed.length > 0 ? `${versions}, which differs in: ${changed.join(', ')}` : null;
}
