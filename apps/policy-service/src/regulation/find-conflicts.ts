import type { RetentionConflict } from '@lastcopy/contracts';
import { nominalDays } from './nominal-days.js';
import { regulationCatalogue, type RegulationRule } from './regulation-catalogue.js';

/** What one system brings: never the policy's own list, which covers more than any one of its systems. */
export interface SystemDemands {
  readonly data_classification: readonly string[];
  readonly compliance_requirements: readonly string[];
  /** The period of its policy, before any minimum lengthens it. */
  readonly retention_period_days: number;
}

const impersonal = ['Configuration Files', 'System Events', 'Monitoring Data', 'Public'];

/** Data whose every label rules out what the maximum protects is free of it. What is not classified, or in words of the tenant's own, is not. */
const touches = (maximum: RegulationRule, classification: readonly string[]): boolean =>
  classification.length === 0 || classification.some((label) => maximum.concerns.includes(label) || !impersonal.includes(label));

/** In words, a maximum meets each minimum that is held against all of the data, and each that makes the archive stay longer than its policy says. */
function meets(maximum: RegulationRule, minimum: RegulationRule, periodDays: number): boolean {
  const leastDays = nominalDays(minimum.duration!);
  if (maximum.duration !== null) return leastDays > nominalDays(maximum.duration);
  return minimum.whole_system || leastDays > periodDays;
}

function conflictOf(maximum: RegulationRule, minimum: RegulationRule, classification: readonly string[]): RetentionConflict {
  const held = classification.length > 0 ? `data classified as ${classification.join(', ')}` : 'data that is not classified';
  const limit = maximum.duration ? `keeps it for at most ${maximum.duration}` : 'keeps it no longer than its purpose needs';
  return {
    requirement: maximum.requirement,
    maximum: maximum.duration,
    clause: maximum.clause,
    against: minimum.requirement,
    against_clause: minimum.clause,
    statement:
      `The system holds ${held}: ${maximum.requirement} (${maximum.clause}) ${limit}, ` +
      `${minimum.requirement} (${minimum.clause}) keeps it for at least ${minimum.duration}.`,
  };
}

/**
 * The maxima that meet a minimum in this system, in the order of the catalogue. Pure, and the same on every day: the same system and
 * policy give the same conflicts, so that a resolution stays one.
 */
export function findConflicts(system: SystemDemands, catalogue: readonly RegulationRule[] = regulationCatalogue): RetentionConflict[] {
  const { data_classification, compliance_requirements, retention_period_days } = system;
  const applicable = catalogue.filter(({ requirement }) => compliance_requirements.includes(requirement));
  const minima = applicable.filter(({ kind, duration }) => kind === 'minimum' && duration !== null);
  const maxima = applicable.filter((rule) => rule.kind === 'maximum' && !rule.yields_to_law && touches(rule, data_classification));
  return maxima.flatMap((maximum) =>
    minima
      .filter((minimum) => minimum.requirement !== maximum.requirement && meets(maximum, minimum, retention_period_days))
      .map((minimum) => conflictOf(maximum, minimum, data_classification)),
  );
}
