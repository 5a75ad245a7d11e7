import type { RetentionMinimum, RetentionPolicyDefined } from '@lastcopy/contracts';
import { addDays, addDuration, isoDate } from '@lastcopy/kernel';

/** The shape of a catalogue entry that matters here. */
export interface MinimumRule {
  readonly requirement: string;
  readonly minimum: string | null;
  readonly clause: string;
}

/** No archive is kept for less than this, whatever a policy says. */
export const leastRetentionDays = 365;

export interface RetentionTerms {
  readonly days: number;
  readonly minima: RetentionMinimum[];
  /** The minimum that keeps the data longest, where it goes beyond the policy's own period. */
  readonly lengthenedBy: RetentionMinimum | null;
  /** Until when the data is kept if archived on `asOf`. */
  readonly until: Date;
  /** Why the period is what it is, with the dates it leads to if archived on `asOf`. */
  readonly reasons: string[];
}

/** The policy's period, lengthened to the legal minima of the system's requirements. */
export function retentionTerms(
  policy: RetentionPolicyDefined,
  requirements: readonly string[],
  catalogue: readonly MinimumRule[],
  asOf: Date,
): RetentionTerms {
  const days = Math.max(policy.retention_period_days, leastRetentionDays);
  const minima = catalogue
    .filter((rule) => rule.minimum !== null && requirements.includes(rule.requirement))
    .map((rule) => ({ duration: rule.minimum!, requirement: rule.requirement, clause: rule.clause }));
  const ownEnd = addDays(asOf, days);
  const reasons = [`"${policy.policy_name}" keeps data for ${days} days: archived today, until ${isoDate(ownEnd)}`];
  if (days > policy.retention_period_days)
    reasons.push(`Its own ${policy.retention_period_days} days are lengthened: no archive is kept for less than ${days}`);
  let latest: { end: Date; by: RetentionMinimum | null } = { end: ownEnd, by: null };
  for (const minimum of minima) {
    const end = addDuration(asOf, minimum.duration);
    const effect = end > ownEnd ? `lengthens that to ${isoDate(end)}` : `is met (${isoDate(end)})`;
    reasons.push(`${minimum.requirement} (${minimum.clause}) requires ${minimum.duration}, which ${effect}`);
    if (end > latest.end) latest = { end, by: minimum };
  }
  return { days, minima, lengthenedBy: latest.by, until: latest.end, reasons };
}
