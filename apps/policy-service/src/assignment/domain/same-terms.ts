import type { PolicyAssigned, RetentionConflict } from '@lastcopy/contracts';
import { comparableJson } from '@lastcopy/kernel';

const inAnyOrder = (values: readonly unknown[] = []): string[] => values.map(comparableJson).sort();

/** What is decided, without the explanation, whose dates move on from day to day. */
function decided(assigned: PolicyAssigned): object {
  const { explanation, considered, lengthened_by, reason, resolution, system_name, override, ...terms } = assigned;
  void [explanation, considered, lengthened_by, reason, resolution, system_name];
  const chosenBy = override && { by: override.overridden_by, reason: override.reason, location: override.storage_location };
  return {
    ...terms,
    chosenBy,
    conflicts: inAnyOrder(terms.conflicts),
    minima: inAnyOrder(terms.minima),
    compliance_requirements: inAnyOrder(terms.compliance_requirements),
    data_classification: inAnyOrder(terms.data_classification),
  };
}

/** Whether two assignments say the same: one that says nothing new must not void what people approved. */
export const sameTerms = (one: PolicyAssigned, other: PolicyAssigned): boolean =>
  comparableJson(decided(one)) === comparableJson(decided(other));

export const sameConflicts = (one: readonly RetentionConflict[] = [], other: readonly RetentionConflict[] = []): boolean =>
  comparableJson(inAnyOrder(one)) === comparableJson(inAnyOrder(other));
