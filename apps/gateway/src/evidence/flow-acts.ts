import type { LoggedEvent } from '@lastcopy/eventing';
import type { FlowAct } from '../approval/domain/eligibility.js';
import { readsLikeService } from '../approval/domain/same-person.js';
import type { EventData } from '@lastcopy/contracts';
import type { AssignmentRecord } from '../records/assignment-record.js';
import type { PolicyRecord } from '../records/policy-record.js';
import { dataOf } from '../records/record-fold.js';

const isPerson = (user_id: string): boolean => !readsLikeService(user_id);

/** Pure: who chose a policy against the rules or resolved a conflict, as far as it counts now. */
export const chosenActs = (assignments: Iterable<AssignmentRecord>): FlowAct[] =>
  [...assignments].flatMap(({ system_name: subject, assigned_by, resolution }): FlowAct[] => [
    ...(assigned_by ? [{ user_id: assigned_by, act: 'overrode_assignment' as const, subject }] : []),
    ...(resolution ? [{ user_id: resolution.resolved_by, act: 'resolved_conflict' as const, subject }] : []),
  ]);

/** Pure: who ordered an archive. */
export const orderedActs = (events: readonly LoggedEvent[]): FlowAct[] =>
  events
    .filter(({ type, actor }) => type === 'ArchiveJobQueued' && isPerson(actor))
    .map((event) => ({
      ...{ user_id: event.actor, act: 'started_migration' as const },
      subject: dataOf<EventData<'ArchiveJobQueued'>>(event).system_name,
    }));

/** By field, who last set it, up to `version`. What every tenant begins with has no reason, and nobody wrote it. */
function authorsOf(policy: PolicyRecord, version: number): Set<string> {
  const authors = new Map<string, string>();
  for (const { policy: terms, changed, reason, made_by } of policy.versions) {
    if (terms.version > version) continue;
    for (const field of changed.length > 0 ? changed : Object.keys(terms)) {
      if (reason !== null && isPerson(made_by)) authors.set(field, made_by);
    }
  }
  return new Set(authors.values());
}

/** Pure: who wrote what the assigned versions of the policies say, in whichever version before. */
export function policyActs(assignments: Iterable<AssignmentRecord>, policies: ReadonlyMap<string, PolicyRecord>): FlowAct[] {
  const acts = [...assignments].flatMap(({ policy_id, policy_version, policy_name: subject }): FlowAct[] => {
    const policy = policies.get(policy_id);
    return policy ? [...authorsOf(policy, policy_version)].map((user_id) => ({ user_id, act: 'wrote_policy' as const, subject })) : [];
  });
  return [...new Map(acts.map((act) => [`${act.user_id}/${act.subject}`, act])).values()];
}
