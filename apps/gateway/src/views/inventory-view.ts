import type { AlertAnswer, EligibleSystem, PolicyAssignmentAnswer, SystemAnswer } from '@lastcopy/contracts';
import { addDays, addDuration } from '@lastcopy/kernel';
import { isAnswered } from '../evidence/gates/no-open-alert.js';
import type { AlertRecord } from '../records/alert-record.js';
import type { ArtifactRecord } from '../records/artifact-record.js';
import type { AssignmentRecord } from '../records/assignment-record.js';
import type { JobRecord } from '../records/job-record.js';
import type { SystemRecord } from '../records/system-record.js';

export function systemView({ source_version, ...system }: SystemRecord): SystemAnswer {
  void source_version;
  return system;
}

/** A system may be retired once its grace period is over, unless a flow that is under way holds it already. */
export const eligibleSystemView = (system: SystemRecord, inFlow: ReadonlySet<string>, now: Date): EligibleSystem => ({
  asset_id: system.system_id,
  asset_name: system.system_name,
  six_r_strategy: system.six_r_strategy ?? null,
  annual_cost: system.annual_cost ?? null,
  decommission_eligible: !inFlow.has(system.system_id) && (!system.grace_period_end || new Date(system.grace_period_end) <= now),
  grace_period_end: system.grace_period_end ?? null,
  retirement_reason: system.retirement_reason ?? null,
});

export function assignmentView(assignment: AssignmentRecord, now: Date): PolicyAssignmentAnswer {
  const ends = [addDays(now, assignment.retention_period_days), ...assignment.minima.map(({ duration }) => addDuration(now, duration))];
  const latest = Math.max(...ends.map((end) => end.getTime()));
  return { ...assignment, retain_until_if_archived_now: new Date(latest).toISOString() };
}

export function alertView(record: AlertRecord, jobs: readonly JobRecord[], artifacts: readonly ArtifactRecord[]): AlertAnswer {
  const { log_seq, ...alert } = record;
  void log_seq;
  return { ...alert, open: !isAnswered(record, jobs, artifacts) };
}
