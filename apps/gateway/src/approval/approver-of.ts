import type { Actor } from '@lastcopy/contracts';
import type { FlowFacts } from '../evidence/flow-facts.js';
import type { Approver } from './domain/eligibility.js';
import { samePerson } from './domain/same-person.js';

type Conduct = Pick<FlowFacts, 'approvals' | 'acts'>;

/** Pure: a person, with the roles that this person filled in the flow. Ids that differ in case or spaces count as one person here. */
export function approverOf(
  { approvals, acts }: Conduct,
  actor: Pick<Actor, 'user_id' | 'name' | 'service_account'> & { roles: readonly string[] },
): Approver {
  const { user_id, name, roles, service_account = false } = actor;
  const filled = approvals.filter(
    ({ decided_by, delegators }) => samePerson(decided_by, user_id) || delegators.some((one) => samePerson(one, user_id)),
  );
  return {
    ...{ user_id, name, roles, service_account },
    roles_filled: [...new Set(filled.map(({ role }) => role))],
    acts,
  };
}
