import { leastPolicyDays, type RetentionConflict } from '@lastcopy/contracts';
import { addDays, addDuration, isoDate } from '@lastcopy/kernel';
import { findConflicts } from './find-conflicts.js';
import { regulationCatalogue, regulationCatalogueVersion, type RegulationRule } from './regulation-catalogue.js';

/** What the rules of some requirements say, and which other requirements speak of such data. Pure. */
export function getComplianceRequirements(dataTypes: readonly string[], requirements: readonly string[] = []) {
  const named = regulationCatalogue.filter(({ requirement }) => requirements.includes(requirement));
  const speaking = regulationCatalogue.filter(({ concerns }) => concerns.some((type) => dataTypes.includes(type)));
  const consider = [...new Set(speaking.map(({ requirement }) => requirement))].filter(
    (requirement) => !requirements.includes(requirement),
  );
  return {
    minima: named.filter(({ kind }) => kind === 'minimum'),
    maxima: named.filter(({ kind }) => kind === 'maximum'),
    consider,
  };
}

export interface RetentionQuestion {
  readonly compliance_requirements: readonly string[];
  readonly data_types: readonly string[];
  /** The period that somebody has in mind. */
  readonly retention_period_days?: number | null;
  readonly asOf: Date;
}

export interface RetentionAdvice {
  readonly version: string;
  readonly minima: RegulationRule[];
  readonly maxima: RegulationRule[];
  readonly conflicts: RetentionConflict[];
  readonly retention_period_days: number;
  /** ISO 8601 UTC. */
  readonly retain_until_if_archived_now: string;
  readonly consider: string[];
  readonly explanation: string[];
}

const inWords = ({ number_source }: RegulationRule): string =>
  number_source === 'practice' ? ' (the number is practice; it is not in the text)' : '';

/** How long data is to be kept: the period in mind, at least a year, lengthened to every minimum. Pure: the same question gives the same answer. */
export function determineRetentionPeriod(question: RetentionQuestion): RetentionAdvice {
  const { compliance_requirements, data_types, asOf } = question;
  const { minima, maxima, consider } = getComplianceRequirements(data_types, compliance_requirements);
  const days = Math.max(question.retention_period_days ?? leastPolicyDays, leastPolicyDays);
  const explanation: string[] = [];
  const wanted = question.retention_period_days ?? null;
  if (wanted !== null && wanted < days) explanation.push(`${wanted} days are too few: nothing is kept for less than ${days}`);
  let until = addDays(asOf, days);
  explanation.push(`${days} days: archived today, until ${isoDate(until)}`);
  for (const minimum of minima) {
    const end = addDuration(asOf, minimum.duration!);
    const effect = end > until ? `lengthens that to ${isoDate(end)}` : `is met (${isoDate(end)})`;
    explanation.push(`${minimum.requirement} (${minimum.clause}) requires ${minimum.duration}${inWords(minimum)}, which ${effect}`);
    if (end > until) until = end;
  }
  for (const maximum of maxima) explanation.push(`${maximum.requirement} (${maximum.clause}): ${maximum.says}`);
  const conflicts = findConflicts({ data_classification: data_types, compliance_requirements, retention_period_days: days });
  for (const { statement } of conflicts) explanation.push(`Conflict: ${statement} A person resolves it with a reason.`);
  if (consider.length > 0) explanation.push(`Not named, but they speak of such data: ${consider.join(', ')}`);
  return {
    ...{ version: regulationCatalogueVersion, minima, maxima, conflicts, retention_period_days: days },
    ...{ retain_until_if_archived_now: until.toISOString(), consider, explanation },
  };
}
